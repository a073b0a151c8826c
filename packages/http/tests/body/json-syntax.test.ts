import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { diagnoseJSON, JSONSyntaxError } from "../../src/body/json-syntax.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

function diagnose(text: string): [problem: string, position: number] | undefined {
  try {
    diagnoseJSON(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof JSONSyntaxError)) throw error;
    return [error.problem, error.position];
  }
}

test("each problem is named as Python's decoder names it, at its place", () => {
  assert.equal(diagnose('{"test": "test999'), ["Unterminated string starting at", 9]);
  assert.equal(diagnose("   "), ["Expecting value", 3]);
  assert.equal(diagnose("{'a': 1}"), ["Expecting property name enclosed in double quotes", 1]);
  assert.equal(diagnose("{a: 1}"), ["Expecting property name enclosed in double quotes", 1]);
  assert.equal(diagnose('{"a" 1}'), ["Expecting ':' delimiter", 5]);
  assert.equal(diagnose('{"a": 1 "b"}'), ["Expecting ',' delimiter", 8]);
  assert.equal(diagnose('{"a": 1'), ["Expecting ',' delimiter", 7]);
  assert.equal(diagnose('{"a": }'), ["Expecting value", 6]);
  assert.equal(diagnose('{"a": 1,}'), ["Illegal trailing comma before end of object", 7]);
  assert.equal(diagnose("[1,]"), ["Illegal trailing comma before end of array", 2]);
  assert.equal(diagnose("[1"), ["Expecting ',' delimiter", 2]);
  assert.equal(diagnose("[1,"), ["Expecting value", 3]);
  assert.equal(diagnose("{} x"), ["Extra data", 3]);
  assert.equal(diagnose("01"), ["Extra data", 1]);
  assert.equal(diagnose("-"), ["Expecting value", 0]);
  assert.equal(diagnose("NaN"), ["Expecting value", 0]);
  assert.equal(diagnose('"a\nb"'), ["Invalid control character at", 2]);
  assert.equal(diagnose('"a\\xb"'), ["Invalid \\escape", 2]);
  assert.equal(diagnose('"\\u12"'), ["Invalid \\uXXXX escape", 2]);
  assert.equal(diagnose('"a\\'), ["Unterminated string starting at", 0]);
});

test("it answers 422 as FastAPI does (conformance: body-broken-json-2)", () => {
  const error = new JSONSyntaxError("Unterminated string starting at", 9);
  assert.is(error.status, 422);
  assert.equal(error.detail, [
    {
      type: "json_invalid",
      loc: ["body", 9],
      msg: "JSON decode error",
      input: {},
      ctx: { error: "Unterminated string starting at" },
    },
  ]);
});

test("a text has a problem exactly when JSON.parse refuses it", () => {
  const alphabet = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "u",
    "0",
    "1",
    "-",
    ".",
    "e",
    "t",
    "true",
    "null",
    " ",
    "\n",
    '"a"',
    '"a":',
  ];
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 }),
    fc.json(),
    fc.json().map((json) => json.slice(0, -1)),
  );
  fc.assert(
    fc.property(text, (text) => {
      let isValid = true;
      try {
        JSON.parse(text);
      } catch {
        isValid = false;
      }
      assert.is(diagnose(text) === undefined, isValid);
    }),
    { numRuns: 5000 },
  );
});

test("JB-02: 100,000 open brackets, and a million broken characters, are diagnosed in linear time", async () => {
  await assertLinear("open brackets", (size) => diagnose("[".repeat(size)), 100_000);
  await assertLinear("an open string", (size) => diagnose(`["${"a".repeat(size)}`), 1_000_000);
  await assertLinear("a comma too many", (size) => diagnose(`[${"1,".repeat(size)}]`), 500_000);
});

test.run();
