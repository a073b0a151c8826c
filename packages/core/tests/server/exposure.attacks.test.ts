import { Body, Cookie, Form, Header, Query } from "@madeleine/core";
import { HTTPException, Request } from "@madeleine/http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { captureStderr, createApp, withstand } from "../harness.ts";

// What a stranger learns of a request, and what a stranger may tell of one.

const secrets = { authorization: "Bearer hunter2", cookie: "sid=hunter2", "x-api-key": "hunter2" };

test("DX-06 what is logged of a request that fails has no header, cookie, query or body of it", async () => {
  const { app, log } = createApp();
  const needs = { body: Body(z.object({ password: z.string() })), key: Header("x-api-key"), sid: Cookie("sid"), q: Query() };
  app.post("/fail", needs, () => {
    throw new Error("a bug");
  });
  app.post("/outage", needs, () => {
    throw Object.assign(new HTTPException(503), { cause: new Error("the store is down") });
  });
  await withstand(app, async (client) => {
    for (const path of ["/fail?q=hunter2", "/outage?q=hunter2"])
      await client.post(path, { json: { password: "hunter2" }, headers: secrets });
  });
  assert.equal(log.messages, ["POST /fail failed", "POST /outage failed"]);
  assert.not.match(
    JSON.stringify(log.entries, (_, value: unknown) => (value instanceof Error ? value.stack : value)),
    /hunter2/,
  );
});

test("DX-06 nor has what is written where there is no logger, for a request without a route", async () => {
  const { app } = createApp({ logger: undefined });
  app.on(404, () => {
    throw new Error("a bug");
  });
  const written = await captureStderr(() => withstand(app, (client) => client.get("/none?token=hunter2", { headers: secrets })));
  assert.match(written, /GET \/none/);
  assert.not.match(written, /hunter2/);
});

test("DX-09 a 422 shows nothing of headers, cookies, bodies and forms, whatever is wrong with them", async () => {
  const { app } = createApp();
  const password = z.string().min(50).regex(/^x/);
  app.post("/json", { body: Body(z.strictObject({ password, list: z.array(z.int()) })) }, () => "ok");
  app.post("/form", { password: Form("password", password), pin: Form("pin", z.int()) }, () => "ok");
  app.get("/head", { authorization: Header("authorization", password), sid: Cookie("sid", z.int()) }, () => "ok");
  await withstand(app, async (client) => {
    const answers = [
      await client.post("/json", { json: { password: "hunter2", list: ["hunter2"], hunter: "hunter2" } }),
      await client.post("/json", { json: "hunter2" }),
      await client.post("/form", { form: { password: "hunter2", pin: "hunter2" } }),
      await client.get("/head", { headers: secrets }),
    ];
    for (const answer of answers) {
      assert.is(answer.status, 422);
      assert.not.match(answer.text(), /hunter2/);
    }
  });
});

test("PX-10 PX-03 no header says which path was asked for, or by which method", async () => {
  const { app } = createApp();
  app.get("/public", { request: Request }, ({ request }) => [request.method, request.path, request.url]);
  app.get("/admin", () => "secret");
  app.delete("/public", () => "deleted");
  await withstand(app, async (client) => {
    for (const header of ["X-Original-URL", "X-Rewrite-URL", "X-Original-URI", "X-Forwarded-Path", "X-Forwarded-Uri"]) {
      const answer = await client.get("/public", { headers: { [header]: "/admin", host: "a" } });
      assert.equal(answer.json(), ["GET", "/public", "http://a/public"], header);
    }
    for (const header of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]) {
      const answer = await client.get("/public?_method=DELETE", { headers: { [header]: "DELETE", host: "a" } });
      assert.is((answer.json() as string[])[0], "GET", header);
    }
  });
});

test.run();
