import * as assert from "uvu/assert";
import { test } from "uvu";
import * as fc from "fast-check";
import { z } from "zod";
import * as mini from "zod/mini";
import { compileText, encodeText } from "../../src/text/index.ts";

/** A kind of schema, and values that it takes. */
interface Kind<Value = unknown> {
  readonly schema: z.ZodType<Value> | mini.ZodMiniType<Value>;
  readonly values: fc.Arbitrary<Value>;
}

const dates = fc.date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });
const doubles = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0); // JSON and text have no -0
const Day = z.codec(z.iso.date(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString().slice(0, 10),
});

const single: Record<string, Kind> = {
  string: { schema: z.string(), values: fc.string({ unit: "binary" }) },
  trimmed: { schema: z.string().trim(), values: fc.string().map((text) => text.trim()) },
  uuid: { schema: z.uuid(), values: fc.uuid() },
  number: { schema: z.number(), values: doubles },
  int: { schema: z.int(), values: fc.maxSafeInteger() },
  int32: { schema: mini.int32(), values: fc.integer() },
  boolean: { schema: z.boolean(), values: fc.boolean() },
  bigint: { schema: z.bigint(), values: fc.bigInt() },
  date: { schema: z.date(), values: dates },
  stringbool: { schema: z.stringbool(), values: fc.boolean() },
  enum: { schema: z.enum(["a", "b", ""]), values: fc.constantFrom("a", "b", "") },
  "numeric enum": { schema: z.enum({ one: 1, two: 2.5, minus: -3 }), values: fc.constantFrom(1, 2.5, -3) },
  literal: { schema: z.literal(["x", 1, true, 7n, null]), values: fc.constantFrom("x", 1, true, 7n, null) },
  "template literal": {
    schema: z.templateLiteral(["id-", z.int()]),
    values: fc.maxSafeInteger().map((value) => `id-${value + 0}`),
  },
  codec: { schema: Day, values: fc.constantFrom("2024-02-29", "0001-01-01", "9999-12-31").map((text) => new Date(text)) },
  union: { schema: z.union([z.int(), z.boolean(), z.date()]), values: fc.oneof(fc.maxSafeInteger(), fc.boolean(), dates) },
  default: { schema: z.int().default(1), values: fc.maxSafeInteger() },
  "mini optional": { schema: mini.optional(mini.bigint()), values: fc.bigInt() },
};

for (const [name, { schema, values }] of Object.entries(single)) {
  test(`${name}: a value comes back from its text, as text and as a cookie`, () => {
    const [asText, asCookie] = [compileText(schema), compileText(schema, { json: true })];
    fc.assert(
      fc.property(values, (value) => {
        const text = encodeText(schema, value);
        assert.equal(schema.parse(asText.decode(text)), value);
        assert.equal(schema.parse(asCookie.decode(text)), value);
      }),
    );
  });

  test(`${name}: any text stays text, or becomes a value that the schema takes`, () => {
    const text = compileText(schema);
    const likely = fc.string({ unit: fc.constantFrom(..."0123456789+-.eEtTZ: xyznul") });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), likely), (given) => {
        const value = text.decode(given);
        if (typeof value !== "string") assert.ok(schema.safeParse(value).success, String(value));
        else assert.is(value, given);
      }),
      { numRuns: 300 },
    );
  });

  test(`${name}: repeated texts make a list of its values`, () => {
    const list = z.array(schema);
    const text = compileText(list);
    fc.assert(
      fc.property(fc.array(values), (given) => {
        assert.equal(list.parse(text.decode(given.map((value) => encodeText(schema, value)))), given);
      }),
      { numRuns: 30 },
    );
  });

  test(`${name}: an object of it comes back from a cookie`, () => {
    const object = z.object({ one: schema, all: z.array(schema), set: z.set(schema), by: z.record(z.string(), schema) });
    const text = compileText(object, { json: true });
    const distinct = fc.uniqueArray(values, { selector: (value) => `${typeof value} ${String(value)}` }); // equal dates are one text
    const by = fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"), // zod drops that key
      values,
    );
    fc.assert(
      fc.property(
        fc.record({ one: values, all: fc.array(values), set: distinct.map((items) => new Set(items)), by }),
        (value) => {
          assert.equal(object.parse(text.decode(encodeText(object, value))), { ...value, by: { ...value.by } });
        },
      ),
      { numRuns: 30 },
    );
  });
}

test("the JSON decoder never throws, and gives text or what JSON can be", () => {
  const text = compileText(z.object({ a: z.date(), b: z.map(z.string(), z.set(z.bigint())) }), { json: true });
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (given) => void text.decode(given)));
});

test.run();
