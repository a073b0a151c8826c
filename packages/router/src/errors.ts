/**
 * A path that is not a pattern: found when the route is added, never during a request.
 *
 * Shape: `{ code: "BRACES", what: "\"/users/{id}\" writes a parameter in braces.", mend: "\"/users/:id\"" }`
 */
export class PathSyntaxError extends Error {
  override readonly name = "PathSyntaxError";

  constructor(
    readonly code: PathSyntaxCode,
    readonly what: string,
    readonly mend: string,
  ) {
    super(`${what}\n  mend: ${mend}  [${code}]`);
  }
}

/** What can be wrong with the syntax of a path, one code for each kind of mistake. */
export type PathSyntaxCode =
  | "NO_LEADING_SLASH"
  | "BRACES"
  | "NOT_A_PATH"
  | "BAD_ENCODING"
  | "NO_NAME"
  | "DUPLICATE_NAME"
  | "ADJACENT_PARAMETERS"
  | "MISPLACED_OPTIONAL"
  | "MISPLACED_CATCH_ALL"
  | "BAD_CONSTRAINT"
  | "BARE_EXPRESSION"
  | "DOT_SEGMENT";

/** Two routes that would answer the same requests; the message names both paths and both places. */
export class RouteConflict extends Error {
  override readonly name = "RouteConflict";
  readonly code = "ROUTE_CONFLICT";

  constructor(
    readonly what: string,
    readonly mend: string,
  ) {
    super(`${what}\n  mend: ${mend}  [ROUTE_CONFLICT]`);
  }
}

/** A value that cannot stand in the URL that `buildPath` was asked for. */
export class PathValueError extends Error {
  override readonly name = "PathValueError";

  constructor(
    readonly code: "MISSING_VALUE" | "UNKNOWN_NAME" | "REFUSED_VALUE",
    readonly what: string,
    readonly mend: string,
  ) {
    super(`${what}\n  mend: ${mend}  [${code}]`);
  }
}
