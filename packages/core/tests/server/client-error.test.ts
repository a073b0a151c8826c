import { connect } from "node:net";
import { Request } from "@madeleine/http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createApp, withstand } from "../harness.ts";
import { OwnTime } from "../../../../scripts/test/own-time.ts";

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
      [`GET /${"x".repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, "414"],
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

test("in an application that answers with problem details, so are these answers", async () => {
  const { app } = createApp({ errorFormat: "problem-details" });
  await withstand(app, async (client) => {
    const malformed: [bytes: string, status: number, title: string][] = [
      ["nonsense\r\n\r\n", 400, "Bad Request"],
      [`GET /canary HTTP/1.1\r\n${host}x: ${"x".repeat(20_000)}\r\n\r\n`, 431, "Request Header Fields Too Large"],
      [`CONNECT a:1 HTTP/1.1\r\n${host}\r\n`, 501, "Not Implemented"],
    ];
    for (const [bytes, status, title] of malformed) {
      const [head, body] = (await client.fetchRaw(bytes)).split("\r\n\r\n");
      assert.match(head!, new RegExp(`^HTTP/1\\.1 ${status} ${title}\r\n`));
      assert.match(head!, /\r\ncontent-type: application\/problem\+json\r\n/i);
      assert.equal(JSON.parse(body!), { type: "about:blank", title, status });
    }
  });
});

test("a target that is too long is 414, wherever node's parser stopped in it, and headers are 431", async () => {
  const { app } = createApp();
  await withstand(app, async () => {
    const long = "x".repeat(10_000);
    const cases: [status: string, ...parts: string[]][] = [
      ["414", `GET /${long}${long} HTTP/1.1\r\n${host}\r\n`],
      ["414", `GET /${long}${long}`],
      ["414", `GET /${long}`, `${long} HTTP/1.1\r\n${host}\r\n`],
      ["414", `\r\nPOST /?q=${long}${long} HTTP/1.0\r\n\r\n`],
      ["431", `GET /${long} HTTP/1.1\r\n${host}x: ${long}\r\n\r\n`],
      ["431", `GET / HTTP/1.1\r\n${host}x: ${long}`, `${long}\r\n\r\n`],
      ["431", `GET / HTTP/1.1\r\n${host}${long}${long}: x\r\n\r\n`],
      ["431", `GET / HTTP/1.1\r\n${host}x: y`, `${long}${long}\r\n\r\n`],
    ];
    for (const [status, ...parts] of cases)
      assert.equal(statusesIn(await speak(app.url!, parts)), [status], parts.map((part) => part.slice(0, 40)).join(" | "));
  });
});

test("a HEAD that is refused has no content, in front of the packet and behind others in it", async () => {
  const { app } = createApp();
  await withstand(app, async () => {
    const long = "x".repeat(20_000);
    const refused: [bytes: string, hasContent: boolean][] = [
      [`HEAD /${long} HTTP/1.1\r\n${host}\r\n`, false],
      [`HEAD / HTTP/1.1\r\n${host}x: ${long}\r\n\r\n`, false],
      [`HEAD / HTTP/1.1\r\n${host}x : y\r\n\r\n`, false],
      [`GET /canary HTTP/1.1\r\n${host}\r\nHEAD / HTTP/1.1\r\n${host}x : y\r\n\r\n`, false],
      [`HEAD /canary HTTP/1.1\r\n${host}\r\nGET / HTTP/1.1\r\n${host}x : y\r\n\r\n`, true],
      [`HEAD / nonsense\r\n\r\n`, false],
      [`GET / HTTP/1.1\r\n${host}x: HEAD / HTTP/1.1\r\ny : z\r\n\r\n`, true],
    ];
    for (const [bytes, hasContent] of refused) {
      const answer = await speak(app.url!, [bytes]);
      assert.is(answer.endsWith('"}'), hasContent, `${bytes.slice(0, 60)}: ${answer}`);
      assert.match(answer, /HTTP\/1\.1 4\d\d .*\r\nContent-Length: \d\d.*\r\n\r\n/s);
    }
  });
});

test("a refused client that keeps its half of the connection open does not keep ours", async () => {
  const { app } = createApp();
  await withstand(app, async () => {
    for (const bytes of ["nonsense\r\n\r\n", `CONNECT a:1 HTTP/1.1\r\n${host}\r\n`]) {
      const socket = connect({ port: Number(new URL(app.url!).port), allowHalfOpen: true });
      using time = new OwnTime();
      socket.on("data", () => {}).on("error", () => {});
      socket.write(bytes);
      const dripping = setInterval(() => socket.write("more"), 100);
      await new Promise((resolve) => socket.once("close", resolve));
      clearInterval(dripping);
      assert.ok(time.ms < 4000, `${bytes.slice(0, 10)} is open for ever`);
    }
  });
});

test("a client that is still sending when it is refused reads the answer", async () => {
  const { app } = createApp();
  await withstand(app, async () => {
    const parts = ["nonsense\r\n", "x".repeat(50_000), "x".repeat(50_000), "\r\n\r\n"];
    assert.equal(statusesIn(await speak(app.url!, parts, { readsLate: true })), ["400"]);
  });
});

test("HT-07 what is malformed in a body whose request has its answer gets no second one", async () => {
  const { app, log } = createApp();
  app.post("/unread", () => "unread");
  await withstand(app, async () => {
    const bodies: [head: string, rest: string][] = [
      ["Transfer-Encoding: chunked\r\n\r\n4\r\nab", "cd\r\nzz\r\n"],
      ["Content-Length: 10\r\n\r\nabc", ""], // and the end of the connection
    ];
    for (const [head, rest] of bodies)
      for (const path of ["/none", "/unread"]) {
        const answer = await speak(app.url!, [`POST ${path} HTTP/1.1\r\n${host}${head}`, rest], { ends: true });
        assert.is(statusesIn(answer).length, 1, `${path} ${head}: ${answer}`);
      }
    const later = `POST /none HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\na`;
    assert.equal(statusesIn(await speak(app.url!, [later, "bcnonsense\r\n\r\n"])), ["404", "400"], "another request's mistake");
  });
  assert.equal(log.messages, []);
});

test("what follows a request with Connection: close is not answered, soon or late", async () => {
  const { app } = createApp();
  app.get("/later", () => pause(30));
  await withstand(app, async () => {
    for (const path of ["/canary", "/later", "/none"]) {
      const first = `GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
      for (const rest of [`GET /canary HTTP/1.1\r\n${host}\r\n`, "nonsense\r\n\r\n"]) {
        const answer = await speak(app.url!, [first + rest]);
        assert.is(statusesIn(answer).length, 1, `${path} ${rest}: ${answer}`);
      }
    }
  });
});

test("what node would refuse without a word is refused in the application's format", async () => {
  const { app } = createApp({ errorFormat: "problem-details" });
  await withstand(app, async (client) => {
    const refused: [status: number, ...bytes: string[]][] = [
      [400, "GET /canary HTTP/1.1\r\n\r\n"],
      [417, `GET /canary HTTP/1.1\r\n${host}Expect: tea\r\n\r\n`],
      [417, `POST /canary HTTP/1.1\r\n${host}Expect:\r\nContent-Length: 4\r\n\r\nnull`],
      [505, `GET /canary HTTP/2.0\r\n${host}\r\n`],
      [505, `GET /canary HTTP/0.9\r\n\r\n`],
    ];
    for (const [status, bytes] of refused) {
      const [head, body] = (await client.fetchRaw(bytes!)).split("\r\n\r\n");
      assert.match(head!, new RegExp(`^HTTP/1\\.1 ${status} .*content-type: application/problem\\+json`, "s"), bytes);
      assert.is((JSON.parse(body!) as { status: number }).status, status);
    }
  });
});

/** Sends the parts one after the other, and gives what was answered when the connection is over. */
async function speak(url: string, parts: readonly string[], { readsLate = false, ends = false } = {}): Promise<string> {
  const socket = connect({ port: Number(new URL(url).port), allowHalfOpen: true }).setEncoding("latin1");
  let answer = "";
  const read = (): void => void socket.on("data", (text) => (answer += String(text)));
  if (!readsLate) read();
  socket.on("error", () => {});
  const ended = new Promise((resolve) => socket.once("end", resolve).once("close", resolve));
  for (const part of parts) {
    socket.write(part);
    await pause(30);
  }
  if (ends) socket.end();
  if (readsLate) read();
  await ended;
  socket.destroy();
  return answer;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

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
