import { Body, Controller, JSONLinesBody, Post, RawBody, RequestValidationError, Router, TextBody } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

const Row = z.object({ id: z.int() });

test("a body is given as bytes and as text, whatever its type, beside its values", async () => {
  const { app } = createApp();
  app.post("/bytes", { body: RawBody() }, ({ body }) => body.length);
  app.post("/text", { body: TextBody() }, ({ body }) => body);
  app.post("/both", { raw: RawBody(), row: Body(Row) }, ({ raw, row }) => [raw.toString(), row.id]);
  await using client = await TestClient.open(app);
  assert.is((await client.post("/bytes", { body: "abc" })).json(), 3);
  assert.is((await client.post("/bytes")).json(), 0);
  assert.is((await client.post("/text", { body: "tea é" })).json(), "tea é");
  assert.equal((await client.post("/both", { json: { id: 1 } })).json(), ['{"id":1}', 1]);
});

test("JSON lines are checked while they arrive", async () => {
  const { app } = createApp();
  app.post("/", { rows: JSONLinesBody(Row) }, async ({ rows }) => {
    const ids: number[] = [];
    for await (const row of rows) ids.push(row.id);
    return ids;
  });
  await using client = await TestClient.open(app);
  const post = (body: string, type = "application/x-ndjson") => client.post("/", { body, headers: { "content-type": type } });
  assert.equal((await post('{"id":1,"more":2}\n\n{"id":2}')).json(), [1, 2]);
  assert.equal((await client.post("/")).json(), []);
  assert.equal((await post('{"id":1}\n{"id":"x"}')).json(), {
    detail: [
      {
        type: "int_parsing",
        loc: ["body", 1, "id"],
        msg: "Input should be a valid integer, unable to parse string as an integer",
      },
    ],
  });
  assert.is((await post('{"id":1}\n{"id"')).status, 422);
  assert.is((await post("{}", "application/json")).status, 415);
});

test("a route and the application limit a body, and the application the depth of JSON", async () => {
  const { app } = createApp({ maxBodyBytes: 10, maxJsonDepth: 2 });
  app.post("/app", { body: RawBody() }, ({ body }) => body.length);
  app.post("/route", { maxBodyBytes: 20 }, { body: RawBody() }, ({ body }) => body.length);
  app.post("/json", { body: Body(z.unknown()) }, () => "read");
  await using client = await TestClient.open(app);
  const status = async (path: string, length: number) => (await client.post(path, { body: "x".repeat(length) })).status;
  assert.equal([await status("/app", 10), await status("/app", 11)], [200, 413]);
  assert.equal([await status("/route", 20), await status("/route", 21)], [200, 413]);
  assert.is((await client.post("/json", { json: [[1]] })).status, 200);
  assert.is((await client.post("/json", { json: [[[1]]] })).status, 400);
});

test("of the limits of routers, controllers and routes around a body the innermost counts", async () => {
  @Controller("/inner", { maxBodyBytes: 5 })
  class Inner {
    @Post("/")
    read(@RawBody() body: Buffer) {
      return body.length;
    }
  }
  const router = new Router("/outer", { maxBodyBytes: 50, controllers: [Inner] });
  router.post("/", { body: RawBody() }, ({ body }) => body.length);
  const { app } = createApp({ maxBodyBytes: 100 });
  app.include(router);
  await using client = await TestClient.open(app);
  const status = async (path: string, length: number) => (await client.post(path, { body: "x".repeat(length) })).status;
  assert.equal([await status("/outer", 50), await status("/outer", 51)], [200, 413]);
  assert.equal([await status("/outer/inner", 5), await status("/outer/inner", 6)], [200, 413]);
});

test("exc-override-validation-body: an error handler is given the body that was refused", async () => {
  const { app } = createApp();
  app.post("/", { row: Body(Row) }, ({ row }) => row);
  app.on(RequestValidationError, ({ problems, body }) => ({ detail: problems.map(({ loc }) => loc), body }));
  await using client = await TestClient.open(app);
  const response = await client.post("/", { json: { id: "XL", title: "towel" } });
  assert.equal(response.json(), { detail: [["body", "id"]], body: { id: "XL", title: "towel" } });
  const broken = await client.post("/", { body: '{"id"', headers: { "content-type": "application/json" } });
  assert.is((broken.json() as { body: string }).body, '{"id"');
});

test.run();
