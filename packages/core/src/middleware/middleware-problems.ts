import { isClassSource, type Place, type Problem } from "@madeleine/di";
import type { AnyMiddleware } from "./middleware.ts";
import type { RouteDefinition } from "../routes/route-definition.ts";

/** Told once for each route: what is no function cannot be told from another by name. */
export function middlewareProblems({ middleware, label, place }: RouteDefinition): readonly Problem[] {
  if (middleware.length === 0) return [];
  const wrong = middleware.filter((one) => typeof one !== "function");
  return [
    ...strange(middleware, label, place),
    ...wrong.map((one) => ({
      code: "NOT_A_MIDDLEWARE",
      what: `${label} has a middleware that is ${String(one)}, which is no function.`,
      where: place?.toString(),
      mend: "list functions of (request, next), or middleware(needs, run); where it is undefined, two modules import each other",
    })),
  ];
}

/** A class cannot be called, and who takes three waits for a `next` that never comes: the middleware of another framework. */
function strange(middleware: RouteDefinition["middleware"], label: string, place: Place | undefined): readonly Problem[] {
  const functions = middleware.filter((one): one is AnyMiddleware & Plain => typeof one === "function");
  const others = functions.filter((one) => isClassSource(one) || one.length > 2);
  return others.map((one) => ({
    code: "NOT_A_MIDDLEWARE",
    what: `${label} has the middleware ${one.name || "without a name"}, which ${isClassSource(one) ? "is a class" : `takes ${one.length} parameters`}: it is called with (request, next).`,
    where: place?.toString(),
    mend: "write it as (request, next) => next(), or middleware(needs, run)",
  }));
}

type Plain = (...parameters: never[]) => unknown;
