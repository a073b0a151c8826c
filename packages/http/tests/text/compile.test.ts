import * as assert from "uvu/assert";
import { test } from "uvu";
import type { $ZodType } from "zod/v4/core";
import { z } from "zod";
import * as mini from "zod/mini";
import { compileText, TextSchemaError } from "../../src/text/index.ts";

function decode(schema: $ZodType, text: string | readonly string[] | undefined): unknown {
  return compileText(schema).decode(text);
}

test("booleans are the words of FastAPI, in any case", () => {
  for (const text of ["true", "TRUE", "tRuE", "1", "on", "On", "yes", "t", "y"]) assert.is(decode(z.boolean(), text), true);
  for (const text of ["false", "False", "0", "off", "no", "f", "N"]) assert.is(decode(z.boolean(), text), false);
  for (const text of ["", "2", "null", " true", "1.0", "truee"]) assert.is(decode(z.boolean(), text), text);
});

test("z.number() reads exponents, the integer schemas do not", () => {
  assert.is(decode(z.number(), "1e3"), 1000);
  for (const schema of [
    z.int(),
    z.int32(),
    z.uint32(),
    z.number().int(),
    z.number().min(1).int(),
    mini.int(),
    mini.number().check(mini.int()),
  ]) {
    assert.is(decode(schema, "1e3"), "1e3");
    assert.is(decode(schema, "5.0"), 5);
  }
});

test("an absent value stays absent", () => {
  for (const schema of [
    z.string(),
    z.int(),
    z.array(z.int()),
    z.set(z.int()),
    z.tuple([z.int()]),
    z.union([z.int(), z.array(z.int())]),
  ]) {
    assert.is(decode(schema, undefined), undefined);
    assert.is(decode(schema.optional(), undefined), undefined);
  }
});

test("QS-02: of several texts for a scalar the last counts, and a scalar is never a list", () => {
  assert.is(decode(z.int(), ["1", "2"]), 2);
  assert.is(decode(z.string(), ["1", "2"]), "2");
  assert.is(decode(z.unknown(), ["1", "2"]), "2");
  assert.is(decode(z.int(), []), undefined);
});

test("wrappers decode as what they wrap", () => {
  const wrapped = [
    z.int().optional(),
    z.int().nullable(),
    z.int().default(1),
    z.int().prefault(1),
    z.int().catch(1),
    z.int().readonly(),
  ];
  for (const schema of [
    ...wrapped,
    z.int().optional().nonoptional(),
    z.int().brand("Id"),
    z.int().refine(() => true),
    z.lazy(() => z.int()),
  ]) {
    assert.is(decode(schema, "7"), 7);
  }
});

test("nullable reads neither the word null nor the empty text", () => {
  assert.is(decode(z.string().nullable(), "null"), "null");
  assert.is(decode(z.int().nullable(), "null"), "null");
  assert.is(decode(z.int().nullable(), ""), "");
});

test("a transform, a pipe and a codec decode by their input side", () => {
  assert.is(
    decode(
      z.int().transform((value) => String(value)),
      "5.0",
    ),
    5,
  );
  assert.is(decode(z.boolean().pipe(z.boolean()), "yes"), true);
  assert.is(decode(z.codec(z.int(), z.date(), { decode: (ms) => new Date(ms), encode: Number }), "7"), 7);
  assert.is(decode(z.stringbool(), "enabled"), "enabled");
  assert.is(decode(z.preprocess(Number, z.number()), "5"), "5");
});

test("a coerced schema receives the decoded value, so that z.coerce.boolean() reads false", () => {
  assert.is(z.coerce.boolean().parse(decode(z.coerce.boolean(), "false")), false);
  assert.is(decode(z.coerce.number(), "5"), 5);
  assert.equal(decode(z.coerce.date(), "2024-01-31"), new Date("2024-01-31"));
  assert.is(decode(z.coerce.string(), "5"), "5");
});

test("what takes text stays text", () => {
  const schemas = [
    z.string(),
    z.uuid(),
    z.email(),
    z.iso.date(),
    z.templateLiteral(["a", z.int()]),
    z.any(),
    z.unknown(),
    z.custom<string>(),
    mini.string(),
  ];
  for (const schema of schemas) assert.is(decode(schema, "5"), "5");
});

test("enums and literals are read by their values", () => {
  assert.is(decode(z.enum(["a", "b"]), "a"), "a");
  assert.is(decode(z.enum({ one: 1, two: 2 }), "2"), 2);
  assert.is(decode(z.enum({ one: 1, two: 2 }), "one"), "one");
  assert.is(decode(z.literal([1, true, 10n, null, "x"]), "1.0"), 1);
  assert.is(decode(z.literal([true, false]), "YES"), true);
  assert.is(decode(z.literal(10n), "10"), 10n);
  assert.is(decode(z.literal(null), "null"), null);
  assert.is(decode(z.literal(["1", 1]), "1"), "1");
  for (const text of ["__proto__", "toString", "", "3"]) assert.is(decode(z.enum({ one: 1 }), text), text);
});

test("a union is read by the first member that accepts", () => {
  assert.is(decode(z.union([z.number(), z.string()]), "5"), 5);
  assert.is(decode(z.union([z.string(), z.number()]), "5"), "5");
  assert.is(decode(z.union([z.uuid(), z.int()]), "5"), 5);
  assert.is(decode(z.union([z.int(), z.null()]), "null"), null);
  assert.is(decode(z.union([z.int().min(10), z.string()]), "5"), "5");
  assert.is(decode(z.union([z.string(), z.undefined()]), "5"), "5");
});

test("a union that nothing fits hands on the value, so that the problem is not about its spelling", () => {
  assert.is(decode(z.union([z.int().min(10), z.boolean()]), "5"), 5);
  assert.is(decode(z.union([z.int(), z.boolean()]), "five"), "five");
});

test("several texts of which a list takes not all are handed on as the list made of them, so that the problem is about the others", () => {
  assert.equal(decode(z.union([z.int(), z.array(z.int())]), ["x", "1"]), ["x", 1]);
  assert.equal(decode(z.union([z.string(), z.union([z.int(), z.tuple([z.int(), z.boolean()])])]), ["1", "2"]), [1, "2"]);
  assert.is(decode(z.union([z.int(), z.array(z.int())]), ["x"]), "x");
});

test("a union of one value and a list takes both", () => {
  const schema = z.union([z.int(), z.array(z.int())]);
  assert.is(compileText(schema).many, true);
  assert.is(decode(schema, ["1"]), 1);
  assert.equal(decode(schema, ["1", "2"]), [1, 2]);
  assert.is(decode(schema, ["x"]), "x");
});

test("a union whose member has an asynchronous check is decoded, and the check still runs with the schema", async () => {
  const even = z.int().refine(async (value) => value % 2 === 0);
  assert.is(decode(z.union([even, z.string()]), "3"), 3);
});

test("lists are repeated texts, and a comma belongs to the text", () => {
  assert.equal(decode(z.array(z.int()), ["1", "2", "x"]), [1, 2, "x"]);
  assert.equal(decode(z.array(z.string()), "a,b"), ["a,b"]);
  assert.equal(decode(z.set(z.int()), ["1", "1"]), new Set([1]));
  assert.equal(decode(z.tuple([z.int(), z.boolean()]), ["1", "on", "x"]), [1, true, "x"]);
  assert.equal(decode(z.tuple([z.int()], z.int()), ["1", "2", "3"]), [1, 2, 3]);
  assert.is(compileText(z.array(z.int()).default([])).many, true);
});

test("an intersection is read by the side that accepts", () => {
  assert.is(decode(z.intersection(z.number(), z.int()), "5"), 5);
});

test("a schema that comes back to itself is decoded without end of the stack", () => {
  const loop: z.ZodType = z.lazy(() => z.union([z.int(), loop]));
  assert.is(decode(loop, "5"), 5);
  assert.is(decode(loop, "x"), "x");
});

test("a schema that text can never satisfy is an error at boot that says how to mend it", () => {
  const impossible = {
    "one text is never an object": z.object({}).optional(),
    "one text is never a record": z.record(z.string(), z.int()),
    "one text is never a map": z.map(z.string(), z.int()),
    "text is never a file": z.file(),
    "text is never an instance of URL": z.instanceof(URL),
    "text is never undefined": z.literal(undefined),
    "text never satisfies z.never()": z.never(),
    "text never satisfies z.void()": z.void(),
    "text never satisfies z.nan()": z.nan(),
    "text never satisfies z.symbol()": z.symbol(),
    "text never satisfies z.promise()": z.promise(z.string()),
    "repeated texts make one list, never a list of lists": z.array(z.array(z.int())),
    "text satisfies no member of this union": z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") })]),
  };
  for (const [what, schema] of Object.entries(impossible)) {
    try {
      compileText(schema);
      assert.unreachable(what);
    } catch (error) {
      assert.instance(error, TextSchemaError);
      assert.is((error as TextSchemaError).what, what);
      assert.ok((error as TextSchemaError).mend.length > 0);
    }
  }
});

test.run();
