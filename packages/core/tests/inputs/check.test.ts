import { Body, Query } from "@madeleine/core";
import { JSONLines } from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { compileCheck } from "../../src/inputs/check.ts";
import type { Problem } from "../../src/validation/index.ts";
import { createApp } from "../harness.ts";

/** Checks one value after the other, as one parameter of many requests. */
function checker(schema: z.ZodType): (value: unknown) => { value: unknown; problems: readonly Problem[] } {
  const check = compileCheck({ schema, slot: 0, loc: ["body"], exposeInput: false });
  return (value) => {
    const values: unknown[] = [];
    const problems: Problem[] = [];
    assert.is(check(value, undefined, values, problems), undefined);
    return { value: values[0], problems };
  };
}

test("a value that does not fit leaves the next ones to the compiled schema", () => {
  const name = z.string();
  const { run } = name._zod;
  let runs = 0;
  name._zod.run = (payload, context) => {
    runs++;
    return run(payload, context);
  };
  const check = checker(z.object({ name }));
  assert.equal(check({ name: "tea" }), { value: { name: "tea" }, problems: [] });
  assert.is(runs, 0, "compiled");
  assert.is(check({ name: 7 }).problems.length, 1);
  assert.is(runs, 1, "the schema has the words");
  assert.equal(check({ name: "tea" }), { value: { name: "tea" }, problems: [] });
  assert.is(runs, 1, "compiled again");
});

test("what the schema refuses is never let through, also where only absence fits", () => {
  const check = checker(z.object({ gone: z.union([z.null(), z.undefined()]) }));
  assert.equal(check({ gone: null }), { value: { gone: null }, problems: [] });
  assert.equal(check({ gone: "x" }), {
    value: undefined,
    problems: [{ type: "none_required", loc: ["body", "gone"], msg: "Input should be null" }],
  });
});

test("what cannot be compared is measured once more, and left what it is; what an author's code throws is thrown", () => {
  const check = checker(z.object({ length: z.object({ toString: z.int() }), name: z.string().min(1) }));
  const value = { length: { toString: 1 }, name: { length: { toString: 1 } } };
  assert.equal(check(value).problems, [{ type: "string_type", loc: ["body", "name"], msg: "Input should be a valid string" }]);
  assert.is(JSON.stringify(value), '{"length":{"toString":1},"name":{"length":{"toString":1}}}');
  let runs = 0;
  const thrown = checker(z.unknown().refine(() => runs++ < 0 || JSON.parse("{")));
  assert.throws(() => thrown({ a: "toString" }), SyntaxError);
  assert.is(runs, 1);
});

test("problems are told in the order of the inputs, however long each is waited for", async () => {
  const late = (ms: number) =>
    z.string().refine(async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return false;
    });
  const { app } = createApp();
  app.get("/", { a: Query(z.int()), b: Query(late(20)), c: Query(late(1)), d: Query(z.int()) }, () => "never");
  await using client = await TestClient.open(app);
  for (const _ of ["found to be asynchronous", "known to be"]) {
    const { detail } = (await client.get("/?a=x&b=x&c=x&d=x")).json() as { detail: { loc: string[] }[] };
    assert.equal(
      detail.map(({ loc }) => loc[1]),
      ["a", "b", "c", "d"],
    );
  }
});

test("ST-05: an input that throws leaves no other behind that is rejected later and that nobody awaits", async () => {
  const { app, log } = createApp();
  const later = z.string().refine(async (text) => {
    await Promise.resolve();
    if (text === "bad") throw new Error("later");
    return true;
  });
  const now = z.string().refine((text) => text !== "bad" || JSON.parse("{"));
  app.get("/", { later: Query(later), now: Query(now) }, ({ later }) => later);
  await using client = await TestClient.open(app);
  assert.is((await client.get("/?later=a&now=a")).status, 200);
  assert.is((await client.get("/?later=bad&now=bad")).status, 500);
  await new Promise((resolve) => setTimeout(resolve, 20)); // time for what was left unhandled to be noticed
  assert.equal(log.messages, ["GET / failed"]);
});

test("ST-05: an asynchronous check runs once for the first value, too, and leaves no rejection behind", async () => {
  const { app, log } = createApp();
  let runs = 0;
  const late = z.string().refine(async () => {
    runs++;
    await Promise.resolve();
    throw new Error("the database is down");
  });
  app.post("/", { item: Body(z.object({ name: late })) }, ({ item }) => item);
  await using client = await TestClient.open(app);
  assert.is((await client.post("/", { json: {} })).status, 422);
  assert.is((await client.post("/", { json: { name: "a" } })).status, 500);
  await new Promise((resolve) => setTimeout(resolve, 20)); // time for what was left unhandled to be noticed
  assert.is(runs, 1);
  assert.equal(log.messages, ["POST / failed"]);
});

test("an asynchronous transform, preprocess or codec of a field is waited for, also where earlier values had none", async () => {
  const { app } = createApp();
  const upper = z.string().transform(async (text) => text.toUpperCase());
  const codec = z.codec(z.string(), z.int(), { decode: async (text) => text.length, encode: async (n) => "x".repeat(n) });
  const Item = z.object({
    name: upper.optional(),
    size: codec.optional(),
    rest: z.preprocess(async (rest) => rest, z.int().optional()),
  });
  app.post("/in", { item: Body(Item) }, ({ item }) => item);
  app.post("/out", { response: Item as z.ZodType<object> }, { item: Body(z.looseObject({})) }, ({ item }) => item);
  app.post("/lines", { response: JSONLines(Item as z.ZodType<object>) }, {}, async function* () {
    yield { name: "a" };
  });
  app.post("/later", { item: Body(z.object({ name: upper.optional() })) }, ({ item }) => item);
  await using client = await TestClient.open(app);
  for (const path of ["/in", "/out"]) {
    for (const _ of ["found to be asynchronous", "known to be"])
      assert.equal((await client.post(path, { json: { name: "a", size: "abc" } })).json(), { name: "A", size: 3 }, path);
    assert.is((await client.post(path, { json: { name: 1 } })).status, path === "/in" ? 422 : 500);
  }
  assert.is((await client.post("/lines")).text(), '{"name":"A"}\n');
  assert.equal((await client.post("/later", { json: {} })).json(), {});
  assert.equal((await client.post("/later", { json: { name: "a" } })).json(), { name: "A" });
});

test("a recursive schema looks at the same object anew each time", () => {
  const Node = z.object({
    name: z.string(),
    get children() {
      return z.array(Node);
    },
  });
  const check = checker(Node);
  const child = { name: "leaf", children: [] };
  const node = { name: "root", children: [child] };
  assert.equal(check(node).value, node);
  child.name = "other";
  assert.equal(check(node).value, { name: "root", children: [{ name: "other", children: [] }] });
});

test.run();
