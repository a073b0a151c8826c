import type { TestResponse } from "madeleine/testing";
import * as assert from "uvu/assert";
import type { Expectation, RecordedCookie } from "./cases.ts";

/** Errors: an assertion that names the part of the answer that is another. */
export function compare(answer: TestResponse, expected: Expectation): void {
  if (expected.status !== undefined)
    assert.is(answer.status, expected.status, `status: ${answer.status} ${answer.text().slice(0, 500)}`);
  if (expected.match === undefined) compareContent(answer, expected);
  else assert.equal(problemsOf(answer.json()), problemsOf(expected.json), "detail[].loc and detail[].type");
  for (const [name, value] of Object.entries(expected.headers ?? {})) compareHeader(answer, name, value);
  for (const name of expected.headers_absent ?? []) assert.is(answer.headers.get(name), null, `header ${name}`);
  if (expected.set_cookie !== undefined) compareCookies(answer, expected.set_cookie);
}

function compareContent(answer: TestResponse, { json, text, body_length: length }: Expectation): void {
  if (text !== undefined) assert.is(answer.text(), text);
  if (length !== undefined) assert.is(answer.bytes().length, length);
  if (json === 'any {"detail": string}') assert.type((answer.json() as { detail: unknown }).detail, "string");
  else if (json !== undefined) assert.equal(answer.json(), json);
}

function problemsOf(body: unknown): unknown {
  const { detail } = body as { detail: unknown };
  if (!Array.isArray(detail)) return detail;
  return detail.map(({ type, loc }: { type: unknown; loc: unknown }) => ({ type, loc }));
}

/** `PUT, PATCH (any order)` and `boundary=<any>` are how the recording says what does not matter. */
function compareHeader(answer: TestResponse, name: string, expected: string): void {
  const value = answer.headers.get(name);
  if (name === "allow") assert.equal(toSortedList(value ?? ""), toSortedList(expected.replace(" (any order)", "")), "allow");
  else if (expected.endsWith("<any>")) assert.ok(value?.startsWith(expected.slice(0, -"<any>".length)), `${name}: ${value}`);
  else assert.is(value, expected, `header ${name}: ${value}`);
}

function toSortedList(value: string): string[] {
  return value.split(", ").sort();
}

function compareCookies(answer: TestResponse, expected: readonly RecordedCookie[]): void {
  const lines = answer.headers.getSetCookie();
  assert.is(lines.length, expected.length, `Set-Cookie lines: ${lines.join(" | ")}`);
  for (const [index, cookie] of expected.entries()) {
    const sent = readCookie(lines[index] ?? "");
    assert.is(sent.name, cookie.name);
    // "<signed opaque>" is how the recording says that nobody reads it.
    if (cookie.value === "<signed opaque>") assert.match(sent.value, /^[\w-]{40,}$/);
    else assert.is(toPlainValue(sent.value), toPlainValue(cookie.value), `value of ${cookie.name}`);
    compareAttributes(sent.attributes, cookie.attributes);
  }
}

function readCookie(line: string): RecordedCookie {
  const [[name, value], ...attributes] = line.split("; ").map(splitPair) as [[string, string], ...[string, string | true][]];
  return { name, value, attributes: Object.fromEntries(attributes.map(([key, text]) => [key.toLowerCase(), text])) };
}

function splitPair(text: string): [name: string, value: string | true] {
  const equals = text.indexOf("=");
  return equals === -1 ? [text, true] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** Python quotes and writes octal escapes, we percent-encode: what counts is what a reader of the own side gets back. */
function toPlainValue(value: string): string {
  const inner = /^"(.*)"$/.exec(value)?.[1];
  if (inner === undefined) return decodeURIComponent(value);
  return inner.replaceAll(/\\(\d{3}|.)/g, (_, escaped: string) =>
    escaped.length === 3 ? String.fromCodePoint(Number.parseInt(escaped, 8)) : escaped,
  );
}

function compareAttributes(sent: RecordedCookie["attributes"], expected: RecordedCookie["attributes"]): void {
  const { expires, ...rest } = expected;
  const { expires: sentExpires, ...sentRest } = sent;
  assert.equal(sentRest, rest, "cookie attributes");
  const relative = /^<now(?:\+(\d+)s)?/.exec(String(expires));
  if (relative === null) assert.is(sentExpires, expires, "expires");
  else assert.ok(isNear(String(sentExpires), Number(relative[1] ?? 0)), `expires: ${sentExpires}`);
}

// A cookie is deleted by any date that has passed: Python writes the present second, others the epoch.
function isNear(date: string, seconds: number): boolean {
  const distance = Date.parse(date) - Date.now() - seconds * 1000;
  return seconds === 0 ? distance <= 1000 : Math.abs(distance) < 5000;
}
