import { App, Controller, EventSourceResponse, Get, JSONLines, Post, ServerSentEvent, StreamingResponse } from "madeleine";
import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { answers, holds, silent } from "./answers.ts";

const Item = z.object({ name: z.string(), description: z.string() });
const items = [
  { name: "Plumbus", description: "A multi-purpose household device." },
  { name: "Portal Gun", description: "A portal opening device." },
  { name: "Meeseeks Box", description: "A box that summons a Meeseeks." },
];

@Controller()
class Streams {
  @Get("/text")
  text() {
    return new StreamingResponse(["1, ", "2, ", "3"], { mediaType: "text/plain" });
  }

  @Get("/mid")
  broken() {
    return new StreamingResponse(breaking(), { mediaType: "text/plain" });
  }

  @Get("/items/stream", { response: JSONLines(Item) })
  async *typed() {
    yield* items;
  }

  @Get("/items/stream-no-annotation", { response: JSONLines(z.unknown()) })
  async *untyped() {
    yield* items;
  }
}

async function* breaking() {
  yield "a";
  throw new Error("after the first chunk");
}

answers(() => new App({ controllers: [Streams] }), {
  "stream-text": "a stream has its type and no length",
  "jsonl-typed": "a generator streams lines of JSON",
  "jsonl-untyped": "lines of JSON need no schema of their own",
});

holds("stream-error-mid-stream", "a stream that breaks is cut off, and does not look complete", async () => {
  await using client = await TestClient.open(new App({ controllers: [Streams], logger: silent }));
  const answer = await client.fetchRaw("GET /mid HTTP/1.1\r\nHost: testserver\r\n\r\n");
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(answer, /\r\n1\r\na\r\n$/, "the first chunk, and no last one");
});

@Controller()
class Events {
  @Get("/ev")
  events() {
    return new EventSourceResponse([
      new ServerSentEvent({ data: "hello", event: "greeting", id: "1" }),
      new ServerSentEvent({ data: { key: "value" }, event: "json-data", id: "2" }),
      new ServerSentEvent({ comment: "just a comment" }),
      new ServerSentEvent({ data: "retry-test", retry: 5000 }),
    ]);
  }

  @Get("/raw")
  raw() {
    return new EventSourceResponse([
      new ServerSentEvent({ rawData: "plain text without quotes" }),
      new ServerSentEvent({ event: "html", rawData: "l1\nl2" }),
    ]);
  }

  @Post("/post")
  post() {
    return new EventSourceResponse([{ a: 1 }]);
  }
}

answers(() => new App({ controllers: [Events] }), {
  "sse-events": "events have names, ids, comments and retry times",
  "sse-raw": "raw data is sent as it is, each of its lines as one",
  "sse-post": "POST may answer with events",
});

holds("sse-newline-in-event", "a name or an id with a line end is refused", () => {
  assert.throws(() => new ServerSentEvent({ data: 1, event: "first\nsecond" }), /single line/);
  assert.throws(() => new ServerSentEvent({ data: 1, id: "first\r\nsecond" }), /single line/);
});

test.run();
