import { Get, Controller, Model } from "@madeleine/core";
import { serializeJson } from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { isCarried } from "../../src/replies/carried.ts";
import { createApp } from "../harness.ts";

interface Kind {
  readonly schema: z.ZodType;
  /** Among them what the schema accepts and JSON loses. */
  readonly values: fc.Arbitrary<unknown>;
}

const kind = (schema: z.ZodType, ...values: unknown[]): Kind => ({ schema, values: fc.constantFrom(...values) });

const leaves = fc.constantFrom<Kind[]>(
  kind(z.string(), "", "é", '"'),
  kind(z.email(), "a@b.eu"),
  kind(z.number().min(0), 0, 1.5, NaN, Infinity),
  kind(z.int(), 7, NaN),
  kind(z.boolean(), true),
  kind(z.date(), new Date(0), new Date(NaN)),
  kind(z.null(), null),
  kind(z.enum(["a", "b"]), "a"),
  kind(z.literal(["a", 1, null]), "a", 1, null),
  kind(z.literal(1n), 1n),
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

const kinds: fc.Arbitrary<Kind> = fc.letrec<{ kind: Kind }>((tie) => ({
  kind: fc.oneof(
    { maxDepth: 3 },
    leaves,
    fc.record({ a: tie("kind"), b: tie("kind") }).map(({ a, b }) => ({
      schema: z.object({ a: a.schema, b: b.schema.optional() }),
      values: fc.record({ a: a.values, b: b.values, extra: fc.bigInt() }, { requiredKeys: ["a"] }),
    })),
    tie("kind").map(({ schema, values }) => ({
      schema: z.looseObject({ a: schema }),
      values: fc.record({ a: values, extra: fc.bigInt() }, { requiredKeys: ["a"] }),
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

test("what a carried schema lets through, JSON carries", () => {
  let carried = 0;
  let lossy = 0;
  fc.assert(
    fc.property(
      kinds.chain(({ schema, values }) => fc.tuple(fc.constant(schema), values)),
      ([schema, value]) => {
        const result = schema.safeParse(value);
        if (!result.success || result.data === undefined) return;
        const isLost = isLossy(result.data);
        if (isLost) lossy++;
        if (isCarried(schema)) carried++;
        assert.not.ok(isLost && isCarried(schema), "a carried schema let through what JSON loses");
      },
    ),
    { numRuns: 3000 },
  );
  assert.ok(carried > 100 && lossy > 100, `${carried} carried and ${lossy} lossy: neither may be missing from the trial`);
});

function isLossy(value: unknown): boolean {
  try {
    serializeJson(value);
    return false;
  } catch {
    return true;
  }
}

interface Tree {
  readonly name: string;
  readonly children: readonly Tree[];
}

const Tree: z.ZodType<Tree> = z.object({ name: z.string(), children: z.array(z.lazy(() => Tree)) });

test("a recursive schema is carried, one that makes itself anew for ever is in doubt", () => {
  assert.ok(isCarried(Tree));
  const endless = (): z.ZodType => z.object({ next: z.lazy(endless) });
  assert.not.ok(isCarried(endless()));
});

test("objects that are strict, have carried extras, or a description are carried", () => {
  const schemas = [
    z.strictObject({ a: z.string() }),
    z.object({ a: z.string() }).catchall(z.int()),
    z.string().describe("a name"),
    z.iso.date(),
    z.string().regex(/^a/).max(10),
    z.stringbool(),
    z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b"), n: z.number() })]),
    z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
  ];
  for (const schema of schemas) assert.ok(isCarried(schema), schema.type);
});

test("an instance of a Model may hold more than its schema says, and is looked through", async () => {
  class Item extends Model(z.object({ id: z.int() })) {
    readonly seen = new Set([1]);
  }
  assert.not.ok(isCarried(z.array(Item.schema())));
  @Controller()
  class Items {
    @Get("/items", { response: z.array(Item.schema()) })
    list() {
      return [{ id: 1 }] as unknown as Item[];
    }
  }
  const { app, log } = createApp({ controllers: [Items] });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/items")).status, 500);
  assert.match((log.entries[0]!.details["err"] as Error).message, "$[0].seen is a Set");
});

test.run();
