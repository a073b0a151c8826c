import { isClassSource, type Needs, type Place, type Values } from "@madeleine/di";
import { checkOptions } from "../check-options.ts";
import { routeRules } from "./check-group-options.ts";
import type { RouteOptions } from "./options.ts";
import type { CheckPath, ValidPath } from "./path-check.ts";
import type { Accepted, CheckReturned } from "./returned.ts";

/** A route without decorators, under a prefix: needs and handler are those of a function dependency, so everything is inferred. */
export interface FunctionRoute<Prefix extends string = ""> {
  <P extends string, R>(path: P & ValidPath<P>, handler: (() => R) & CheckReturned<Awaited<R>, {}>): void;
  <P extends string, N, R>(
    path: P & ValidPath<P>,
    needs: N & Needs & CheckPath<Joined<Prefix, P>, N>,
    handler: ((values: Values<N>) => R) & CheckReturned<Awaited<R>, {}>,
  ): void;
  <P extends string, const O extends RouteOptions, N, const R extends Accepted<O> | Promise<Accepted<O>>>(
    path: P & ValidPath<P>,
    options: O,
    needs: N & Needs & CheckPath<Joined<Prefix, P>, N>,
    handler: ((values: Values<N>) => R) & CheckReturned<Awaited<R>, O>,
  ): void;
}

/** The path that needs are checked against. Under a prefix that is any text it may have any parameters: boot knows them. */
type Joined<Prefix extends string, P extends string> = string extends Prefix ? string : `${Prefix}${P}`;

/** A function route as it was recorded. */
export interface FunctionRouteRecord {
  readonly method: string;
  readonly path: string;
  readonly options: RouteOptions;
  readonly needs: Needs;
  readonly handler: (values: Record<string, unknown>) => unknown;
  readonly place: Place;
}

/** What a call declares beside its method and path. */
export type FunctionRouteParts = Pick<FunctionRouteRecord, "options" | "needs" | "handler">;

/**
 * Sorts out `(handler)`, `(needs, handler)` and `(options, needs, handler)`. `called` is the function as users wrote it: `app.get`.
 *
 * Errors: TypeError for anything else.
 */
export function readFunctionRoute(called: string, path: string, parts: readonly unknown[]): FunctionRouteParts {
  const handler = parts.at(-1);
  if (typeof path !== "string") throw new TypeError(`${called}(path, …): the path is text`);
  if (typeof handler !== "function" || parts.length > 3) {
    throw new TypeError(
      `${called}(${JSON.stringify(path)}, …) takes a handler, needs and a handler, or options, needs and a handler`,
    );
  }
  refuseUncallable(called, path, handler as FunctionRouteRecord["handler"], parts.length > 1);
  const [options, needs] = parts.length === 3 ? [parts[0], parts[1]] : [{}, parts.length === 2 ? parts[0] : {}];
  if (typeof needs !== "object" || needs === null || Array.isArray(needs))
    throw new TypeError(`${called}(${JSON.stringify(path)}, needs, handler): needs is a record such as { q: Query() }`);
  checkOptions((name) => `${called}(${JSON.stringify(path)}, { ${name} }, …)`, options as object, routeRules);
  return {
    options: options as FunctionRouteRecord["options"],
    needs: needs as FunctionRouteRecord["needs"],
    handler: handler as FunctionRouteRecord["handler"],
  };
}

/** The compiler refuses these; a handler that was written for another framework would get undefined, or nothing at all. */
function refuseUncallable(called: string, path: string, handler: FunctionRouteRecord["handler"], hasNeeds: boolean): void {
  const written = `${called}(${JSON.stringify(path)}, …)`;
  if (isClassSource(handler))
    throw new TypeError(`${written}: the handler is a class. mend: list it in controllers, with @Controller()`);
  if (handler.length <= (hasNeeds ? 1 : 0)) return;
  throw new TypeError(
    `${written}: the handler takes ${handler.length} parameters, and gets ${hasNeeds ? "one record of its needs" : "none"}. mend: ${called}(${JSON.stringify(path)}, { request: Request }, ({ request }) => …)`,
  );
}
