import type { Problem } from "@madeleine/di";
import { buildPath } from "@madeleine/router";
import type { RouteDefinition } from "./route-definition.ts";

/** The paths of named routes. One that is included twice has several. */
export type RouteNames = ReadonlyMap<string, readonly string[]>;

/** What stands behind the `?`. A list repeats its name, and what is undefined is left out. */
export type QueryValues = Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

type QueryValue = string | number | bigint | boolean | undefined;

/**
 * The names of all routes. One that is written down for two routes of different paths is a problem; one that nobody wrote down, of two classes
 * of one name, is no mistake until it is asked for.
 */
export function nameRoutes(definitions: readonly RouteDefinition[], problems: Problem[]): RouteNames {
  const named = new Map<string, { readonly all: RouteDefinition[]; readonly written: RouteDefinition[] }>();
  for (const definition of definitions) {
    if (definition.name === undefined) continue;
    const isWritten = definition.options.name !== undefined;
    const known = named.get(definition.name) ?? { all: [], written: [] };
    named.set(definition.name, known);
    const clash = (isWritten ? known.all : known.written).find((one) => isClash(one, definition));
    if (clash !== undefined) {
      problems.push(duplicateName(definition, clash));
      continue;
    }
    known.all.push(definition);
    if (isWritten) known.written.push(definition);
  }
  return new Map([...named].map(([name, { all }]) => [name, [...new Set(all.map(({ path }) => path))]]));
}

// A group that is included twice declares its names once; the methods of one path may share theirs.
function isClash(one: RouteDefinition, other: RouteDefinition): boolean {
  return one.options !== other.options && one.path !== other.path;
}

function duplicateName({ name, method, path, place }: RouteDefinition, known: RouteDefinition): Problem {
  const at = known.place?.toString() === undefined ? "" : ` (${known.place})`;
  return {
    code: "DUPLICATE_NAME",
    what: `${method} ${path} has the name ${JSON.stringify(name)}, which ${known.method} ${known.path}${at} has, too: a URL is asked for by name.`,
    where: place?.toString(),
    mend: "name one of the two otherwise",
  };
}

/** The path of a named route with its query. Errors: Error for a name that none or several paths have; PathValueError. */
export function buildUrlPath(
  names: RouteNames,
  name: string,
  values: Readonly<Record<string, string | number>>,
  query: QueryValues,
): string {
  const paths = names.get(name) ?? [];
  if (paths.length > 1)
    throw new Error(`${paths.length} routes are called ${JSON.stringify(name)}: ${paths.join(", ")}. Name each for itself`);
  if (paths[0] === undefined) throw new Error(`no route is called ${JSON.stringify(name)}.${suggest(names)}`);
  const search = toSearch(query);
  return search === "" ? buildPath(paths[0], values) : `${buildPath(paths[0], values)}?${search}`;
}

function suggest(names: RouteNames): string {
  if (names.size === 0) return " None has a name: app.get(path, { name: … }, …)";
  return ` There are ${[...names.keys()].slice(0, 20).join(", ")}${names.size > 20 ? ", …" : ""}`;
}

function toSearch(query: QueryValues): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const all: readonly QueryValue[] = Array.isArray(value) ? value : [value as QueryValue];
    for (const one of all) if (one !== undefined) search.append(name, String(one));
  }
  return search.toString();
}
