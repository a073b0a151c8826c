import { request as send, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { Controller, Get, Post } from "@madeleine/core";
import { dependency, Injectable } from "@madeleine/di";
import { EventStream, FileResponse, html, JSONLines, ServerSentEvent, StreamingResponse } from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, withstand } from "../harness.ts";

const Delta = z.object({ text: z.string() });
const bare = '{"detail":"Internal Server Error"}';

test("an async generator is an event stream, each item filtered by its schema", async () => {
  @Controller()
  class Chat {
    @Get("/chat", { response: EventStream(Delta) })
    async *chat() {
      yield { text: "Hello", secret: 1 };
      yield new ServerSentEvent({ data: { text: "again" }, id: "2" });
    }

    @Post("/chat", { response: EventStream(Delta), status: 201 })
    *post() {
      yield { text: "sync" };
    }
  }
  const { app } = createApp({ controllers: [Chat] });
  await using client = await TestClient.open(app);
  const response = await client.get("/chat");
  assert.is(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.is(response.text(), 'data: {"text":"Hello"}\n\ndata: {"text":"again"}\nid: 2\n\n');
  const posted = await client.post("/chat");
  assert.equal([posted.status, posted.text()], [201, 'data: {"text":"sync"}\n\n']);
});

test("JSON lines: with a schema they are filtered, without one they are sent as they are", async () => {
  const { app } = createApp();
  app.get("/typed", { response: JSONLines(Delta) }, {}, async function* () {
    yield { text: "a", secret: 1 };
    yield { text: "b" };
  });
  const untyped: () => unknown = async function* () {
    yield { text: "a", more: 1 };
  };
  app.get("/untyped", untyped);
  await using client = await TestClient.open(app);
  const typed = await client.get("/typed");
  assert.equal([typed.headers.get("content-type"), typed.text()], ["application/jsonl", '{"text":"a"}\n{"text":"b"}\n']);
  const plain = await client.get("/untyped");
  assert.equal([plain.headers.get("content-type"), plain.text()], ["application/jsonl", '{"text":"a","more":1}\n']);
});

test("a Node stream and a web stream that are returned are sent as bytes", async () => {
  const { app } = createApp();
  app.get("/node", () => Readable.from([Buffer.from("a"), Buffer.from("b")]));
  app.get("/web", () => new Blob(["web"]).stream());
  await using client = await TestClient.open(app);
  const node = await client.get("/node");
  assert.equal([node.text(), node.headers.get("content-type")], ["ab", "application/octet-stream"]);
  assert.is((await client.get("/web")).text(), "web");
});

test("a web response is streamed while its body is made", async () => {
  const { app } = createApp();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  app.get("/", () => new globalThis.Response(readable, { status: 203 }));
  await using _client = await TestClient.open(app);
  void writer.write(Buffer.from("first"));
  const response = await new Promise<IncomingMessage>((resolve) => send(`${app.url}/`, resolve).end());
  const [chunk] = await new Promise<[Buffer]>((resolve) => response.once("data", (data: Buffer) => resolve([data])));
  assert.equal([response.statusCode, chunk.toString()], [203, "first"]);
  await writer.close();
});

test("a page that the html tag made is sent as one", async () => {
  const { app } = createApp();
  app.get("/", () => html`<p>${"<"}</p>`);
  app.get("/typed", { response: Delta, status: 201 }, {}, () => html`<p></p>`);
  await using client = await TestClient.open(app);
  const page = await client.get("/");
  assert.equal([page.text(), page.headers.get("content-type")], ["<p>&lt;</p>", "text/html; charset=utf-8"]);
  assert.is((await client.get("/typed")).status, 201);
});

test("a file answers conditions and HEAD, and one that does not exist is a logged 500", async () => {
  const { app, log } = createApp();
  app.get("/file", () => new FileResponse(new URL(import.meta.url)));
  app.get("/gone", () => new FileResponse("/nowhere/at/all"));
  await using client = await TestClient.open(app);
  const file = await client.get("/file");
  const etag = file.headers.get("etag") ?? "";
  assert.is((await client.get("/file", { headers: { "if-none-match": etag } })).status, 304);
  const head = await client.head("/file");
  assert.equal([head.headers.get("content-length"), head.text()], [file.headers.get("content-length"), ""]);
  assert.equal([(await client.get("/gone")).status, log.entries.length], [500, 1]);
});

test("an error before the first byte is a 500, one after it cuts the connection, each logged once", async () => {
  const { app, log } = createApp();
  app.get("/first", { response: JSONLines(Delta) }, {}, async function* () {
    yield { text: 1 as never };
  });
  app.get("/later", { response: JSONLines(Delta) }, {}, async function* () {
    yield { text: "a" };
    throw new Error("later");
  });
  await withstand(app, async (client) => {
    const first = await client.get("/first");
    assert.equal([first.status, first.text()], [500, bare]);
    let cut: unknown;
    await client.get("/later").catch((error: unknown) => (cut = error));
    assert.instance(cut, Error);
  });
  assert.equal(log.messages, ["GET /first failed", "GET /later failed while its response was being sent"]);
});

test("what a stream needs until the response ends after its last byte", async () => {
  const steps: string[] = [];
  const connection = dependency(
    {},
    async function* () {
      yield "rows";
      steps.push("released");
    },
    { until: "response" },
  );
  const { app, log } = createApp();
  app.get("/", { response: JSONLines(z.string()) }, { connection }, async function* ({ connection: rows }) {
    yield rows;
    steps.push("last row");
  });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).text(), '"rows"\n');
  await client.get("/canary");
  assert.equal([steps, log.messages], [["last row", "released"], []]);
});

test("a stream whose dependency ends with the handler is told at boot", async () => {
  const transaction = dependency({}, async function* () { yield 1; }, { name: "transaction" }); // prettier-ignore
  const outer = dependency({ transaction }, (needs) => needs.transaction);
  const { app, log } = createApp();
  app.get("/", { response: JSONLines(z.int()) }, { outer }, async function* ({ outer: value }) {
    yield value;
  });
  await app.boot();
  assert.equal(
    log.entries.map(({ level, details, message }) => [level, details["code"], details["mend"], message]),
    [
      [
        "warn",
        "ENDS_BEFORE_STREAM",
        'give transaction { until: "response" }',
        "GET / streams, and transaction ends when its handler has returned, before the stream begins.",
      ],
    ],
  );
});

test("a request-scoped class that is disposed of with the handler is told at boot, one that lives until the response is not", async () => {
  class Transaction {
    [Symbol.asyncDispose]() {}
  }
  Injectable({ scope: "request" })(Transaction);
  class Connection {
    [Symbol.asyncDispose]() {}
  }
  Injectable({ scope: "request", until: "response" })(Connection);
  const { app, log } = createApp();
  app.get("/", { response: JSONLines(z.int()) }, { a: Transaction, b: Connection }, async function* () {
    yield 1;
  });
  await app.boot();
  assert.equal(
    log.entries.map(({ details }) => details["mend"]),
    ['give Transaction { until: "response" }'],
  );
});

test("an async * handler streams also where its route says nothing of it: what ends before is told at boot", async () => {
  const { app, log } = createApp();
  const transaction = dependency({}, function* transaction() {
    yield 1;
  });
  const silent = async function* () {
    yield 1;
  };
  app.get("/silent", { transaction }, silent as never); // as JavaScript writes it: the compiler wants a response schema
  app.get("/value", { transaction }, async () => 1);
  await app.boot();
  assert.equal(
    log.entries.map(({ details, message }) => [details["code"], message.split(" streams")[0]]),
    [["ENDS_BEFORE_STREAM", "GET /silent"]],
  );
});

test("a stream that is not sent after all is closed", async () => {
  const { app } = createApp();
  const source = Readable.from(["never"]);
  const commit = dependency({}, async function* () {
    yield 1;
    throw new Error("the commit failed");
  });
  app.get("/", { commit }, () => new StreamingResponse(source));
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).status, 500);
  assert.is(source.destroyed, true);
});

test("a streaming route that returns no stream is a 500 that says how to make one", async () => {
  const { app, log } = createApp();
  app.get("/", { response: EventStream(Delta) }, {}, () => [{ text: "a" }] as never);
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).text(), bare);
  assert.match(String(log.entries[0]?.details["err"]), "mend: make the handler async *, and yield the items");
});

test.run();
