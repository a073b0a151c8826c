import { PathValueError } from "./errors.ts";
import { MixedMatcher } from "./mixed.ts";
import { parsePath, type Pattern } from "./pattern.ts";
import { encodeCanonical, isWellFormed, toCanonicalPath } from "./percent.ts";
import type { MixedSegment, Segment } from "./segment.ts";

type Values = Readonly<Record<string, string | number>>;

/**
 * The URL path in which a route finds these values again.
 *
 * Shape:  `buildPath("/files/:name.:ext", { name: "a b", ext: "txt" })` gives `"/files/a%20b.txt"`.
 * Errors: PathValueError for a value that is missing, empty or unknown to the path, that its constraint refuses, or that
 *         would be read differently on the way back, such as `".."`, which clients resolve away.
 */
export function buildPath(pattern: Pattern | string, values: Values): string {
  const { path, names, optional, segments } = typeof pattern === "string" ? parsePath(pattern) : pattern;
  refuseUnknownNames(path, names, values);
  const isShorter = optional.some((name) => !hasValue(values, name));
  const built = (isShorter ? segments.slice(0, -1) : segments).map((segment) => `/${buildSegment(path, segment, values)}`);
  return built.join("") || "/";
}

function buildSegment(path: string, segment: Segment, values: Values): string {
  switch (segment.kind) {
    case "literal":
      return encodeCanonical(segment.text);
    case "parameter":
      return refuseDots(path, encodeURIComponent(readValue(path, segment.name, values)));
    case "rest":
      return buildRest(path, segment.name, values);
    case "mixed":
      return refuseDots(path, buildMixed(path, segment, values));
  }
}

/** A catch-all takes slashes, and unlike a parameter it may be empty. */
function buildRest(path: string, name: string, values: Values): string {
  const value = values[name] === "" && hasValue(values, name) ? "" : readValue(path, name, values);
  return value
    .split("/")
    .map((text) => refuseDots(path, encodeURIComponent(text)))
    .join("/");
}

function buildMixed(path: string, segment: MixedSegment, values: Values): string {
  const texts = segment.parts.map((part) => {
    if (typeof part === "string") return encodeCanonical(part);
    const value = readValue(path, part.name, values);
    if (part.constraint?.expression.test(value) === false) {
      const mend = `pass a value that matches ${part.constraint.source}`;
      throw new PathValueError("REFUSED_VALUE", `The parameter "${part.name}" of "${path}" cannot be "${value}".`, mend);
    }
    return encodeURIComponent(value);
  });
  const built = texts.join("");
  if (isReadBack(segment, texts)) return built;
  const what = `"${built}" is not read back from "${path}" as it was written: a value contains the text between the parameters.`;
  throw new PathValueError("REFUSED_VALUE", what, "pass values without that text, or give each parameter a segment");
}

/** Whether a match cuts the built segment where its parts were joined. */
function isReadBack(segment: MixedSegment, texts: readonly string[]): boolean {
  const canonical = texts.map((text) => toCanonicalPath(text) ?? "");
  const expected: number[] = [];
  let at = 0;
  for (const [index, part] of segment.parts.entries()) {
    const end = at + (canonical[index]?.length ?? 0);
    if (typeof part !== "string") expected.push(at, end);
    at = end;
  }
  const spans: number[] = [];
  const isSplit = new MixedMatcher(segment).split(canonical.join(""), 0, at, spans, 0);
  return isSplit && expected.every((position, index) => spans[index] === position);
}

function readValue(path: string, name: string, values: Values): string {
  const value = hasValue(values, name) ? String(values[name]) : "";
  if (value === "") {
    const mend = `pass { ${name}: … }, with at least one character`;
    throw new PathValueError("MISSING_VALUE", `The path "${path}" has no value for "${name}".`, mend);
  }
  if (!isWellFormed(value)) {
    const what = `The parameter "${name}" of "${path}" has a value that no URL can carry: ${JSON.stringify(value)}.`;
    throw new PathValueError("REFUSED_VALUE", what, "pass well-formed text");
  }
  return value;
}

// Own properties only: a parameter may be named "constructor".
function hasValue(values: Values, name: string): boolean {
  return Object.hasOwn(values, name) && values[name] !== undefined;
}

function refuseUnknownNames(path: string, names: readonly string[], values: Values): void {
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const mend = names.length === 0 ? "pass {}" : `the path has ${names.map((name) => `"${name}"`).join(", ")}`;
  throw new PathValueError("UNKNOWN_NAME", `The path "${path}" has no parameter "${unknown}".`, mend);
}

/** Clients resolve "." and ".." before they send a URL, encoded or not (RFC 3986 §5.2.4, WHATWG URL §4.4). */
function refuseDots(path: string, text: string): string {
  if (text !== "." && text !== "..") return text;
  throw new PathValueError(
    "REFUSED_VALUE",
    `A segment of "${path}" would be "${text}", which clients resolve away.`,
    "pass another value",
  );
}
