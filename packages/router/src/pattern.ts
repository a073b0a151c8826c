import { refuse, type Reading } from "./reading.ts";
import { readSegment, withoutBraces, type Segment } from "./segment.ts";

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
  const reading: Reading = { path, at: 0, names: [], optional: [] };
  if (!path.startsWith("/")) refuse(reading, "NO_LEADING_SLASH", 'does not start with "/"', `"/${withoutBraces(path)}"`);
  const segments: Segment[] = [];
  while (reading.at < path.length) {
    reading.at += 1; // the slash, on which every segment starts
    segments.push(readSegment(reading));
  }
  refuseDuplicateNames(reading);
  return { path, names: reading.names, optional: reading.optional, segments };
}

function refuseDuplicateNames(reading: Reading): void {
  const { names } = reading;
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice === undefined) return;
  const mend = `name the second one differently, for example ":${twice}2"`;
  refuse(reading, "DUPLICATE_NAME", `has two parameters named "${twice}"`, mend);
}
