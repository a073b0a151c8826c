import * as fc from "fast-check";
import { z } from "zod";

/** A schema and values to try it with. */
export interface Kind {
  readonly schema: z.ZodType;
  /** Among them what the schema accepts and JSON loses, and some that it refuses. */
  readonly values: fc.Arbitrary<unknown>;
}

const kind = (schema: z.ZodType, ...values: unknown[]): Kind => ({ schema, values: fc.constantFrom(...values) });

const leaves = fc.constantFrom<Kind[]>(
  kind(z.string(), "", "é", '"', 1),
  kind(z.email(), "a@b.eu", "a@b", "x"),
  kind(z.number().min(0), 0, -0, 1.5, -1, NaN, Infinity),
  kind(z.int(), 7, 7.5, 2 ** 53, NaN),
  kind(z.boolean(), true),
  kind(z.date(), new Date(0), new Date(NaN)),
  kind(z.null(), null),
  kind(z.enum(["a", "b"]), "a", "c", "toString"),
  kind(z.literal(["a", 1, null]), "a", 1, null),
  kind(z.literal(1n), 1n),
  kind(z.literal([1, Infinity]), 1, Infinity),
  kind(z.enum({ least: 0, most: Infinity }), 0, Infinity),
  kind(z.unknown(), 1, 1n, new Map(), Promise.resolve(1)),
  kind(z.custom(), "a", new Set()),
  kind(z.bigint(), 1n),
  kind(z.map(z.string(), z.string()), new Map()),
  kind(z.nan(), NaN),
  kind(z.number().default(NaN), undefined, 1),
  kind(z.number().catch(Infinity), "x", 1),
  kind(
    z.number().overwrite(() => NaN),
    1,
  ),
  kind(
    z.string().transform(() => new Set()),
    "a",
  ),
  kind(z.codec(z.string(), z.number(), { decode: Number, encode: String }), "1", "x"),
  kind(
    z.string().check((payload) => void Object.assign(payload, { value: 5n })),
    "a",
  ),
);

/** Schemas of every kind, one inside the other. */
export const kinds: fc.Arbitrary<Kind> = fc.letrec<{ kind: Kind }>((tie) => ({
  kind: fc.oneof(
    { maxDepth: 3 },
    leaves,
    fc.record({ a: tie("kind"), b: tie("kind") }).map(({ a, b }) => ({
      schema: z.object({ a: a.schema, b: b.schema.optional() }),
      values: fc.record({ a: a.values, b: b.values, extra: fc.bigInt() }, { requiredKeys: [] }),
    })),
    tie("kind").map(({ schema, values }) => ({
      schema: z.looseObject({ a: schema }),
      values: fc.record({ a: values, extra: fc.bigInt() }, { requiredKeys: [] }),
    })),
    tie("kind").map(({ schema, values }) => ({ schema: z.array(schema), values: fc.array(values, { maxLength: 3 }) })),
    tie("kind").map(({ schema, values }) => ({
      schema: z.tuple([schema]).rest(schema),
      values: fc.array(values, { maxLength: 3 }),
    })),
    tie("kind").map(({ schema, values }) => ({
      schema: z.record(z.string(), schema),
      values: fc.dictionary(fc.string(), values),
    })),
    tie("kind").map(({ schema, values }) => ({ schema: schema.nullable().readonly(), values: fc.option(values) })),
    tie("kind").map(({ schema, values }) => ({ schema: z.lazy(() => schema), values })),
    fc.record({ a: tie("kind"), b: tie("kind") }).map(({ a, b }) => ({
      schema: z.union([a.schema, b.schema]),
      values: fc.oneof(a.values, b.values),
    })),
  ),
})).kind;
