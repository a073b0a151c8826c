import type { Problem } from "@madeleine/di";
import type { RouteDefinition } from "../routes/route-definition.ts";

/** Told once for each route: what is no function cannot be told from another by name. */
export function middlewareProblems({ middleware, label, place }: RouteDefinition): readonly Problem[] {
  const wrong = middleware.filter((one) => typeof one !== "function");
  return wrong.map((one) => ({
    code: "NOT_A_MIDDLEWARE",
    what: `${label} has a middleware that is ${String(one)}, which is no function.`,
    where: place?.toString(),
    mend: "list functions of (request, next), or middleware(needs, run); where it is undefined, two modules import each other",
  }));
}
