import type { Asked, Need } from "@madeleine/di";
import type { RouteOptions } from "./options.ts";

/** A route as boot compiles it, wherever it was declared. */
export interface RouteDefinition {
  readonly method: string;
  readonly path: string;
  /** Shape: `"Items.list (GET /items)"`. */
  readonly label: string;
  readonly where: string | undefined;
  readonly options: RouteOptions;
  /** The guards, outermost first. */
  readonly guards: readonly Need[];
  /** What the handler needs, in the order of the slots that `call` is given. */
  readonly asked: readonly Asked[];
  /** Binds the handler to the slots of its needs. */
  bind(slots: readonly number[]): (values: readonly unknown[]) => unknown;
}

/** The path of a route under a prefix: `/` or nothing is the prefix itself. */
export function joinPath(prefix: string, path: string): string {
  const start = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  return path === "" || path === "/" ? start || "/" : `${start}${path}`;
}
