import type { Class, Need } from "@madeleine/di";
import { controllerRecord } from "./controller.ts";
import type { RouteDefinition } from "./route-definition.ts";
import { routerRecord, type AnyRouter } from "./router.ts";

/** Where a guard of a route was written, in words: one that many routes have, and that is wrong, is told once. */
export function whereGuardStands(guard: Need, { options, controller, label }: RouteDefinition, root: AnyRouter): string {
  if (options.dependencies?.includes(guard) === true) return `a guard of ${label}`;
  for (let at: Class | null = controller ?? null; typeof at === "function"; at = Object.getPrototypeOf(at) as Class | null) {
    if (controllerRecord(at)?.options.dependencies?.includes(guard) === true) return `a guard of the controller ${at.name}`;
  }
  return routerRecord(root).options.dependencies?.includes(guard) === true
    ? "a guard of the application"
    : `a guard of a router, before ${label},`;
}
