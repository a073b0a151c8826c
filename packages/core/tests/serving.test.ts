import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { dependency } from "@madeleine/di";
import { HTTPException, Request, Response } from "@madeleine/http";
import { Cookie, Path, Query } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, withstand } from "./harness.ts";

test("PX-01 a Host that is none is 400, and the connection ends", async () => {
  const { app } = createApp();
  await withstand(app, async (client) => {
    for (const host of ["a@evil.com", "a/x?y", "a b", "[::1", "a:99999", "", "a,b", "\xfc.com"]) {
      const answer = await client.fetchRaw(`GET /canary HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      assert.match(answer, /^HTTP\/1.1 400 /, host);
      assert.match(answer, /connection: close/i, host);
    }
  });
});

test("a connection that ends is not kept by what the answer says of it", async () => {
  const { app } = createApp();
  app.get("/kept", () => new Response("a", { headers: { connection: "keep-alive" } }));
  app.get("/old", () => new Response("b", { status: 426, headers: { connection: "Upgrade, keep-alive", upgrade: "websocket" } }));
  app.on(HTTPException, ({ status }) => new Response("c", { status, headers: { connection: "keep-alive" } }));
  await withstand(app, async () => {
    const endOf = async (head: string) => /^connection: (.*)\r\n/im.exec(await readToEnd(app.url!, head))?.[1];
    assert.is(await endOf("GET /kept HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), "close");
    assert.is(await endOf("GET /old HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), "Upgrade, close");
    assert.is(await endOf("GET /kept HTTP/1.0\r\n\r\n"), "close");
    assert.is(await endOf("GET /kept HTTP/1.1\r\n\r\n"), "close"); // 400, no Host: what follows is not read
  });
});

/** What a server sends until it closes the connection. */
async function readToEnd(url: string, head: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.setTimeout(3000, () => socket.destroy(new Error("the connection stays open")));
  socket.write(head);
  return (await socket.setEncoding("latin1").toArray()).join("");
}

test("HD-12 two Host, Authorization, Content-Type or Origin headers are 400", async () => {
  const { app } = createApp();
  await withstand(app, async (client) => {
    for (const name of ["Host", "Authorization", "Content-Type", "Origin", "Content-Length"]) {
      const lines = name === "Host" ? "Host: a\r\nHost: a" : `Host: a\r\n${name}: 1\r\n${name}: 1`;
      assert.match(await client.fetchRaw(`GET /canary HTTP/1.1\r\n${lines}\r\n\r\n`), /^HTTP\/1.1 400 /, name);
    }
  });
});

test("HD-13 more headers than are read are 431, so that none is hidden behind them", async () => {
  const { app } = createApp();
  await withstand(app, async (client) => {
    const filler = Array.from({ length: 1000 }, (_, index) => `a${index}:`).join("\r\n");
    const answer = await client.fetchRaw(`GET /canary HTTP/1.1\r\nHost: a\r\n${filler}\r\nAuthorization: Bearer x\r\n\r\n`);
    assert.match(answer, /^HTTP\/1.1 431 /);
  });
});

test("PA-17 an absolute target is routed by its path, and must name the same server as Host", async () => {
  const { app } = createApp();
  app.get("/host", { request: Request }, ({ request }) => request.host);
  await withstand(app, async (client) => {
    const agreed = await client.fetchRaw("GET http://a/host HTTP/1.1\r\nHost: a\r\n\r\n");
    assert.match(agreed, /^HTTP\/1.1 200 .*"a"/s);
    assert.match(await client.fetchRaw("GET http://evil/host HTTP/1.1\r\nHost: a\r\n\r\n"), /^HTTP\/1.1 400 /);
    assert.match(await client.fetchRaw("GET * HTTP/1.1\r\nHost: a\r\n\r\n"), /^HTTP\/1.1 400 /);
    assert.match(await client.fetchRaw("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), /^HTTP\/1.1 404 /);
  });
});

test("PX-05 what a stranger writes into X-Forwarded headers counts for nothing", async () => {
  const { app } = createApp();
  app.get("/", { request: Request }, ({ request }) => [request.ip, request.protocol, request.host]);
  await using client = await TestClient.open(app, { baseUrl: "http://shop.test" });
  const headers = { "x-forwarded-for": "6.6.6.6", "x-forwarded-proto": "https", "x-forwarded-host": "evil" };
  assert.equal((await client.get("/", { headers })).json(), ["127.0.0.1", "http", "shop.test"]);
});

test("PA-13 200 pipelined requests are answered in order, each with its own parameters", async () => {
  const { app } = createApp();
  app.get("/u/:id", { id: Path() }, async ({ id }) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
    return id;
  });
  await withstand(app, async (client) => {
    const requests = Array.from({ length: 200 }, (_, index) => `GET /u/${index} HTTP/1.1\r\nHost: a\r\n\r\n`).join("");
    const answers = await client.fetchRaw(requests, { idleMs: 500 });
    assert.equal(
      answers.match(/"\d+"/g)?.map((text) => Number(text.slice(1, -1))),
      Array.from({ length: 200 }, (_, index) => index),
    );
  });
});

test("pipelined requests are answered in order, those of a handler that waits and of one that does not, with and without a body", async () => {
  const { app } = createApp();
  app.get("/slow", async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return "slow";
  });
  app.get("/quick", () => "quick");
  app.post("/unread", () => "unread");
  await withstand(app, async (client) => {
    const unread = "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nGET";
    const chunked = "POST /unread HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nGET\r\n0\r\n\r\n";
    const [slow, quick] = ["slow", "quick"].map((name) => `GET /${name} HTTP/1.1\r\nHost: a\r\n\r\n`);
    const answer = await client.fetchRaw([quick, slow, quick, unread, quick, chunked, slow, quick].join(""), { idleMs: 300 });
    const told = answer.match(/"(?:slow|quick|unread)"/g)?.map((text) => text.slice(1, -1));
    assert.equal(told, ["quick", "slow", "quick", "unread", "quick", "unread", "slow", "quick"]);
  });
});

test("CK-16 QS-02 cookies and queries with 8,000 pairs, bad escapes and __proto__ are never a 500", async () => {
  const { app, log } = createApp();
  app.get("/", { a: Cookie("a"), q: Query("q"), ids: Query("ids", z.array(z.string()).optional()) }, ({ a, q }) => ({
    a: a ?? null,
    q: q ?? null,
  }));
  await withstand(app, async (client) => {
    const nasty = 'a="q"; b=%zz; c=%E0%A4%A; __proto__=1; constructor=2; ; =f; e; a=second';
    assert.equal((await client.get("/?q=1&q=2&__proto__=1&q[x]=3", { headers: { cookie: nasty } })).json(), { a: "q", q: "2" });
    const many = Array.from({ length: 3000 }, (_, index) => `c${index}=`).join(";");
    assert.is((await client.get("/", { headers: { cookie: many.slice(0, 15_000) } })).status, 200);
    assert.is((await client.get(`/?${"ids=1&".repeat(2000)}`)).status, 400, "QS-05");
  });
  assert.equal(log.messages, []);
});

const expecting = (path: string, length: number | string) =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n${typeof length === "number" ? `Content-Length: ${length}` : "Transfer-Encoding: chunked"}\r\n`;

test("LM-11 Expect: 100-continue is answered by 100 only when the body is first read", async () => {
  const guard = dependency({}, () => {
    throw new HTTPException(401);
  });
  const { app } = createApp({ maxBodyBytes: 100 });
  app.post("/read", { request: Request }, ({ request }) => request.text());
  app.post("/ignored", () => "ignored");
  app.post("/guarded", { dependencies: [guard] }, { request: Request }, ({ request }) => request.text());
  await withstand(app, async (client) => {
    const refusals: [string, number | string, RegExp][] = [
      ["/read", 10_000_000_000, /^HTTP\/1.1 413 /],
      ["/nowhere", 10_000_000_000, /^HTTP\/1.1 404 /],
      ["/nowhere", "chunked", /^HTTP\/1.1 404 /],
      ["/guarded", 5, /^HTTP\/1.1 401 /],
      ["/guarded", "chunked", /^HTTP\/1.1 401 /],
      ["/ignored", 5, /^HTTP\/1.1 200 /],
    ];
    for (const [path, length, answer] of refusals) {
      const text = await client.fetchRaw(`${expecting(path, length)}\r\n`);
      assert.match(text, answer, path);
      assert.match(text, /connection: close/i, "what follows could be the body or the next request");
    }
    const read = await client.fetchRaw(`${expecting("/read", 5)}\r\nhello`);
    assert.match(read, /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK.*"hello"$/s);
    assert.not.match(read, /connection: close/i);
    assert.match(
      await client.fetchRaw(`${expecting("/read", 5)}Connection: close\r\n\r\nhello`),
      /100 Continue.*connection: close/is,
    );
  });
});

test("an error answers at once, and what is left of the body is thrown away within the limit", async () => {
  const { app } = createApp({ maxBodyBytes: 100 });
  await withstand(app, async (client) => {
    const next = "GET /canary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    const slow = await client.fetchRaw("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhalf of it");
    assert.match(slow, /^HTTP\/1.1 404 /, "without waiting for the rest");
    const whole = await client.fetchRaw(
      `POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n${next}`,
    );
    assert.match(whole, /^HTTP\/1.1 404 .*HTTP\/1.1 200 .*"alive"$/s);
  });
});

test("the callback serves a server that somebody else made, a client that has gone included", async () => {
  const { app, log } = createApp();
  app.get("/slow", async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    throw new Error("too late to tell");
  });
  await app.boot();
  const server = createServer(app.callback);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  assert.is(await (await fetch(`${url}/canary`)).json(), "alive");
  const isBegun = new Promise<void>((resolve) => server.once("request", () => resolve()));
  const leaving = new AbortController();
  const left = fetch(`${url}/slow`, { signal: leaving.signal }).catch(() => {});
  await isBegun;
  leaving.abort();
  await left;
  for (let wait = 0; wait < 200 && log.messages.length === 0; wait++) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(log.messages, ["GET /slow failed"]);
  server.closeAllConnections();
  server.close();
  await app.close();
});

test.run();
