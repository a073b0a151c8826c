import { Cookie, Form, Header, Path, Query } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

test("a problem of a model shows the text that was sent, as that of a single parameter does", async () => {
  const { app } = createApp({ exposeInput: true });
  const page = { limit: z.int().min(1), tags: z.array(z.int().max(9)).default([]) };
  app.get("/query", { page: Query(z.strictObject(page)) }, ({ page }) => page);
  app.get("/header", { page: Header(z.object({ x_limit: z.int().min(1) })) }, ({ page }) => page);
  app.get("/cookie", { page: Cookie(z.object(page)) }, ({ page }) => page);
  app.get("/path/:limit", { page: Path(z.object({ limit: z.int().min(1) })) }, ({ page }) => page);
  app.get("/whole", { page: Query(z.object(page).refine(() => false)) }, ({ page }) => page);
  await using client = await TestClient.open(app);
  const inputsOf = async (path: string, headers: Record<string, string> = {}): Promise<unknown> => {
    const response = await client.get(path, { headers });
    assert.is(response.status, 422);
    return (response.json() as { detail: { input: unknown }[] }).detail.map(({ input }) => input);
  };
  assert.equal(await inputsOf("/query?limit=0&tags=1&tags=007&tags=10&more=1"), ["0", "10", "1"]);
  assert.equal(await inputsOf("/query?limit=ten"), ["ten"]);
  assert.equal(await inputsOf("/header", { "x-limit": "-0" }), ["-0"]);
  assert.equal(await inputsOf("/cookie", { cookie: "limit=00" }), ["00"]);
  assert.equal(await inputsOf("/path/0"), ["0"]);
  assert.equal(await inputsOf("/whole?limit=1&tags=2"), [{ limit: "1", tags: ["2"] }]);
});

test("a key that the schema does not name counts as one that it names: a list has all its values, a text the last, of a header the first", async () => {
  const { app } = createApp();
  const lists = z.object({}).catchall(z.array(z.string()));
  const either = z.object({}).catchall(z.union([z.int(), z.array(z.int())]));
  const loose = z.looseObject({ x_a: z.string() });
  app.get("/lists", { model: Query(lists) }, ({ model }) => model);
  app.get("/either", { model: Query(either) }, ({ model }) => model);
  app.get("/loose", { model: Query(loose.partial()) }, ({ model }) => model);
  app.post("/form", { model: Form(lists) }, ({ model }) => model);
  app.get("/header", { model: Header(loose) }, ({ model }) => [model.x_a, model["x-b"], model["x-forwarded-for"]]);
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/lists?tag=a&other=c&tag=b")).json(), { tag: ["a", "b"], other: ["c"] });
  assert.equal((await client.get("/either?n=1&m=2&m=3")).json(), { n: 1, m: [2, 3] });
  assert.equal((await client.get("/loose?b=1&b=2")).json(), { b: "2" });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  assert.equal((await client.post("/form", { body: "tag=a&tag=b", headers })).json(), { tag: ["a", "b"] });
  const lines = { "X-A": ["1", "2"], "X-B": ["1", "2"], "X-Forwarded-For": ["1", "2"] };
  assert.equal((await client.get("/header", { headers: lines })).json(), ["1", "1", "1, 2"]);
});

test.run();
