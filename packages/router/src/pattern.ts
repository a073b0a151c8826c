import { PathSyntaxError } from "./errors.ts";
import { readSegment, type Reading } from "./segment.ts";
import type { Segment } from "./segment.ts";

/**
 * A path with parameters, read.
 *
 * Shape: `"/users/:id/:tab?"` has the names `["id", "tab"]`, of which `["tab"]` is optional.
 */
export interface Pattern {
  readonly path: string;
  /** In the order of the path, which is the order of a match's `parameters`. */
  readonly names: readonly string[];
  readonly optional: readonly string[];
  readonly segments: readonly Segment[];
}

/**
 * Reads the syntax of a path: `/users/:id`, `/:name.:ext`, `/:id(\\d+)`, `/files/*path`, `/o/:b?`, `::` for a colon.
 *
 * Errors: PathSyntaxError, with the mend.
 */
export function parsePath(path: string): Pattern {
  if (!path.startsWith("/")) {
    const mend = path.startsWith(":") || /^[\w*{-]/.test(path) ? `"/${path}"` : '"/"';
    throw new PathSyntaxError("NO_LEADING_SLASH", `The path "${path}" does not start with "/".`, mend);
  }
  const reading: Reading = { path, at: 0, names: [], optional: [] };
  const segments: Segment[] = [];
  while (reading.at < path.length) {
    reading.at += 1; // the slash, on which every segment starts
    segments.push(readSegment(reading));
  }
  const pattern = { path, names: reading.names, optional: reading.optional, segments };
  refuseDuplicateNames(pattern);
  return pattern;
}

function refuseDuplicateNames({ path, names }: Pattern): void {
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice === undefined) return;
  throw new PathSyntaxError(
    "DUPLICATE_NAME",
    `The path "${path}" has two parameters named "${twice}".`,
    `name the second one differently, for example ":${twice}2"`,
  );
}
