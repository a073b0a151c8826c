import { Request } from "@madeleine/http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createApp, withstand } from "../harness.ts";

/** Shape: `["200", "400"]`, the statuses of the answers in what a server wrote. */
function statusesIn(answers: string): string[] {
  return [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status ?? "");
}

const host = "Host: a\r\n";

test("what node's parser refuses is answered in JSON, and the connection ends", async () => {
  const { app, log } = createApp();
  await withstand(app, async (client) => {
    const malformed: [bytes: string, status: string][] = [
      ["nonsense\r\n\r\n", "400"],
      [`GET /canary HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n`, "400"],
      [`GET /canary HTTP/1.1\r\n${host}x: a\r\n folded: b\r\n\r\n`, "400"],
      [`GET /canary HTTP/1.1\r\n${host}x : a\r\n\r\n`, "400"],
      [`GET /${"x".repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, "431"],
      [`GET /canary HTTP/1.1\r\n${host}x: ${"x".repeat(20_000)}\r\n\r\n`, "431"],
      [`CONNECT a:1 HTTP/1.1\r\n${host}\r\n`, "501"],
    ];
    for (const [bytes, status] of malformed) {
      const answer = await client.fetchRaw(bytes);
      assert.equal(statusesIn(answer), [status], bytes.slice(0, 60));
      assert.match(answer, /Connection: close\r\n.*\r\n\r\n\{"detail":"[A-Za-z ]+"\}$/s);
    }
  });
  assert.equal(log.messages, []);
});

test("HT-01 a request behind an ambiguous length never runs", async () => {
  let ran = 0;
  const { app } = createApp();
  app.get("/x", () => (ran += 1));
  await withstand(app, async (client) => {
    const bytes = `POST / HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n${host}\r\n`;
    assert.equal(statusesIn(await client.fetchRaw(bytes)), ["400"]);
  });
  assert.is(ran, 0);
});

test("LM-03 what follows a body beyond its length is another request, and the first one's answer comes first", async () => {
  const { app } = createApp();
  app.post("/", { request: Request }, async ({ request }) => {
    const text = await request.text();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return text;
  });
  await withstand(app, async (client) => {
    const answer = await client.fetchRaw(`POST / HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nhello${"x".repeat(1000)}`);
    assert.equal(statusesIn(answer), ["200", "400"]);
    assert.match(answer, /"hello"/);
  });
});

test("HT-07 a body that turns out malformed is one 400, and the handler that waits for it is told", async () => {
  const { app, log } = createApp();
  let error: unknown;
  app.post("/", { request: Request }, async ({ request }) => {
    try {
      return await request.text();
    } catch (thrown) {
      error = thrown;
      throw thrown;
    }
  });
  await withstand(app, async (client) => {
    assert.equal(
      statusesIn(await client.fetchRaw(`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n`)),
      ["400"],
    );
  });
  assert.is((error as Error | undefined)?.name, "RequestAborted");
  assert.equal(log.messages, [], "it is the client's fault");
});

test.run();
