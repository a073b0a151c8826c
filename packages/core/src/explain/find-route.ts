import type { Route } from "../routes/route.ts";

/**
 * The route of `"GET /users/:id"`, as it was declared. Without a method it is GET.
 *
 * Errors: an Error that lists the routes most like it.
 */
export function findRoute(written: string, routes: readonly Route[]): Route {
  const [method, path] = readWritten(written);
  const declared = routes.find((route) => route.method === method && route.path === path);
  if (declared !== undefined) return declared;
  throw new Error(`there is no route ${method} ${path}. ${nearest(`${method} ${path}`, routes)}`);
}

function readWritten(written: string): [method: string, path: string] {
  const parts = written.trim().split(/\s+/);
  return parts.length === 1 ? ["GET", parts[0]!] : [parts[0]!.toUpperCase(), parts[1]!];
}

function nearest(written: string, routes: readonly Route[]): string {
  const names = routes.map(({ method, path }) => `${method} ${path}`);
  if (names.length === 0) return "The application has no routes.";
  const near = names
    .map((name) => ({ name, distance: distance(written, name) }))
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, 3);
  return `Like it: ${near.map(({ name }) => name).join(", ")}`;
}

/** How many characters must be put in, taken out or changed to make one text of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const changed = row[to - 1]! + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(changed, row[to]! + 1, next[to - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
