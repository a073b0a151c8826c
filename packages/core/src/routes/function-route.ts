import type { Need, Values } from "@madeleine/di";
import type { Response } from "@madeleine/http";
import type { $ZodType, input } from "zod/v4/core";
import type { EmptyOptions, ModelOptions, PlainOptions } from "./options.ts";
import type { CheckPath, ValidPath } from "./path-check.ts";
import type { BadLeaf, NoBody, NotJson } from "./returned.ts";

type JsonOr<R> = [BadLeaf<Awaited<R>>] extends [never] ? unknown : NotJson<BadLeaf<Awaited<R>>>;

type Answer<Value> = Value | Response | globalThis.Response;

/** A route without decorators: needs and handler are those of a function dependency, so everything is inferred. */
export interface FunctionRoute {
  <P extends string, R>(path: P & ValidPath<P>, handler: (() => R) & JsonOr<R>): void;
  <P extends string, N extends Record<string, Need>, R>(
    path: P & ValidPath<P>,
    needs: N & CheckPath<P, N>,
    handler: ((values: Values<N>) => R) & JsonOr<R>,
  ): void;
  <P extends string, N extends Record<string, Need>, S extends $ZodType>(
    path: P & ValidPath<P>,
    options: ModelOptions<S>,
    needs: N & CheckPath<P, N>,
    handler: (values: Values<N>) => Answer<input<S>> | Promise<Answer<input<S>>>,
  ): void;
  <P extends string, N extends Record<string, Need>>(
    path: P & ValidPath<P>,
    options: EmptyOptions,
    needs: N & CheckPath<P, N>,
    handler: (values: Values<N>) => NoBody | Promise<NoBody>,
  ): void;
  <P extends string, N extends Record<string, Need>, R>(
    path: P & ValidPath<P>,
    options: PlainOptions,
    needs: N & CheckPath<P, N>,
    handler: ((values: Values<N>) => R) & JsonOr<R>,
  ): void;
}

/** A function route as it was recorded. */
export interface FunctionRouteRecord {
  readonly options: PlainOptions & { response?: $ZodType };
  readonly needs: Readonly<Record<string, Need>>;
  readonly handler: (values: Record<string, unknown>) => unknown;
}

/** Sorts out `(handler)`, `(needs, handler)` and `(options, needs, handler)`. Errors: TypeError for anything else. */
export function readFunctionRoute(method: string, path: string, parts: readonly unknown[]): FunctionRouteRecord {
  const handler = parts.at(-1);
  if (typeof path !== "string") throw new TypeError(`app.${method.toLowerCase()}(path, …): the path is text`);
  if (typeof handler !== "function" || parts.length > 3) {
    throw new TypeError(`app.${method.toLowerCase()}(${JSON.stringify(path)}, …) takes a handler, needs and a handler, or options, needs and a handler`);
  }
  const [options, needs] = parts.length === 3 ? [parts[0], parts[1]] : [{}, parts.length === 2 ? parts[0] : {}];
  return {
    options: options as FunctionRouteRecord["options"],
    needs: needs as FunctionRouteRecord["needs"],
    handler: handler as FunctionRouteRecord["handler"],
  };
}
