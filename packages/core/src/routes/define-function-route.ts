import { isStreaming } from "./check-stream.ts";
import type { FunctionRouteRecord } from "./function-route.ts";
import { inherit, joinPath, type Inherited, type RouteDefinition } from "./route-definition.ts";

/** A route of the function form: its handler gets one record of its needs. */
export function defineFunctionRoute(record: FunctionRouteRecord, outer: Inherited): RouteDefinition {
  const { method, options, needs, handler, place } = record;
  const path = joinPath(outer.prefix, record.path);
  const { tags, guards, middleware, host, errors, maxBodyBytes, maxUploadBytes } = inherit(outer, {
    ...options,
    prefix: undefined,
  });
  const names = Object.keys(needs);
  const label = options.name ?? `${method} ${path}`;
  return {
    method,
    path,
    label,
    name: options.name,
    place,
    options,
    tags,
    guards,
    middleware,
    host,
    streams: isStreaming(handler),
    errors,
    maxBodyBytes,
    maxUploadBytes,
    asked: names.map((name) => ({ need: needs[name]!, name, where: label })),
    bind: (slots) => (values) => {
      const record: Record<string, unknown> = {};
      for (let index = 0; index < names.length; index++) record[names[index]!] = values[slots[index]!];
      return handler(record);
    },
  };
}
