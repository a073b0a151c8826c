import { Body, Controller, Get, Path, reply } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

const Item = z.object({ id: z.int() });
const Problem = z.object({ reason: z.string() });

test("each status of a route has its schema, and what that does not name never leaves", async () => {
  @Controller()
  class Items {
    @Get("/items/:id", { responses: { 200: Item, 404: Problem } })
    read(@Path(z.int()) id: number) {
      if (id === 0) return reply(404, { reason: "sold out", stock: -1 });
      return { id, password: "tiger" };
    }
  }
  const { app } = createApp({ controllers: [Items] });
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/items/7")).json(), { id: 7 });
  const missing = await client.get("/items/0");
  assert.equal([missing.status, missing.json()], [404, { reason: "sold out" }]);
});

test("a reply under a status that is not declared, and a value that does not fit its schema, are logged 500", async () => {
  const { app, log } = createApp();
  app.get("/status", { responses: { 404: Problem } }, {}, () => reply(409, { reason: "x" }) as never);
  app.get("/none", (() => reply(409, {})) as () => never);
  app.get("/value", { responses: { 404: Problem } }, {}, () => reply(404, { reason: 1 as never }));
  await using client = await TestClient.open(app);
  for (const path of ["/status", "/none", "/value"]) assert.is((await client.get(path)).status, 500);
  const [status, none, value] = log.entries.map(({ details }) => (details["err"] as Error).message);
  assert.match(status!, "reply(409, …): the route declares responses for 404. mend: { responses: { 409: schema } }");
  assert.match(none!, "the route declares no responses");
  assert.match(value!, "$.reason: Invalid input: expected string, received number");
});

test("a schema of another library in a response is a boot error", async () => {
  const { app } = createApp();
  const foreign = { _def: {}, parse: () => null } as never;
  app.get("/one", { response: foreign }, {}, () => null as never);
  app.get("/table", { responses: { 404: foreign } }, {}, () => null as never);
  const error = await app.boot().then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  assert.match(error!.message, "The response of GET /one is no schema of zod 4.");
  assert.match(error!.message, "The responses[404] of GET /table is no schema of zod 4.");
});

test("fields that are null, defaults, or filled in by the schema can be left out", async () => {
  const It = z.object({
    name: z.string(),
    description: z.string().nullable().default(null),
    tax: z.number().default(10.5),
    tags: z.array(z.string()).default([]),
    at: z.date().optional(),
  });
  const { app } = createApp();
  const foo = { name: "Foo" };
  const baz = { name: "Baz", description: null, tax: 10.5, tags: [], at: new Date(0) };
  app.get("/unset", { response: It, responseOptions: { excludeUnset: true } }, {}, () => foo);
  app.get("/defaults", { response: z.array(It), responseOptions: { excludeDefaults: true } }, {}, () => [baz]);
  app.get("/null", { response: It, responseOptions: { excludeNull: true } }, {}, () => foo);
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/unset")).json(), { name: "Foo" });
  assert.equal((await client.get("/defaults")).json(), [{ name: "Baz", at: "1970-01-01T00:00:00.000Z" }]);
  assert.equal((await client.get("/null")).json(), { name: "Foo", tax: 10.5, tags: [] });
});

test("a union and a discriminated union are bodies, and so are primitives and lists", async () => {
  const Shape = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("circle"), r: z.number() }),
    z.object({ kind: z.literal("square"), side: z.number() }),
  ]);
  const { app } = createApp();
  app.post("/shape", { shape: Body(Shape) }, ({ shape }) => shape.kind);
  app.post("/scalar", { value: Body(z.union([z.string(), z.int()])) }, ({ value }) => value);
  app.post("/any", { value: Body(z.unknown()) }, ({ value }) => ({ value }));
  await using client = await TestClient.open(app);
  assert.is((await client.post("/shape", { json: { kind: "circle", r: 1 } })).json(), "circle");
  assert.is((await client.post("/shape", { json: { kind: "blob" } })).status, 422);
  assert.is((await client.post("/scalar", { json: 7 })).json(), 7);
  assert.equal((await client.post("/any", { json: [1] })).json(), { value: [1] });
});

test.run();
