import { reply } from "@madeleine/core";
import { HTMLResponse, JSONLines, PlainTextResponse, RedirectResponse, Response } from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, withstand } from "./harness.ts";

const bare = '{"detail":"Internal Server Error"}';

test("a plain value is JSON: strings are quoted, null and undefined are null", async () => {
  const { app } = createApp();
  const values: Record<string, unknown> = { text: "tea", number: 0, no: false, nothing: null, undefined, list: [1], empty: {} };
  for (const [name, value] of Object.entries(values)) app.get(`/${name}`, () => value as null);
  await using client = await TestClient.open(app);
  const texts: string[] = [];
  for (const name of Object.keys(values)) {
    const response = await client.get(`/${name}`);
    assert.equal([response.status, response.headers.get("content-type")], [200, "application/json"]);
    texts.push(response.text());
  }
  assert.equal(texts, ['"tea"', "0", "false", "null", "null", "[1]", "{}"]);
});

test("a value under the status of a redirect is an error unless the injected response says where to", async () => {
  const { app, log } = createApp();
  const schema = z.string();
  for (const status of [301, 302, 303, 307, 308] as const) app.get(`/${status}`, { status }, {}, () => "/elsewhere");
  app.get("/schema", { status: 302, response: schema }, {}, () => "/elsewhere");
  app.get("/reply", { responses: { 303: schema } }, {}, () => reply(303, "/elsewhere"));
  app.get("/stream", { status: 302, response: JSONLines(schema) }, {}, async function* () {
    yield "/elsewhere";
  });
  app.get("/injected", { response: Response }, ({ response }) => {
    response.status = 307;
    return null;
  });
  const paths = ["/301", "/302", "/303", "/307", "/308", "/schema", "/reply", "/stream", "/injected"];
  app.get("/set", { status: 302 }, { response: Response }, ({ response }) => {
    response.headers.set("location", "/elsewhere");
    return { moved: true };
  });
  app.get("/returned", { status: 302 }, {}, () => new RedirectResponse("/elsewhere", 302));
  app.get("/other", { status: 302, responses: { 200: schema, 302: schema } }, {}, () => reply(200, "here"));
  app.get("/300", { status: 300 }, {}, () => ["/a", "/b"]);
  await using client = await TestClient.open(app, { redirects: false });
  for (const path of paths) {
    const response = await client.get(path);
    assert.equal([response.status, response.text()], [500, bare], path);
  }
  assert.is(log.entries.length, paths.length);
  assert.is(
    String(log.entries[1]?.details["err"]),
    "TypeError: a value was returned under 302, and nothing says where to: no client would follow. mend: return new RedirectResponse(url, 302), or set the header location of the injected response",
  );
  assert.is(log.entries[1]?.message, "GET /302 failed");
  const statuses = await Promise.all(
    ["/set", "/returned", "/other", "/300"].map(async (path) => (await client.get(path)).status),
  );
  assert.equal(statuses, [302, 302, 200, 300]);
  assert.is(log.entries.length, paths.length);
});

test("a returned response is sent as it is", async () => {
  const { app } = createApp();
  app.get("/html", () => new HTMLResponse("<p>"));
  app.get("/text", async () => new PlainTextResponse("plain"));
  app.get("/bytes", () => new Response(new Uint8Array([0, 255]), { mediaType: "image/png" }));
  await using client = await TestClient.open(app);
  const html = await client.get("/html");
  assert.equal([html.text(), html.headers.get("content-type")], ["<p>", "text/html; charset=utf-8"]);
  assert.is((await client.get("/text")).text(), "plain");
  assert.equal([...(await client.get("/bytes")).bytes()], [0, 255]);
});

test("a web-standard response is translated, but for what belongs to its own connection", async () => {
  const { app } = createApp();
  app.get("/", () => {
    const headers = {
      "x-kind": "web",
      connection: "close",
      "transfer-encoding": "chunked",
      "content-type": "text/css",
    };
    return new globalThis.Response("p {}", { status: 203, headers });
  });
  app.get("/json", () => globalThis.Response.json({ a: 1 }));
  app.get("/empty", () => new globalThis.Response(null, { status: 204 }));
  app.get("/failed", () => globalThis.Response.error());
  await using client = await TestClient.open(app);
  const response = await client.get("/");
  assert.equal([response.status, response.text(), response.headers.get("x-kind")], [203, "p {}", "web"]);
  assert.is(response.headers.get("content-type"), "text/css");
  assert.equal((await client.get("/json")).json(), { a: 1 });
  assert.is((await client.get("/empty")).status, 204);
  assert.is((await client.get("/failed")).status, 500);
});

test("what another server answered may be passed on: it was decoded, and says so no more", async () => {
  const { app: origin } = createApp();
  const { gzipSync } = await import("node:zlib");
  origin.get("/", () => new Response(gzipSync("squeezed"), { mediaType: "text/plain", headers: { "content-encoding": "gzip" } }));
  await using _ = await TestClient.open(origin);
  const { app } = createApp();
  app.get("/", () => fetch(`${origin.url}/`));
  await using client = await TestClient.open(app);
  const response = await client.get("/");
  assert.equal([response.text(), response.headers.get("content-encoding")], ["squeezed", null]);
});

test("HT-09 a 204, 205 or 304 has no body, whatever the handler gave", async () => {
  const { app } = createApp();
  app.get("/204", { status: 204 }, {}, () => undefined);
  app.get("/205", { status: 205 }, {}, () => "lost" as never);
  app.get("/304", () => new Response("lost", { status: 304, headers: { etag: '"1"' } }));
  app.get("/injected", { response: Response }, ({ response }) => {
    response.status = 204;
    return "lost";
  });
  await withstand(app, async (client) => {
    for (const path of ["204", "205", "304", "injected"]) {
      const answer = await client.fetchRaw(
        `GET /${path} HTTP/1.1\r\nHost: a\r\n\r\nGET /canary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      assert.not.match(answer, /lost/);
      assert.match(answer, /\r\n\r\nHTTP\/1.1 200 OK/, "the next answer follows at once");
      if (path !== "205") assert.not.match(answer.split("\r\n\r\n")[0] ?? "", /content-length/i);
    }
  });
});

test("HEAD answers as GET does, with the real content-length and no body", async () => {
  const { app } = createApp();
  app.get("/", () => ({ drink: "thé" }));
  app.head("/own", () => new Response(null, { headers: { "x-own": "1" } }));
  app.get("/own", () => "x");
  await using client = await TestClient.open(app);
  const [got, head] = [await client.get("/"), await client.head("/")];
  assert.equal([head.status, head.text(), head.headers.get("content-length")], [200, "", String(got.bytes().length)]);
  assert.is((await client.head("/own")).headers.get("x-own"), "1");
});

test("a response schema filters what leaves the server, and a value that does not fit is a bare 500 with its path in the log", async () => {
  const Item = z.object({ id: z.number(), tags: z.array(z.string()) });
  const { app, log } = createApp();
  app.get("/good", { response: Item }, {}, () => ({ id: 1, tags: [], secret: "hunter2" }));
  app.get("/bad", { response: Item }, {}, () => ({ id: 1, tags: ["a", 2] }) as never);
  app.get("/async", { response: Item.refine(async () => true) }, {}, () => ({ id: 1, tags: [], secret: "hunter2" }));
  await using client = await TestClient.open(app);
  assert.is((await client.get("/good")).text(), '{"id":1,"tags":[]}');
  assert.is((await client.get("/async")).text(), '{"id":1,"tags":[]}');
  const bad = await client.get("/bad");
  assert.equal([bad.status, bad.text()], [500, bare]);
  assert.match(String(log.entries[0]?.details["err"]), /\$\.tags\[1\]/);
});

const circle: Record<string, unknown> = { a: [] };
(circle["a"] as unknown[]).push(circle);

const unserialisable: [name: string, value: unknown, path: RegExp][] = [
  ["a bigint", { items: [{ id: 1n }] }, /\$\.items\[0\]\.id/],
  ["a circle", circle, /\$\.a\[0\]/],
  ["a Map", { users: new Map([["a", 1]]) }, /\$\.users/],
  ["a forgotten await", { user: Promise.resolve(1) }, /\$\.user/],
  [
    "a toJSON that throws",
    {
      at: {
        toJSON: () => {
          throw new Error("no");
        },
      },
    },
    /\$\.at/,
  ],
  ["an invalid Date", { at: new Date(Number.NaN) }, /\$\.at/],
  ["100,000 levels", Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 1), /too deeply/],
];

for (const [name, value, path] of unserialisable) {
  test(`ST-09 ${name} in a returned value is a bare 500, and the log names the route and the place`, async () => {
    const { app, log } = createApp();
    app.get("/", () => value as null);
    await withstand(app, async (client) => assert.is((await client.get("/")).text(), bare));
    assert.equal(log.messages, ["GET / failed"]);
    assert.match(String(log.entries[0]?.details["err"]), path);
  });
}

test("returned bytes are an error that names the response to write", async () => {
  const { app, log } = createApp();
  app.get("/", () => Buffer.from("bytes"));
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).status, 500);
  assert.match(String(log.entries[0]?.details["err"]), /new Response\(bytes/);
});

test.run();
