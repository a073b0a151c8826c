import { test } from "uvu";
import * as assert from "uvu/assert";
import { JSONSyntaxError } from "../../src/body/json-syntax.ts";
import { parseJSON } from "../../src/body/json.ts";
import { HTTPException } from "../../src/http-exception.ts";

const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
const isBadRequest = (error: unknown): boolean => error instanceof HTTPException && error.status === 400;

test("valid JSON of any kind is parsed", () => {
  for (const text of ["{}", "[]", "null", '"x"', "1", ' {"a": [1, {"b": "[["}]} '])
    assert.equal(parseJSON(text, 64), JSON.parse(text));
});

test("JB-04: of two equal keys the last counts", () => {
  assert.equal(parseJSON('{"a":1,"a":2}', 64), { a: 2 });
});

test("JB-02: deeper than the limit is a 400, at the limit it is accepted", () => {
  assert.equal(parseJSON(nested(64), 64), JSON.parse(nested(64)));
  assert.throws(() => parseJSON(nested(65), 64), isBadRequest);
  assert.throws(() => parseJSON('{"a":'.repeat(65) + "1" + "}".repeat(65), 64), isBadRequest);
  assert.throws(() => parseJSON(nested(100_000), 64), isBadRequest);
});

test("brackets side by side, or in strings, are not depth", () => {
  const text = `[${"[],".repeat(500)}"${"[".repeat(200)}"]`;
  assert.equal(parseJSON(text, 2), JSON.parse(text));
});

test("JB-01: __proto__ is refused however it is written and wherever it stands, and pollutes nothing", () => {
  for (const text of [
    '{"__proto__":{"admin":true}}',
    '{"a":[{"__proto__":1}]}',
    '{"\\u005f_proto__":{"admin":true}}',
    '{"__pro\\u0074o__":1}',
  ]) {
    assert.throws(() => parseJSON(text, 64), isBadRequest);
  }
  assert.is(({} as Record<string, unknown>)["admin"], undefined);
});

test("JB-01: constructor is refused only as the way to a prototype", () => {
  assert.throws(() => parseJSON('{"constructor":{"prototype":{"x":1}}}', 64), isBadRequest);
  assert.throws(() => parseJSON('{"\\u0063onstructor":{"prototype":{"x":1}}}', 64), isBadRequest);
  assert.equal(parseJSON('{"constructor":"Ferrari"}', 64), { constructor: "Ferrari" });
  assert.equal(parseJSON('{"constructor":null,"text":"__proto__"}', 64), { constructor: null, text: "__proto__" });
});

test("JB-06: half of a surrogate pair is a 400, in a key or a value; a whole pair is a character", () => {
  for (const text of ['"\\ud800"', '"\\uDFFF\\uD800"', '{"a":["\\udbff!"]}', '{"\\ude00":1}'])
    assert.throws(() => parseJSON(text, 64), isBadRequest, text);
  assert.equal(parseJSON('{"\\ud83d\\ude00":["\\uD83D\\uDE00","\\u00e9"]}', 64), { "😀": ["😀", "é"] });
});

test("JB-08: white space is no value", () => {
  assert.throws(
    () => parseJSON("   ", 64),
    (error: unknown) => error instanceof JSONSyntaxError && error.position === 3,
  );
});

test.run();
