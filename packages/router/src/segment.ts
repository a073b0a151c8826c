import { readParameter, type Parameter } from "./parameter.ts";
import { isWellFormed, toCanonicalPath } from "./percent.ts";
import { isParameterStart, isSegmentEnd, readName, refuse, type Reading } from "./reading.ts";

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
    if (typeof part === "object" && typeof parts.at(-1) === "object") refuseAdjacent(reading, part);
    parts.push(part);
  }
  if (reading.optional.length > 0 && parts.length > 1) {
    const mend = 'only a whole last segment can be, for example "/:id?"';
    refuse(reading, "MISPLACED_OPTIONAL", "makes a part of a segment optional", mend);
  }
  return toSegment(reading, parts);
}

function toSegment(reading: Reading, parts: readonly (string | Parameter)[]): Segment {
  if (parts.length > 1) return { kind: "mixed", parts };
  const first = parts[0] ?? "";
  if (first === "." || first === "..") refuseDots(reading, first);
  if (typeof first === "string") return { kind: "literal", text: first };
  return first.constraint === undefined ? { kind: "parameter", name: first.name } : { kind: "mixed", parts };
}

function readRest(reading: Reading): Segment {
  reading.at += 1;
  const name = readName(reading);
  if (reading.at < reading.path.length) {
    const what = "has text after a catch-all, which takes the whole rest of the path";
    refuse(reading, "MISPLACED_CATCH_ALL", what, `end the path with "*${name}"`);
  }
  return { kind: "rest", name };
}

function readText(reading: Reading): string {
  const from = reading.at;
  skipPlainText(reading);
  if (isSegmentEnd(reading) || isParameterStart(reading)) return reading.path.slice(from, reading.at);
  refuseExpression(reading, wholeText.exec(reading.path.slice(from))![0]);
  while (!isSegmentEnd(reading) && !isParameterStart(reading)) {
    refuseSign(reading);
    reading.at += reading.path.startsWith("::", reading.at) ? 2 : 1;
  }
  const text = reading.path.slice(from, reading.at).replaceAll("::", ":");
  const canonical = toCanonicalPath(text);
  if (canonical !== undefined && isWellFormed(canonical)) return canonical;
  const mend = 'a percent sign in the text is written "%25"';
  return refuse(reading, "BAD_ENCODING", `has text that is not well-formed ("${text}")`, mend);
}

/** Unreserved characters are canonical as they are (RFC 3986 §2.3), and most text has no others. */
function skipPlainText(reading: Reading): void {
  plainText.lastIndex = reading.at;
  plainText.test(reading.path);
  reading.at = plainText.lastIndex;
}

const plainText = /[\w.~-]*/y;
const wholeText = /^(?:[^/:]|::)*/;

/** Signs that no path of a URL carries, or that mean something to another router: the route would be silently dead. */
function refuseSign(reading: Reading): void {
  const { path, at } = reading;
  const sign = path[at] ?? "";
  if (sign === "{" || sign === "}") {
    const mended = withoutBraces(path);
    const mend = mended === path ? 'parameters are written ":id"' : `"${mended}"`;
    refuse(reading, "BRACES", "writes a parameter in braces", mend);
  }
  if (sign === "?" || sign === "#") {
    const mend = sign === "#" ? "leave the fragment out" : 'leave the query out; an optional last parameter is written ":id?"';
    refuse(reading, "NOT_A_PATH", `has a "${sign}", which is never part of a path`, mend);
  }
  if (sign === "*") {
    const mend = 'a catch-all is a whole segment, for example "/*path"';
    refuse(reading, "MISPLACED_CATCH_ALL", 'has a "*" inside a segment', mend);
  }
}

/** RFC 3986 §5.2.4: a client resolves them before it asks. */
function refuseDots(reading: Reading, dots: string): never {
  const what = `has the segment "${dots}", which every client resolves before it sends a path`;
  return refuse(reading, "DOT_SEGMENT", what, "write the path that it leads to");
}

/** Other routers take a group or a class that is repeated for a pattern: here it would be text that no request ever has. */
function refuseExpression(reading: Reading, text: string): void {
  const mend = 'constrain a parameter, for example ":name(\\\\d+)"';
  if (text.includes("\\")) refuse(reading, "BARE_EXPRESSION", 'has a "\\" in its text, which no client sends in a path', mend);
  if (!expression.test(text)) return;
  const what = "has a regular expression in its text, where it would be taken as it stands";
  refuse(reading, "BARE_EXPRESSION", what, `${mend}; as text, "(" is written "%28" and "[" "%5B"`);
}

// "(g)", "c+d" and "[j]" are text: only what is repeated, or alternates, is meant for a pattern.
const expression = /\([^()]*[|+*^[]|[)\]][+*?{]/;

/**
 * A path in this syntax that was written in that of FastAPI or OpenAPI.
 *
 * Shape: `"/{id}/{n:int}/{file:path}"` gives `"/:id/:n/*file"`.
 */
export function withoutBraces(path: string): string {
  return path.replace(/\{(\w+):path\}/g, "*$1").replace(/\{(\w+)(?::\w+)?\}/g, ":$1");
}

function refuseAdjacent(reading: Reading, { name }: Parameter): never {
  const what = `has no text before the parameter "${name}", so nothing says where it starts`;
  return refuse(reading, "ADJACENT_PARAMETERS", what, `put text between the two, for example "-:${name}"`);
}
