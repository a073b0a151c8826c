import { Body, BootError, Model, Path, type App } from "@madeleine/core";
import { JSONLines, Request } from "@madeleine/http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

async function problemsOf(declare: (app: App) => unknown): Promise<string[]> {
  const { app } = createApp();
  declare(app);
  try {
    await app.boot();
    await app.close();
    return [];
  } catch (error) {
    return (error as BootError).problems.map(({ code, what }) => `${code} ${what}`);
  }
}

const read = (schema: z.ZodType) => problemsOf((app) => app.post("/", { body: Body(schema) }, () => null));
const sent = (schema: z.ZodType) => problemsOf((app) => app.get("/", { response: schema }, {}, () => null as never));

const IsoDate = z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() });

test("a body that no JSON satisfies is a boot error, with the place in the schema", async () => {
  const nested = z.object({ items: z.array(z.object({ at: z.date() })) });
  assert.equal(await read(nested), ["UNREADABLE_SCHEMA Body() of POST /: $.items[].at is a date, which JSON does not have."]);
  for (const schema of [
    z.bigint(),
    z.map(z.string(), z.int()),
    z.tuple([z.set(z.int())]),
    z.instanceof(URL),
    z.record(z.string(), z.date()),
  ])
    assert.is((await read(schema)).length, 1);
  assert.is((await read(z.union([z.date(), z.bigint()]))).length, 1);
});

test("what may be absent, what another member reads, and what is made of text are no mistakes", async () => {
  const optional = z.object({ a: z.date().optional(), b: z.date().nullable(), c: z.date().default(() => new Date()) });
  const made = z.object({ a: IsoDate, b: z.coerce.date(), c: z.preprocess((value) => new Date(String(value)), z.date()) });
  interface Tree {
    kids: Tree[];
  }
  const tree: z.ZodType<Tree> = z.lazy(() => z.object({ kids: z.array(tree) }));
  class Item extends Model(z.object({ id: z.int() })) {}
  for (const schema of [optional, made, tree, z.union([z.date(), z.string()]), z.unknown(), Item as unknown as z.ZodType])
    assert.equal(await read(schema), []);
});

test("a response whose values JSON would lose is a boot error, optional or not", async () => {
  assert.equal(await sent(z.object({ n: z.bigint().optional() })), [
    "UNSENDABLE_RESPONSE The response of GET /: $.n is a bigint, which JSON does not have.",
  ]);
  for (const schema of [z.set(z.int()), z.map(z.string(), z.int()), z.union([z.string(), z.bigint()]), z.nan()])
    assert.is((await sent(schema)).length, 1);
  const lines = await problemsOf((app) => app.get("/", { response: JSONLines(z.set(z.int())) }, {}, async function* () {}));
  assert.equal(lines, ["UNSENDABLE_RESPONSE The response of GET /: $ is a Set, which JSON does not have."]);
  const byStatus = await problemsOf((app) => app.get("/", { responses: { 404: z.bigint() } }, {}, () => null as never));
  assert.match(byStatus.join(), /The responses\[404\] of GET \//);
  for (const schema of [z.date(), IsoDate, z.set(z.int()).transform((set) => [...set])]) assert.equal(await sent(schema), []);
});

test("a model of the path agrees with the path in both directions", async () => {
  const bound = (schema: z.ZodType, path = "/:a/:b") =>
    problemsOf((app) => app.get(path, { model: Path(schema) } as never, () => null));
  assert.match(
    (await bound(z.object({ a: z.int(), c: z.int() }))).join(),
    /binds the path parameter "c", which the path does not have: it has :a, :b/,
  );
  assert.match((await bound(z.object({ a: z.int() }))).join(), /has a parameter "b" that nothing reads/);
  assert.match((await bound(z.object({ a: z.int(), b: z.int() }), "/:a/:b?")).join(), /"b", which may be absent/);
  assert.equal(await bound(z.object({ a: z.int(), b: z.int().default(1) }), "/:a/:b?"), []);
  assert.equal(await bound(z.object({ a: z.int(), b: z.int() })), []);
  assert.equal(await bound(z.looseObject({ a: z.int() })), []);
  const byHand = problemsOf((app) => app.get("/:a/:b", { model: Path(z.object({ a: z.int() })), request: Request }, () => null));
  assert.equal(await byHand, []);
});

test("an optional path parameter may have a default as well", async () => {
  const optional = [
    z.int().optional(),
    z.int().default(1),
    z.int().prefault(1),
    z.int().catch(1),
    z.int().nullable().default(null),
  ];
  for (const schema of optional) assert.equal(await problemsOf((app) => app.get("/:n?", { n: Path(schema) }, () => null)), []);
});

test.run();
