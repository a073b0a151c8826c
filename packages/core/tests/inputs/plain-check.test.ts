import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import * as mini from "zod/mini";
import type { $ZodType } from "zod/v4/core";
import { compilePlainCheck } from "../../src/inputs/plain-check.ts";

const bound = fc.integer({ min: -3, max: 3 });

const texts: fc.Arbitrary<$ZodType> = fc
  .array(
    fc.oneof(
      fc.nat(4).map((length) => (schema: z.ZodString) => schema.min(length)),
      fc.nat(4).map((length) => (schema: z.ZodString) => schema.max(length)),
      fc.constantFrom(/a/, /^b/i, /^.$/u, /a/g).map((pattern) => (schema: z.ZodString) => schema.regex(pattern)),
      fc.constantFrom(
        (schema: z.ZodString) => schema.trim(),
        (schema: z.ZodString) => schema.refine((text) => text !== "a"),
        (schema: z.ZodString) => schema.startsWith("a"),
      ),
    ),
    { maxLength: 3 },
  )
  .map((steps) => steps.reduce((schema, step) => step(schema), z.string()));

const numbers: fc.Arbitrary<$ZodType> = fc
  .tuple(
    fc.constantFrom(z.number(), z.number().int(), z.int(), z.int32(), z.coerce.number()),
    fc.array(
      fc.tuple(fc.constantFrom("min", "max", "gt", "lt", "multipleOf"), bound).map(([name, limit]) => ({ name, limit })),
      { maxLength: 3 },
    ),
  )
  .map(([start, steps]) => steps.reduce<z.ZodNumber>((schema, { name, limit }) => schema[name as "min"](limit || 1), start));

const others: fc.Arbitrary<$ZodType> = fc.constantFrom<$ZodType>(
  z.boolean(),
  z.coerce.boolean(),
  z.enum(["a", "b"]),
  z.literal(["a", 1, null]),
  z.email(),
  z.string().brand("Name"),
  z.literal("a").refine(() => false),
  z.union([z.string(), z.number()]),
  z.string().transform((text) => text.length),
  z.object({}),
  mini.string().check(mini.minLength(2)),
  mini.optional(mini.number()),
);

const schemas = fc
  .tuple(fc.oneof(texts, numbers, others), fc.array(fc.nat(3), { maxLength: 2 }))
  .map(([schema, wraps]) =>
    wraps.reduce<$ZodType>(
      (inner, wrap) => [z.optional(inner), z.nullable(inner), z._default(inner, "a"), z.exactOptional(inner)][wrap]!,
      schema,
    ),
  );

const values = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", " ", "😀"), maxLength: 6 }),
  fc.oneof(bound, fc.double(), fc.constantFrom(-0, 2 ** 53, 2 ** 31)),
  fc.constantFrom<unknown>(undefined, null, true, false, [], {}, 1n, new String("a")),
);

test("what a plain check takes, the schema takes, and gives as it is", () => {
  fc.assert(
    fc.property(schemas, values, (schema, value) => {
      if (compilePlainCheck(schema)?.(value) !== true) return;
      const result = z.safeParse(schema, value);
      assert.ok(result.success && Object.is(result.data, value));
    }),
    { numRuns: 20_000 },
  );
});

test("usual parameters need no more than their plain check", () => {
  const usual: readonly (readonly [$ZodType, unknown])[] = [
    [z.string(), ""],
    [z.string().min(1).max(3), "a"],
    [z.string().regex(/^a+$/), "aa"],
    [z.number().int().min(0).max(100).default(10), 100],
    [z.int().positive(), 1],
    [z.number(), 1.5],
    [z.boolean().optional(), true],
    [z.enum(["a", "b"]).nullable(), "b"],
    [mini.string().check(mini.minLength(2)), "aaa"],
  ];
  for (const [schema, value] of usual) assert.is(compilePlainCheck(schema)?.(value), true, JSON.stringify(schema._zod.def));
});

test.run();
