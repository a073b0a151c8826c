import { inspect, isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { $ZodAsyncError, globalConfig, safeParse, type $ZodType } from "zod/v4/core";
import { compileSchema } from "../../src/validation/compiled-schema.ts";
import { compileFilter } from "../../src/replies/filter.ts";
import { kinds } from "../replies/kinds.ts";

const trials = fc
  .tuple(kinds, kinds)
  .chain(([{ schema, values }, other]) =>
    fc.tuple(
      fc.constant(schema),
      fc.oneof({ weight: 4, arbitrary: values }, { weight: 2, arbitrary: other.values }, { weight: 1, arbitrary: fc.anything() }),
    ),
  );

test("a compiled schema lets through what the schema itself does, in the same order, and says the same of the rest", () => {
  const seen = { compiled: 0, accepted: 0, refused: 0 };
  fc.assert(
    fc.property(trials, ([schema, value]) => {
      const compiled = compileSchema(schema);
      if (compiled !== schema) seen.compiled++;
      const expected = safeParse(schema, value);
      const actual = safeParse(compiled, value);
      seen[expected.success ? "accepted" : "refused"]++;
      assert.ok(isDeepStrictEqual(actual.data, expected.data) && isDeepStrictEqual(actual.error?.issues, expected.error?.issues));
      assert.is(inspect(actual.data, { depth: null }), inspect(expected.data, { depth: null })); // the order of keys, too
    }),
    { numRuns: 5000 },
  );
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 100, `only ${count} trials were ${what}`);
});

const filtered = (schema: $ZodType, value: unknown): unknown => compileFilter(schema)(value, (data) => data);

test("a getter is read once, and what an object inherits is sent as before", () => {
  let reads = 0;
  class Item {
    get name(): string {
      reads++;
      return "tea";
    }
    secret = 1;
  }
  const schema = z.object({ name: z.string(), note: z.string().optional() });
  assert.equal(filtered(schema, new Item()), { name: "tea" });
  assert.is(reads, 1);
});

test("code of the author's is run once for a value that it refuses", () => {
  let runs = 0;
  const counted = (text: string): number => (runs++, text.length);
  for (const schema of [
    z.string().refine(() => runs++ < 0),
    z.string().transform(counted).pipe(z.number().max(1)),
    z.codec(z.string(), z.number().max(1), { decode: counted, encode: String }),
    z.preprocess((text) => counted(text as string), z.number().max(1)),
    z.stringFormat("short", (text) => counted(text) < 2),
  ]) {
    runs = 0;
    assert.throws(() => filtered(z.object({ name: schema }), { name: "tea" }));
    assert.is(runs, 1, schema.type);
  }
});

test("a tuple whose item may be undefined takes an empty list, also as a member of a union", () => {
  const schema = z.union([z.tuple([z.union([z.string(), z.unknown()])]).rest(z.string()), z.array(z.enum(["a"]))]);
  assert.equal(safeParse(schema, []).data, [undefined]);
  assert.equal(filtered(schema, []), [undefined]);
});

test("no source is generated where zod is told so", () => {
  const schema = z.object({ name: z.string() });
  const before = globalConfig.jitless;
  z.config({ jitless: true });
  try {
    assert.is(compileSchema(schema), schema);
  } finally {
    z.config({ jitless: before });
  }
  assert.is.not(compileSchema(schema), schema);
});

test("a recursive schema stays what it is", () => {
  interface Tree {
    readonly children: readonly Tree[];
  }
  const Tree: z.ZodType<Tree> = z.object({ children: z.array(z.lazy(() => Tree)) });
  assert.is(compileSchema(Tree), Tree);
});

test("an asynchronous schema answers with a promise", async () => {
  const schema = z.object({ name: z.string().refine(async () => true) });
  assert.throws(
    () => safeParse(schema, { name: "tea" }),
    (error: unknown) => error instanceof $ZodAsyncError,
  );
  assert.equal(await filtered(schema, { name: "tea", secret: 1 }), { name: "tea" });
  let runs = 0;
  const filter = compileFilter(z.object({ name: z.string().refine(async () => ++runs) }));
  const answer = () => filter({ name: "tea" }, (data) => data);
  await answer();
  runs = 0;
  assert.equal(await answer(), { name: "tea" });
  assert.is(runs, 1, "known to be asynchronous, it is not tried otherwise first");
});

test.run();
