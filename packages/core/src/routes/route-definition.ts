import type { Asked, Class, Need, Place } from "@madeleine/di";
import type { ErrorRule } from "../errors/on-error.ts";
import type { AnyMiddleware } from "../middleware/middleware.ts";
import type { Mountable } from "../mounts/mountable.ts";
import type { RouteOptions } from "./options.ts";

/** A route as boot compiles it, wherever it was declared. */
export interface RouteDefinition {
  readonly method: string;
  readonly path: string;
  /** Shape: `"Items.list (GET /items)"`. */
  readonly label: string;
  /** By which its URL is asked for: that of its options, or `"Items.list"`; a function route without one has none. */
  readonly name: string | undefined;
  readonly place: Place | undefined;
  readonly options: RouteOptions;
  /** Those of the groups that it is in, and its own. */
  readonly tags: readonly string[];
  /** The class whose method answers; undefined for a function. */
  readonly controller?: Class | undefined;
  /** Whether the handler is `async *`: its answer begins when it has returned. */
  readonly streams?: boolean | undefined;
  /** The guards, outermost first. */
  readonly guards: readonly Need[];
  /** Outermost first. */
  readonly middleware: readonly AnyMiddleware[];
  /** The only host that it answers for. */
  readonly host: string | undefined;
  /** Of the route and the groups that it is in, from the outside in. */
  readonly errors?: readonly (readonly ErrorRule[])[] | undefined;
  readonly maxBodyBytes?: number | undefined;
  readonly maxUploadBytes?: number | undefined;
  /** What the handler needs, in the order of the slots that `call` is given. */
  readonly asked: readonly Asked[];
  /** The application that a mount leads to; undefined for a route, and for a handler of another kind. */
  readonly mounted?: Mountable | undefined;
  /** Binds the handler to the slots of its needs. */
  bind(slots: readonly number[]): (values: readonly unknown[]) => unknown;
}

/** The method of a route that answers all of them: a mount. */
export const everyMethod = "*";

/** What stands behind the prefix of a mount. */
export const mountedPath = "/*mounted";

/** What a route has of the groups that it is in. Each list is outermost first. */
export interface Inherited {
  readonly prefix: string;
  readonly tags: readonly string[];
  readonly guards: readonly Need[];
  readonly middleware: readonly AnyMiddleware[];
  readonly host: string | undefined;
  readonly errors?: readonly (readonly ErrorRule[])[] | undefined;
  readonly maxBodyBytes?: number | undefined;
  readonly maxUploadBytes?: number | undefined;
}

/** What one group adds. */
export interface GroupOptions {
  readonly prefix?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly dependencies?: readonly Need[] | undefined;
  readonly middleware?: readonly AnyMiddleware[] | undefined;
  readonly host?: string | undefined;
  readonly errors?: readonly ErrorRule[] | undefined;
  readonly maxBodyBytes?: number | undefined;
  readonly maxUploadBytes?: number | undefined;
}

/** What is inherited inside of a group. The host of an inner group counts for it alone. */
export function inherit(outer: Inherited, group: GroupOptions): Inherited {
  return {
    prefix: group.prefix === undefined || group.prefix === "" ? outer.prefix : joinPath(outer.prefix, group.prefix),
    tags: group.tags === undefined ? outer.tags : [...new Set([...outer.tags, ...group.tags])],
    guards: group.dependencies === undefined ? outer.guards : [...outer.guards, ...group.dependencies],
    middleware: group.middleware === undefined ? outer.middleware : [...outer.middleware, ...group.middleware],
    host: group.host?.toLowerCase() ?? outer.host,
    errors: group.errors === undefined ? outer.errors : [...(outer.errors ?? []), group.errors],
    maxBodyBytes: group.maxBodyBytes ?? outer.maxBodyBytes,
    maxUploadBytes: group.maxUploadBytes ?? outer.maxUploadBytes,
  };
}

/** The path of a route under a prefix: `/` or nothing is the prefix itself. One without a slash in front stays as it is, and is refused. */
export function joinPath(prefix: string, path: string): string {
  const start = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  if (path === "" || path === "/") return start || "/";
  return path.startsWith("/") ? `${start}${path}` : path;
}
