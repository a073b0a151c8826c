import { HTTPException } from "../http-exception.ts";

/**
 * The body is no JSON. Answers as FastAPI does: 422 with one issue of type `json_invalid`.
 *
 * Shape: `{"test": "test999` gives position 9 and the problem `"Unterminated string starting at"`.
 * Units: `position` counts UTF-16 units from the start of the text, without its byte order mark.
 */
export class JSONSyntaxError extends HTTPException {
  readonly position: number;
  readonly problem: string;
  /** Of JSON lines, counted from 0. */
  readonly line: number | undefined;

  constructor(problem: string, position: number, line?: number) {
    const loc = line === undefined ? ["body", position] : ["body", line, position];
    const issue = { type: "json_invalid", loc, msg: "JSON decode error", input: {}, ctx: { error: problem } };
    super(422, [issue]);
    this.message = `JSON decode error: ${problem} at ${position}${line === undefined ? "" : ` of line ${line}`}`;
    this.problem = problem;
    this.position = position;
    this.line = line;
  }
}

/**
 * Finds where a text stops being JSON, in the words and at the place that Python's decoder names. `JSON.parse` is asked first
 * and decides: its messages have no position for every error, and other words in every version of V8.
 *
 * Cost:   linear, without recursion, and only for a text that failed.
 * Source: RFC 8259; the places are those of CPython 3.13, `json/scanner.py`.
 * Errors: JSONSyntaxError, or none for valid JSON.
 */
export function diagnoseJSON(text: string): void {
  const closers: string[] = [];
  let at = skipSpace(text, 0);
  for (;;) {
    const opener = text[at];
    if (opener === "{" || opener === "[") {
      const closer = opener === "{" ? "}" : "]";
      at = skipSpace(text, at + 1);
      if (text[at] !== closer) {
        closers.push(closer);
        if (closer === "}") at = endOfKey(text, at);
        continue;
      }
      at++;
    } else {
      at = endOfScalar(text, at);
    }
    at = skipSpace(text, at);
    while (closers.length > 0 && text[at] === closers.at(-1)) {
      closers.pop();
      at = skipSpace(text, at + 1);
    }
    const closer = closers.at(-1);
    if (closer === undefined) return expectEnd(text, at);
    at = startOfNext(text, at, closer);
  }
}

function expectEnd(text: string, at: number): void {
  if (at < text.length) throw new JSONSyntaxError("Extra data", at);
}

function startOfNext(text: string, comma: number, closer: string): number {
  if (text[comma] !== ",") throw new JSONSyntaxError("Expecting ',' delimiter", comma);
  const at = skipSpace(text, comma + 1);
  const kind = closer === "}" ? "object" : "array";
  if (text[at] === closer) throw new JSONSyntaxError(`Illegal trailing comma before end of ${kind}`, comma);
  return closer === "}" ? endOfKey(text, at) : at;
}

function endOfKey(text: string, at: number): number {
  if (text[at] !== '"') throw new JSONSyntaxError("Expecting property name enclosed in double quotes", at);
  const colon = skipSpace(text, endOfString(text, at));
  if (text[colon] !== ":") throw new JSONSyntaxError("Expecting ':' delimiter", colon);
  return skipSpace(text, colon + 1);
}

function endOfScalar(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at);
  SCALAR.lastIndex = at;
  if (!SCALAR.test(text)) throw new JSONSyntaxError("Expecting value", at);
  return SCALAR.lastIndex;
}

function endOfString(text: string, openingQuote: number): number {
  for (let at = openingQuote + 1; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') return at + 1;
    if (character < " ") throw new JSONSyntaxError("Invalid control character at", at);
    if (character === "\\") at = endOfEscape(text, at, openingQuote);
  }
  throw new JSONSyntaxError("Unterminated string starting at", openingQuote);
}

function endOfEscape(text: string, backslash: number, openingQuote: number): number {
  const letter = text[backslash + 1];
  if (letter === undefined) throw new JSONSyntaxError("Unterminated string starting at", openingQuote);
  if (letter !== "u") {
    if (!'"\\/bfnrt'.includes(letter)) throw new JSONSyntaxError("Invalid \\escape", backslash);
    return backslash + 1;
  }
  const digits = text.slice(backslash + 2, backslash + 6);
  if (!/^[0-9a-f]{4}$/i.test(digits)) throw new JSONSyntaxError("Invalid \\uXXXX escape", backslash + 1);
  return backslash + 5;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\n\r".includes(text[at]!)) at++;
  return at;
}

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
