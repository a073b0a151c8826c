import * as assert from "uvu/assert";
import { test } from "uvu";
import type { $ZodType } from "zod/v4/core";
import { z } from "zod";
import { compileText } from "../../src/text/index.ts";

function decode(schema: $ZodType, text: string): unknown {
  return compileText(schema, { json: true }).decode(text);
}

test("objects, records and lists are JSON texts", () => {
  assert.equal(decode(z.object({ items: z.array(z.string()) }), '{"items":["a"]}'), { items: ["a"] });
  assert.equal(decode(z.record(z.string(), z.int()), '{"a":1}'), { a: 1 });
  assert.equal(decode(z.array(z.int()).optional(), "[1,2]"), [1, 2]);
  assert.is(compileText(z.array(z.int()), { json: true }).many, false);
});

test("dates, bigints, sets and maps come back from what JSON has for them", () => {
  const schema = z.object({ at: z.date(), big: z.bigint().optional(), tags: z.set(z.string()), by: z.map(z.string(), z.date()) });
  assert.equal(decode(schema, '{"at":"2024-01-31","big":"10","tags":["a"],"by":[["x","2024-01-31"]]}'), {
    at: new Date("2024-01-31"),
    big: 10n,
    tags: new Set(["a"]),
    by: new Map([["x", new Date("2024-01-31")]]),
  });
});

test("numbers and booleans inside JSON are never read from text", () => {
  assert.equal(decode(z.object({ n: z.number(), b: z.boolean() }), '{"n":"1","b":"yes"}'), { n: "1", b: "yes" });
});

test("CK-18: a string schema never parses JSON, alone or in a union", () => {
  const text = 'J:{"__proto__":{"x":1}}';
  assert.is(decode(z.string(), text), text);
  assert.is(decode(z.string().optional(), '{"a":1}'), '{"a":1}');
  assert.is(decode(z.union([z.string(), z.object({})]), '{"a":1}'), '{"a":1}');
  assert.is(decode(z.intersection(z.string(), z.string()), '{"a":1}'), '{"a":1}');
});

test("JB-01: a key named __proto__ pollutes nothing", () => {
  const value = decode(z.record(z.string(), z.unknown()), '{"__proto__":{"polluted":true}}');
  assert.is(({} as Record<string, unknown>)["polluted"], undefined);
  assert.is(Object.getPrototypeOf(value), Object.prototype);
});

test("text that is no JSON, or JSON of one value, is handed on", () => {
  for (const text of ["", "{", "abc", "5", "null", '"x"']) assert.is(decode(z.object({}), text), text);
});

test("null is the JSON text null, unless the schema takes the word", () => {
  assert.is(decode(z.object({}).nullable(), "null"), null);
  assert.is(decode(z.int().nullable(), "null"), null);
  assert.is(decode(z.string().nullable(), "null"), "null");
});

test("recursive schemas and intersections are revived at every level", () => {
  interface Node {
    at: Date;
    kids: Node[];
  }
  const node: z.ZodType<Node> = z.lazy(() => z.object({ at: z.date(), kids: z.array(node) }));
  const [day, later] = [new Date("2024-01-31"), new Date("2024-02-01")];
  assert.equal(decode(node, '{"at":"2024-01-31","kids":[{"at":"2024-02-01","kids":[]}]}'), {
    at: day,
    kids: [{ at: later, kids: [] }],
  });
  const both = z.intersection(z.object({ a: z.date() }), z.object({ b: z.date() }));
  assert.equal(decode(both, '{"a":"2024-01-31","b":"2024-02-01"}'), { a: day, b: later });
});

test("JB-02: JSON nested deeper than the stack is handed on as text", () => {
  const nest: z.ZodType = z.lazy(() => z.array(nest));
  const text = "[".repeat(100_000) + "]".repeat(100_000);
  assert.not.throws(() => decode(nest, text));
});

test.run();
