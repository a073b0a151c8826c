import { dependency } from "@madeleine/di";
import { Body, Cookie, Form, Header, Query, Upload } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

test("what a route, its guards and its dependencies read by name is no extra of a strict model beside it", async () => {
  const { app } = createApp({ dependencies: [dependency({ key: Query("key") }, () => null)] });
  const page = dependency({ page: Query(z.object({ page: z.int().default(1) })) }, ({ page }) => page.page);
  const strict = z.strictObject({ a: z.int() });
  app.get("/query", { model: Query(strict), q: Query(), page }, ({ model, q, page }) => ({ ...model, q: q ?? null, page }));
  app.get("/cookie", { model: Cookie(strict), sid: Cookie() }, ({ model }) => model);
  app.get("/header", { model: Header(z.strictObject({ x_a: z.int() })), token: Header("X-Token") }, ({ model }) => model);
  app.post("/form", { model: Form(strict), note: Form(), file: Upload({ optional: true }) }, ({ model }) => model);
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/query?a=1&q=x&page=2&key=k")).json(), { a: 1, q: "x", page: 2 });
  assert.equal((await client.get("/cookie", { headers: { cookie: "a=1; sid=2" } })).json(), { a: 1 });
  assert.equal((await client.get("/header", { headers: { "x-a": "1", "x-token": "t" } })).json(), { x_a: 1 });
  assert.equal((await client.post("/form", { form: { a: "1", note: "n" } })).json(), { a: 1 });
  assert.is((await client.get("/query?a=1&b=2")).status, 422);
});

test("a loose model still sees what is read beside it", async () => {
  const { app } = createApp();
  app.get("/", { model: Query(z.looseObject({ a: z.int() })), q: Query() }, ({ model }) => model);
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/?a=1&q=x")).json(), { a: 1, q: "x" });
});

test("a file where text is read is told as such, and not as a missing field", async () => {
  const { app } = createApp();
  app.post("/one", { name: Form(z.string()) }, ({ name }) => name);
  app.post("/plain", { name: Form() }, ({ name }) => name ?? null);
  app.post("/model", { model: Form(z.object({ name: z.string(), age: z.int().optional() })) }, ({ model }) => model);
  await using client = await TestClient.open(app);
  for (const path of ["/one", "/plain", "/model"]) {
    const response = await client.post(path, { multipart: { name: new File(["x"], "x.txt") } });
    const problem = { type: "string_type", loc: ["body", "name"], msg: "Input should be a valid string" };
    assert.equal([response.status, response.json()], [422, { detail: [problem] }], path);
  }
});

test("a body of null is no body where none need be sent, as in FastAPI; where null is a value it is one", async () => {
  const { app } = createApp();
  const item = z.object({ a: z.int() });
  app.post("/optional", { body: Body(item.optional()) }, ({ body }) => body ?? "none");
  app.post("/default", { body: Body("n", z.int().default(3)), other: Body("o", z.int().nullish()) }, ({ body, other }) => [
    body,
    other === null,
  ]);
  app.post("/nullable", { body: Body(item.nullable()) }, ({ body }) => body ?? "null");
  app.post("/required", { body: Body(item) }, ({ body }) => body);
  await using client = await TestClient.open(app);
  assert.is((await client.post("/optional", { json: null })).json(), "none");
  assert.equal((await client.post("/default", { json: { n: null, o: null } })).json(), [3, true]);
  assert.is((await client.post("/nullable", { json: null })).json(), "null");
  assert.is((await client.post("/nullable")).status, 422);
  assert.match((await client.post("/required", { json: null })).text(), '"type":"missing"');
});

test("text that a preprocess hands on, and a date in JSON, are of the wrong type: what they say could be read", async () => {
  const { app } = createApp();
  const number = z.preprocess((value) => value, z.int());
  app.get("/", { n: Query("n", number) }, ({ n }) => n);
  app.post("/", { at: Body(z.object({ at: z.date().optional() })) }, () => null);
  await using client = await TestClient.open(app);
  const typeOf = (response: { json(): { detail: { type: string }[] } }) => response.json().detail[0]?.type;
  assert.is(typeOf((await client.get("/?n=5")) as never), "int_type");
  assert.is(typeOf((await client.get("/?n=five")) as never), "int_parsing");
  assert.is(typeOf((await client.get("/?n=9007199254740993")) as never), "int_parsing_size");
  assert.is(typeOf((await client.post("/", { json: { at: "2024-01-31T10:00:00Z" } })) as never), "datetime_type");
  assert.is(typeOf((await client.post("/", { json: { at: "2024-02-30" } })) as never), "datetime_from_date_parsing");
});

test.run();
