import { Body, JSONLinesBody } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { compileJsonCheck } from "../../src/inputs/json-check.ts";
import type { Problem } from "../../src/validation/index.ts";
import { createApp } from "../harness.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

type Loc = readonly (string | number)[];

/** A 422 that names these places. */
function notFinite(...locs: readonly Loc[]): unknown {
  return { detail: locs.map((loc) => ({ type: "finite_number", loc, msg: "Input should be a finite number" })) };
}

/** What a route with this schema answers that gives its body back. */
async function answer(schema: z.ZodType, body: string, exposeInput = false): Promise<{ status: number; told: unknown }> {
  const { app } = createApp({ exposeInput });
  app.post("/", { value: Body(schema) }, ({ value }) => JSON.parse(JSON.stringify(value)) as object);
  await using client = await TestClient.open(app);
  const response = await client.post("/", { body, headers: { "content-type": "application/json" } });
  return { status: response.status, told: response.json() };
}

const takesAnything: readonly (readonly [name: string, schema: z.ZodType])[] = [
  ["z.unknown()", z.unknown()],
  ["z.any() in an object", z.object({ n: z.any() })],
  ["a record of z.unknown()", z.record(z.string(), z.unknown())],
  ["a record that keeps other keys", z.looseRecord(z.string().startsWith("_"), z.number())],
  ["an object that keeps other keys", z.looseObject({ other: z.string().optional() })],
  ["a union", z.object({ n: z.union([z.string(), z.unknown()]) })],
  ["z.custom()", z.object({ n: z.custom() })],
  ["a preprocess", z.object({ n: z.preprocess((n) => n, z.unknown()) })],
  ["a check that has to be waited for", z.object({ n: z.unknown().refine(async () => true) })],
];

for (const [name, schema] of takesAnything) {
  test(`JB-05 a number that no double can hold is 422 with its place, where ${name} takes anything`, async () => {
    assert.equal(await answer(schema, '{"n":1e400}'), { status: 422, told: notFinite(["body", "n"]) });
    const nested = '{"n":[1,{"a":-1e999,"b":1e400}]}';
    assert.equal(await answer(schema, nested), { status: 422, told: notFinite(["body", "n", 1, "a"], ["body", "n", 1, "b"]) });
    assert.equal(await answer(schema, '{"n":[1e308,{"a":null}]}'), { status: 200, told: { n: [1e308, { a: null }] } });
  });
}

test("JB-05 where z.number() refuses it, that is all that is told", async () => {
  const schema = z.object({ n: z.number(), rest: z.unknown() });
  assert.equal(await answer(schema, '{"n":1e400,"rest":1e400}'), { status: 422, told: notFinite(["body", "n"]) });
});

test("JB-05 the whole body, one key of it and a line of many are told as such", async () => {
  assert.equal(await answer(z.unknown(), "1e400"), { status: 422, told: notFinite(["body"]) });
  const { app } = createApp();
  app.post("/named", { n: Body("n", z.unknown()), m: Body("m", z.unknown()) }, () => "never");
  app.post("/lines", { lines: JSONLinesBody(z.unknown()) }, async ({ lines }) => {
    for await (const _ of lines);
  });
  await using client = await TestClient.open(app);
  const post = (path: string, type: string, body: string) => client.post(path, { body, headers: { "content-type": type } });
  assert.equal(
    (await post("/named", "application/json", '{"n":1e400,"m":[1e400]}')).json(),
    notFinite(["body", "n"], ["body", "m", 0]),
  );
  assert.equal((await post("/lines", "application/jsonl", '{"n":1}\n{"n":1e400}')).json(), notFinite(["body", 1, "n"]));
});

test("JB-05 what is not handed on, or became something else, is nobody's mistake", async () => {
  assert.equal(await answer(z.object({ other: z.unknown() }), '{"n":1e400,"other":1}'), { status: 200, told: { other: 1 } });
  const said = z.object({ n: z.unknown().transform(String) });
  assert.equal(await answer(said, '{"n":1e400}'), { status: 200, told: { n: "Infinity" } });
});

test("JB-05 the client sees it again only where it may", async () => {
  const { told } = await answer(z.unknown(), '{"n":-1e400}', true);
  assert.is((told as { detail: { input: unknown }[] }).detail[0]!.input, "-Infinity");
});

test("JB-03 of 100,000 such numbers the first hundred are told, in linear time", async () => {
  const check = compileJsonCheck({ schema: z.unknown(), slot: 0, loc: ["body"], exposeInput: false });
  const problems: Problem[] = [];
  check(JSON.parse(`{"a":[${"1e400,".repeat(99_999)}1e400]}`), undefined, [], problems);
  assert.is(problems.length, 100);
  assert.equal(problems[99]!.loc, ["body", "a", 99]);
  const values = new Map([6250, 100_000].map((size) => [size, JSON.parse(`{"a":[${"1e400,".repeat(size - 1)}1e400]}`)]));
  await assertLinear("infinite numbers", (size) => check(values.get(size), undefined, [], []), 100_000);
});

test("a recursive schema is looked through once, one that makes itself anew at every level not without end", async () => {
  const Node: z.ZodType = z.object({ n: z.number().optional(), children: z.array(z.lazy(() => Node)).optional() });
  assert.is((await answer(Node, '{"children":[{"n":1}]}')).status, 200);
  const endless = (): z.ZodType => z.object({ n: z.number(), next: z.lazy(endless).optional() });
  assert.is((await answer(endless(), '{"n":1,"next":{"n":2}}')).status, 200);
});

test.run();
