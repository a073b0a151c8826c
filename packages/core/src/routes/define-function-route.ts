import type { Place } from "@madeleine/di";
import type { FunctionRouteRecord } from "./function-route.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** A route of the function form: its handler gets one record of its needs. */
export function defineFunctionRoute(method: string, path: string, record: FunctionRouteRecord, place: Place): RouteDefinition {
  const { options, needs, handler } = record;
  const names = Object.keys(needs);
  const label = options.name ?? `${method} ${path}`;
  return {
    method,
    path,
    label,
    where: place.toString(),
    options,
    guards: options.dependencies ?? [],
    asked: names.map((name) => ({ need: needs[name]!, name, where: label })),
    bind: (slots) => (values) => {
      const record: Record<string, unknown> = {};
      for (let index = 0; index < names.length; index++) record[names[index]!] = values[slots[index]!];
      return handler(record);
    },
  };
}
