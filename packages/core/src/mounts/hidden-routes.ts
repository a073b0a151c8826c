import type { Place, Problem } from "@madeleine/di";
import { buildPath, parsePath, PathValueError, type Pattern } from "@madeleine/router";
import type { Booted } from "../boot.ts";
import { mountedPath } from "../routes/route-definition.ts";
import type { Route } from "../routes/route.ts";

/** A route of an application, as it is reached from the one around it. */
export interface ReachedRoute {
  readonly method: string;
  /** The paths of the mounts that lead to it, and its own: each has parameters of its own, whose names may be the same. */
  readonly paths: readonly string[];
  readonly label: string;
  readonly place: Place | undefined;
}

type Reachable = Pick<Booted, "routes" | "mounts">;

/** What an application answers, in the applications that are mounted in it, too. */
export function reachedRoutes({ routes, mounts }: Reachable): readonly ReachedRoute[] {
  const own = routes.map(({ method, path, definition: { label, place } }) => ({ method, paths: [path], label, place }));
  return [...own, ...mounts.flatMap(throughMount)];
}

function throughMount({ path, definition }: Route): readonly ReachedRoute[] {
  const prefix = path.slice(0, -mountedPath.length);
  const inner = definition.mounted?.reached() ?? [];
  return inner.map((route) => ({ ...route, paths: prefix === "" ? route.paths : [prefix, ...route.paths] }));
}

/**
 * Routes of mounted applications that are never reached, since all their paths are answered before the mount: by a route, or by a mount
 * that names more of the path. Warnings and no errors: a route may be meant to stand in for one of an application that somebody else wrote.
 */
export function hiddenRoutes({ table, mounts }: Booted): readonly Problem[] {
  return mounts.flatMap((mount) =>
    throughMount(mount).flatMap((inner) => {
      const found = samplePaths(inner.paths).map((path) => table.find(inner.method, path, mount.host));
      const [first] = found;
      return first === undefined || found.some((route) => route === undefined || route === mount)
        ? []
        : [hidden(inner, mount, first)];
    }),
  );
}

function hidden({ label, place }: ReachedRoute, mount: Route, first: Route): Problem {
  const places = [place?.toString(), first.definition.place?.toString()].filter((one) => one !== undefined);
  return {
    code: "HIDDEN_ROUTE",
    what: `${label} of what is mounted at "${mount.path.slice(0, -mountedPath.length) || "/"}" is never reached: ${first.label} answers its requests, since what names more of a path comes before a mount`,
    where: places.length === 0 ? undefined : places.join(", "),
    mend: "remove one of the two, or give it another path; a route that is meant to stand in for the other may stay",
  };
}

/** Paths that a route has, with parameters of many kinds, so that one route which answers all of them answers whatever it could. */
function samplePaths(paths: readonly string[]): readonly string[] {
  const patterns = paths.map((path) => parsePath(path));
  const all = samples.flatMap((sample) => [true, false].map((isWhole) => samplePath(patterns, sample, isWhole)));
  return [...new Set(all.filter((path) => path !== undefined))];
}

/** Undefined where a constraint refuses the sample. An optional parameter is in the whole path only. */
function samplePath(patterns: readonly Pattern[], sample: string, isWhole: boolean): string | undefined {
  try {
    return patterns.map((pattern) => buildPath(pattern, fill(pattern, sample, isWhole))).join("");
  } catch (error) {
    if (error instanceof PathValueError) return undefined;
    throw error;
  }
}

function fill({ names, optional, segments }: Pattern, sample: string, isWhole: boolean): Record<string, string> {
  const rest = segments.at(-1);
  const depth = isWhole ? sample.length : 1; // a catch-all takes as many segments as there are
  return Object.fromEntries(
    names
      .filter((name) => isWhole || !optional.includes(name))
      .map((name) => [name, rest?.kind === "rest" && rest.name === name ? Array(depth).fill(sample).join("/") : sample]),
  );
}

const samples = ["7060917", "qwxzj", "QWXZJ-7", "2026-11-23", "f47ac10b-58cc-4372-a567-0e02b2c3d479", "a~1 é"];
