import type { Route } from "../routes/route.ts";

/** A route, for tools. */
export interface ListedRoute {
  readonly method: string;
  /** As it was declared, prefixes included: `"/users/:id"`. */
  readonly path: string;
  /** By which `app.pathFor` knows it: `"Users.read"`, or the name that it was given; a function route without one has none. */
  readonly name: string | undefined;
  readonly tags: readonly string[];
  /** The only host that it answers for. */
  readonly host: string | undefined;
}

/** The routes in the order in which they were declared. */
export function listRoutes(routes: readonly Route[]): readonly ListedRoute[] {
  return routes.map(({ method, path, name, tags, host }) => ({ method, path, name, tags, host }));
}
