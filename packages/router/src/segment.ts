import { compileConstraint, readConstraintSource, type Constraint } from "./constraint.ts";
import { PathSyntaxError, type PathSyntaxCode } from "./errors.ts";
import { isWellFormed, toCanonicalPath } from "./percent.ts";

/** The text between two slashes of a pattern. Literal text is canonical. */
export type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "parameter"; readonly name: string }
  | MixedSegment
  | { readonly kind: "rest"; readonly name: string };

/** A segment of text and parameters in turn (`:name.:ext`), or of one constrained parameter (`:id(\\d+)`). */
export interface MixedSegment {
  readonly kind: "mixed";
  readonly parts: readonly (string | Parameter)[];
}

export interface Parameter {
  readonly name: string;
  readonly constraint?: Constraint;
}

/** How far a path is read, and what was named on the way. */
export interface Reading {
  readonly path: string;
  at: number;
  readonly names: string[];
  readonly optional: string[];
}

/**
 * Reads one segment and leaves `reading.at` on the slash after it, or at the end.
 *
 * Errors: PathSyntaxError.
 */
export function readSegment(reading: Reading): Segment {
  if (reading.path[reading.at] === "*") return readRest(reading);
  const parts: (string | Parameter)[] = [];
  while (!isSegmentEnd(reading)) {
    const part = isParameterStart(reading) ? readParameter(reading) : readText(reading);
    if (typeof part !== "string" && typeof parts.at(-1) === "object") refuseAdjacent(reading, part);
    parts.push(part);
  }
  refuseOptionalPart(reading, parts);
  return toSegment(parts);
}

function toSegment(parts: (string | Parameter)[]): Segment {
  const [first = "", second] = parts;
  if (second !== undefined) return { kind: "mixed", parts };
  if (typeof first === "string") return { kind: "literal", text: first };
  if (first.constraint !== undefined) return { kind: "mixed", parts };
  return { kind: "parameter", name: first.name };
}

function readRest(reading: Reading): Segment {
  reading.at += 1;
  const name = readName(reading);
  if (reading.at < reading.path.length) {
    refuse(
      reading,
      "MISPLACED_CATCH_ALL",
      "has text after a catch-all, which takes the whole rest of the path",
      `end the path with "*${name}"`,
    );
  }
  reading.names.push(name);
  return { kind: "rest", name };
}

function readParameter(reading: Reading): Parameter {
  reading.at += 1;
  const name = readName(reading);
  reading.names.push(name);
  const constraint = reading.path[reading.at] === "(" ? readConstraint(reading, name) : undefined;
  if (reading.path[reading.at] === "?") readOptional(reading, name);
  return constraint === undefined ? { name } : { name, constraint };
}

function readName(reading: Reading): string {
  const [name] = /^[\p{ID_Start}_$][\p{ID_Continue}$]*/u.exec(reading.path.slice(reading.at)) ?? [];
  if (name === undefined) {
    const sign = reading.path[reading.at - 1] ?? "";
    const mend =
      sign === "*" ? 'name it, for example "*path"' : 'name it, for example ":id"; a colon in the text is written "::"';
    return refuse(reading, "NO_NAME", `has a "${sign}" without a name after it`, mend);
  }
  reading.at += name.length;
  return name;
}

function readConstraint(reading: Reading, name: string): Constraint {
  const source = readConstraintSource(reading.path, reading.at);
  if (source === undefined) {
    return refuse(reading, "BAD_CONSTRAINT", `does not close the "(" of the parameter "${name}"`, 'add the missing ")"');
  }
  reading.at += source.length + 2; // and its two parentheses
  try {
    return compileConstraint(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(
      reading,
      "BAD_CONSTRAINT",
      `constrains "${name}" with what is no regular expression (${reason})`,
      'correct it, for example ":id(\\\\d+)"',
    );
  }
}

function readOptional(reading: Reading, name: string): void {
  reading.at += 1;
  if (reading.at < reading.path.length) {
    refuse(
      reading,
      "MISPLACED_OPTIONAL",
      `has text after the optional parameter "${name}"`,
      "make it the last segment, or register two routes",
    );
  }
  reading.optional.push(name);
}

function readText(reading: Reading): string {
  const from = reading.at;
  while (!isSegmentEnd(reading) && !isParameterStart(reading)) {
    refuseSign(reading);
    reading.at += reading.path.startsWith("::", reading.at) ? 2 : 1;
  }
  const text = reading.path.slice(from, reading.at).replaceAll("::", ":");
  const canonical = toCanonicalPath(text);
  if (canonical === undefined || !isWellFormed(canonical)) {
    return refuse(
      reading,
      "BAD_ENCODING",
      `has text that is not well-formed ("${text}")`,
      'a percent sign in the text is written "%25"',
    );
  }
  return canonical;
}

/** Signs that a URL's path never carries, or that mean something in another router's syntax: silently dead routes. */
function refuseSign(reading: Reading): void {
  const { path, at } = reading;
  const sign = path[at] ?? "";
  if (sign === "{" || sign === "}") {
    const mend = path.replace(/\{(\w+):path\}/g, "*$1").replace(/\{(\w+)(?::\w+)?\}/g, ":$1");
    refuse(reading, "BRACES", "writes a parameter in braces", mend === path ? 'parameters are written ":id"' : `"${mend}"`);
  }
  if (sign === "?" || sign === "#") {
    refuse(
      reading,
      "NOT_A_PATH",
      `has a "${sign}", which is never part of a path`,
      'read the query with @Query(); an optional last parameter is written ":id?"',
    );
  }
  if (sign === "*") {
    refuse(reading, "MISPLACED_CATCH_ALL", 'has a "*" inside a segment', 'a catch-all is a whole segment, for example "/*path"');
  }
}

function refuseAdjacent(reading: Reading, { name }: Parameter): never {
  return refuse(
    reading,
    "ADJACENT_PARAMETERS",
    `has no text before the parameter "${name}", so nothing says where it starts`,
    `put text between the two, for example "-:${name}"`,
  );
}

function refuseOptionalPart(reading: Reading, parts: readonly unknown[]): void {
  if (reading.optional.length > 0 && parts.length > 1) {
    refuse(
      reading,
      "MISPLACED_OPTIONAL",
      `makes a part of a segment optional`,
      'only a whole last segment can be, for example "/:id?"',
    );
  }
}

function isSegmentEnd({ path, at }: Reading): boolean {
  return at >= path.length || path[at] === "/";
}

function isParameterStart({ path, at }: Reading): boolean {
  return path[at] === ":" && path[at + 1] !== ":";
}

function refuse({ path }: Reading, code: PathSyntaxCode, what: string, mend: string): never {
  throw new PathSyntaxError(code, `The path "${path}" ${what}.`, mend);
}
