import type { Asked, Class, Need } from "@madeleine/di";
import { controllerRecord } from "./controller.ts";
import type { RouteDefinition } from "./route-definition.ts";
import { routerRecord, type AnyRouter } from "./router.ts";

/** Where a guard of a route was written, for errors: one that many routes have, and that is wrong, is told once. */
export function whereGuardStands(
  guard: Need,
  { options, controller, label, place }: RouteDefinition,
  root: AnyRouter,
): Pick<Asked, "where" | "place"> {
  if (options.dependencies?.includes(guard) === true) return { where: `a guard of ${label}`, place };
  for (let at: Class | null = controller ?? null; typeof at === "function"; at = Object.getPrototypeOf(at) as Class | null) {
    const record = controllerRecord(at);
    if (record?.options.dependencies?.includes(guard) === true)
      return { where: `a guard of the controller ${at.name}`, place: record.place };
  }
  return routerRecord(root).options.dependencies?.includes(guard) === true
    ? { where: "a guard of the application" }
    : { where: `a guard of a router, before ${label},`, place };
}
