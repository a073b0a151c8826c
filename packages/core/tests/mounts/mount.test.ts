import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { dependency, Injectable } from "@madeleine/di";
import { defineCookie, HTTPException, JSONResponse, Request, Response } from "@madeleine/http";
import { App, BootError, Cookie, Path, Router, type Middleware } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, Log, until, withstand } from "../harness.ts";

const json = (value: unknown) => globalThis.Response.json(value);

const guard = dependency({}, () => {
  throw new HTTPException(401);
});

const marked: Middleware = async (_, next) => {
  const response = await next();
  response.headers.set("x-host", "1");
  return response.setCookie("host", "1");
};

/** An application that tells what it sees. */
function createInner() {
  const log = new Log();
  const inner = new App({ title: "inner", logger: log });
  const tell = (request: Request) => ({ rootPath: request.rootPath, path: request.path, url: new URL(request.url).pathname });
  inner.get("/sub", { request: Request }, ({ request }) => tell(request));
  inner.get("/", { request: Request }, ({ request }) => tell(request));
  inner.get("/u/:id", { id: Path() }, ({ id }) => id);
  inner.get("/slash/", () => "slash");
  inner.get("/boom", () => {
    throw new RangeError("boom");
  });
  inner.post("/echo", { request: Request }, ({ request }) => request.json() as Promise<null>);
  return { inner, log };
}

test("mount-sub: an application under a path sees the rest of it, and the whole in request.url", async () => {
  const { app } = createApp();
  app.mount("/subapi", createInner().inner);
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/subapi/sub")).json(), { rootPath: "/subapi", path: "/sub", url: "/subapi/sub" });
  assert.equal((await client.get("/subapi/")).json(), { rootPath: "/subapi", path: "/", url: "/subapi/" });
  assert.is((await client.get("/subapi/u/a%2Fb%20c")).json(), "a/b c");
  assert.equal((await client.post("/subapi/echo", { json: { a: 1 } })).json(), { a: 1 });
});

test("mount-sub-404 mount-sub-error: it answers its misses and its errors itself", async () => {
  const { app } = createApp();
  const { inner, log } = createInner();
  inner.on(RangeError, () => new JSONResponse({ detail: "c" }, { status: 409 }));
  app.on(RangeError, () => new JSONResponse({ detail: "host" }, { status: 418 }));
  app.on(404, () => new JSONResponse({ detail: "host" }, { status: 404 }));
  app.mount("/subapi", inner);
  await using client = await TestClient.open(app);
  const none = await client.get("/subapi/none");
  assert.equal([none.status, none.json()], [404, { detail: "Not Found" }]);
  const boom = await client.get("/subapi/boom");
  assert.equal([boom.status, boom.json()], [409, { detail: "c" }]);
  assert.is((await client.put("/subapi/sub")).headers.get("allow"), "GET, HEAD");
  assert.equal(log.messages, []);
});

test("mount-no-slash: without its slash a mount is a relative redirect, and so are those of the application in it", async () => {
  const { app } = createApp();
  app.mount("/subapi", createInner().inner);
  await using client = await TestClient.open(app, { redirects: false });
  const there = async (path: string) => {
    const { status, headers } = await client.get(path);
    return [status, headers.get("location")];
  };
  assert.equal(await there("/subapi?a=1"), [307, "/subapi/?a=1"]);
  assert.equal(await there("/subapi/slash"), [307, "/subapi/slash/"]);
  assert.equal(await there("/subapi/sub/"), [307, "/subapi/sub"]);
});

test("where the host ignores slashes, a mount answers without its own", async () => {
  const { app } = createApp({ trailingSlash: "ignore" });
  app.mount("/subapi", createInner().inner);
  await using client = await TestClient.open(app, { redirects: false });
  assert.equal((await client.get("/subapi")).json(), { rootPath: "/subapi", path: "/", url: "/subapi/" });
});

test("a route of the host below a mount's path comes before it, and the mount before other parameters and catch-alls", async () => {
  const { app } = createApp();
  app.get("/admin/health", () => "health");
  app.get("/admin/:page/edit", { page: Path() }, ({ page }) => `edit ${page}`);
  app.get("/:any/sub", { any: Path() }, () => "parameter");
  app.get("/*path", { path: Path() }, () => "catch-all");
  app.mount("/admin", { fetch: () => json("mounted") });
  await using client = await TestClient.open(app);
  const paths = ["/admin/health", "/admin/7/edit", "/admin/sub", "/admin/7", "/admin/7/x", "/x/sub", "/x"];
  const answers = await Promise.all(paths.map((path) => client.get(path)));
  assert.equal(
    answers.map((answer) => answer.json()),
    ["health", "edit 7", "mounted", "mounted", "mounted", "parameter", "catch-all"],
  );
  assert.is((await client.post("/admin/health")).json(), "mounted");
});

test("RFC 9110 §9.3.2: HEAD of a route of the host below a mount's path is that route's, and else the mount's", async () => {
  const { app } = createApp();
  const { inner } = createInner();
  const group = new Router("", { host: "api.example.com" });
  for (const host of [app, group]) {
    host.get("/subapi/only", { response: Response }, ({ response }) => {
      response.headers.set("x-from", "host");
      return null;
    });
    host.head("/subapi/own", { response: Response }, ({ response }) => void response.headers.set("x-from", "own"));
    host.mount("/subapi", inner);
  }
  app.include(group);
  await using client = await TestClient.open(app);
  for (const headers of [{}, { host: "api.example.com" }]) {
    const head = async (path: string) => {
      const response = await client.head(path, { headers });
      return [response.status, response.headers.get("x-from")];
    };
    assert.equal(await head("/subapi/only"), [200, "host"]);
    assert.equal(await head("/subapi/own"), [200, "own"]);
    assert.equal(await head("/subapi/sub"), [200, null]);
    assert.equal(await head("/subapi/none"), [404, null]);
  }
});

test("a route of what is mounted that the host always answers first is told at boot, with both places", async () => {
  const inner = new App();
  inner.get("/users", () => "inner");
  inner.post("/users", () => "inner");
  inner.get("/page/:name", { name: Path() }, ({ name }) => name);
  inner.get("/free/:name", { name: Path() }, ({ name }) => name);
  inner.get("/number/:id(\\d+)", { id: Path() }, ({ id }) => id);
  inner.get("/part/:name?", { name: Path(z.string().optional()) }, () => "inner");
  inner.get("/files/*path", { path: Path() }, ({ path }) => path);
  const { app, log } = createApp();
  app.get("/admin/users", () => "host");
  app.get("/admin/page/:id", { id: Path(z.int()) }, () => "host");
  app.get("/admin/number/:n(\\d+)", { n: Path() }, () => "host");
  app.get("/admin/files/:name", { name: Path() }, () => "host");
  app.get("/admin/free/:id(\\d+)", { id: Path() }, () => "host");
  app.get("/admin/part", () => "host");
  app.get("/:any/free/b", { any: Path() }, () => "host");
  app.mount("/admin", inner);
  await using client = await TestClient.open(app);
  const told = log.entries.map(({ details }) => details as { code: string; where: string; mend: string });
  assert.equal(
    log.messages.map((message) => message.split(" of what is mounted")[0]),
    ["GET /users", "GET /page/:name", "GET /number/:id(\\d+)"],
  );
  const why = "answers its requests, since what names more of a path comes before a mount";
  assert.is(log.messages[0], `GET /users of what is mounted at "/admin" is never reached: GET /admin/users ${why}`);
  assert.equal(
    told.map(({ code }) => code),
    ["HIDDEN_ROUTE", "HIDDEN_ROUTE", "HIDDEN_ROUTE"],
  );
  assert.is(told[0]?.where.split(", ").filter((where) => /mount\.test\.ts:\d+:\d+$/.test(where)).length, 2);
  assert.is((await client.get("/admin/page/x")).status, 422); // as it was told
  assert.is((await client.get("/admin/free/b")).json(), "b");
});

test("what hides a route may be another mount, and be around several; one of another host hides nothing", async () => {
  const [deep, middle, other] = [new App(), new App(), new App()];
  deep.get("/:id", { id: Path() }, ({ id }) => id);
  deep.get("/", () => "deep");
  other.get("/x", () => "other");
  middle.mount("/:id/deep", deep);
  middle.get("/sub/x", () => "middle");
  const { app, log } = createApp();
  const api = new Router("/a", { host: "api.example.com" });
  api.get("/sub/x", () => "api");
  app.include(api);
  app.get("/a/:id/deep/:x", { id: Path(), x: Path() }, () => "host");
  app.mount("/a", middle);
  app.mount("/a/sub", other);
  await app.boot();
  await app.close();
  const why = "answers its requests, since what names more of a path comes before a mount";
  assert.equal(log.messages, [
    `GET /sub/x of what is mounted at "/a" is never reached: mount "/a/sub" ${why}`,
    `GET /:id of what is mounted at "/a" is never reached: GET /a/:id/deep/:x ${why}`,
  ]);
});

test("an application is booted, and closed, with its host; its guards and values are its own", async () => {
  const events: string[] = [];
  @Injectable({ scope: "app" })
  class Pool {
    constructor() {
      events.push("made");
    }
    [Symbol.dispose]() {
      events.push("disposed");
    }
  }
  const { inner } = createInner();
  inner.get("/pool", { pool: Pool }, ({ pool }) => pool instanceof Pool);
  const { app } = createApp();
  app.mount("/a", inner);
  const client = await TestClient.open(app);
  assert.equal(events, ["made"]);
  assert.is((await client.get("/a/pool")).json(), true);
  await client.close();
  assert.equal(events, ["made", "disposed"]);
});

test("the mistakes of the host and of what is mounted are one report", async () => {
  const { inner } = createInner();
  inner.get("/x/:id", () => null);
  const { app } = createApp();
  app.get("/y/:name", () => null);
  app.mount("/a", inner);
  const error = await app.boot().catch((thrown: unknown) => thrown as BootError);
  assert.instance(error, BootError);
  assert.equal(
    (error as BootError).problems.map(({ what }) => what.split(" ")[2]),
    ["/y/:name", "/x/:id"],
  );
});

test("an application that is mounted in itself, directly or through another one, is a boot error", async () => {
  const [a, b, alone, host] = ["a", "b", "alone", "host"].map((title) => new App({ title })) as [App, App, App, App];
  const router = new Router("/r");
  router.mount("/b", b);
  a.include(router);
  b.mount("/a", a);
  alone.mount("/again", alone);
  host.mount("/alone", alone);
  for (const app of [a, alone, host]) {
    const error = await app.boot().catch((thrown: unknown) => thrown as BootError);
    assert.instance(error, BootError);
    assert.equal(
      (error as BootError).problems.map(({ code }) => code),
      ["APP_IN_ITSELF"],
    );
  }
});

test("guards and middleware of the host are around a mount, and their cookies are on its answers", async () => {
  const { app } = createApp({ middleware: [marked] });
  const tell = dependency({ response: Response }, ({ response }) => void response.setCookie("guard", "1"));
  const group = new Router("/g", { dependencies: [tell] });
  group.mount("/app", createInner().inner);
  group.mount("/fetch", { fetch: () => json("fetch") });
  group.mount("/node", {
    node: (_: IncomingMessage, response: ServerResponse) =>
      response.setHeader("set-cookie", ["own=1", ...([response.getHeader("set-cookie")].flat() as string[])]).end('"node"'),
  });
  app.include(group);
  await using client = await TestClient.open(app);
  for (const path of ["/g/app/sub", "/g/fetch/x", "/g/node/x"]) {
    const response = await client.get(path);
    assert.is(response.headers.get("x-host"), "1", path);
    const names = response.headers.getSetCookie().map((line) => line.split("=")[0]);
    assert.equal(
      names.filter((name) => name !== "own"),
      ["guard", "host"],
      path,
    );
  }
});

test("PA-02 PA-03 PA-05 PA-07 no spelling of a path reaches a mount without the guards of its host", async () => {
  const { app } = createApp();
  const group = new Router("/admin", { dependencies: [guard] });
  group.mount("/", { fetch: () => json("secret") });
  group.mount("/app", createInner().inner);
  group.mount("/node", { node: (_, response: ServerResponse) => response.end("secret") });
  app.include(group);
  await withstand(app, async (client) => {
    const targets = [
      "/admin/x",
      "/%61dmin/x",
      "//admin/x",
      "/admin//x",
      "/./admin/x",
      "/x/../admin/x",
      "/admin/.",
      "/admin%2Fx",
      "/admin%5Cx",
      "/ADMIN/x",
      "http://a/admin/x",
      "/admin/app/sub",
      "/admin/%61pp/sub",
      "/admin/node/x",
      "/admin/node/../../x",
    ];
    for (const target of targets) {
      const answer = await client.fetchRaw(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);
      assert.match(answer, /^HTTP\/1.1 (?:401|404) /, target);
      assert.not.match(answer, /secret/, target);
    }
  });
});

test("PA-05 the path of a mount is cut where the tree cuts it, and nothing of it is decoded twice", async () => {
  const seen: string[] = [];
  const { app } = createApp();
  app.mount("/files/v1", {
    node: ({ url }: IncomingMessage, response: ServerResponse) => response.end(void seen.push(url ?? "")),
  });
  await withstand(app, async (client) => {
    for (const path of ["/%66iles/v1/a%2Fb?q=%2F", "/files/v%31/%252e%252e/x", "/files/v1/", "/files/v1/a//b"])
      assert.is((await client.get(path)).status, 200, path);
    assert.equal(seen, ["/a%2Fb?q=%2F", "/%252e%252e/x", "/", "/a//b"]);
  });
});

test("PA-03 a path that a URL would resolve is no path of a fetch handler", async () => {
  const seen: string[] = [];
  const { app } = createApp();
  app.mount("/files", { fetch: ({ url }) => (seen.push(new URL(url).pathname), json("ok")) });
  await withstand(app, async (client) => {
    for (const path of ["/files/x/../secret", "/files/x/%2e%2E/secret", "/files/.", "/files/x/.%2e", "/files/a\\b"]) {
      const answer = await client.fetchRaw(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
      assert.match(answer, /^HTTP\/1.1 404 /, path);
    }
    assert.is((await client.get("/files/a..b/...")).status, 200);
    assert.is((await client.get("/files//evil.com/")).status, 200);
    assert.equal(seen, ["/a..b/...", "//evil.com/"]);
  });
});

test("a fetch handler gets method, headers, query and body, and its answer is streamed with each cookie", async () => {
  const { app } = createApp();
  app.mount("/f", {
    async fetch(request) {
      const { method, url, headers } = request;
      const text = method === "GET" ? "" : await request.text();
      const answer = json([method, new URL(url).pathname + new URL(url).search, headers.get("x-a"), text]);
      answer.headers.append("set-cookie", "a=1");
      answer.headers.append("set-cookie", "b=2");
      return answer;
    },
  });
  await using client = await TestClient.open(app);
  const posted = await client.post("/f/x?q=1", { body: "hello", headers: { "x-a": "1", "content-type": "text/plain" } });
  assert.equal(posted.json(), ["POST", "/x?q=1", "1", "hello"]);
  assert.equal(posted.headers.getSetCookie(), ["a=1", "b=2"]);
  assert.equal((await client.get("/f/")).json(), ["GET", "/", null, ""]);
});

test("TRACE reaches no handler of a stranger, and its 405 names what does", async () => {
  const { app } = createApp();
  app.mount("/f", { fetch: () => json("traced") });
  app.mount("/n", { node: (_, response) => response.end("traced") });
  await withstand(app, async (client) => {
    for (const path of ["/f/", "/n/x"]) {
      const answer = await client.request("TRACE", path);
      assert.equal([answer.status, answer.json()], [405, { detail: "Method Not Allowed" }]);
      assert.match(answer.headers.get("allow") ?? "", /\bGET\b.*\bPOST\b/);
    }
  });
});

test("a fetch handler that throws, or returns something else, is answered as a bug of the host", async () => {
  const { app, log } = createApp();
  app.mount("/throws", { fetch: () => Promise.reject(new Error("secret")) });
  app.mount("/wrong", { fetch: () => "text" as unknown as globalThis.Response });
  await using client = await TestClient.open(app);
  for (const path of ["/throws/", "/wrong/"])
    assert.equal([(await client.get(path)).status, (await client.get(path)).json()], [500, { detail: "Internal Server Error" }]);
  assert.match(log.messages.at(-1) ?? "", /^mount "\/wrong" failed/);
});

test("a body over the limit of the host is a 413 for a fetch handler, too, whether its length was announced or not", async () => {
  const { app } = createApp({ maxBodyBytes: 100 });
  app.mount("/f", { fetch: async (request) => new globalThis.Response(await request.text()) });
  await withstand(app, async (client) => {
    const announced = await client.post("/f/x", { body: "x".repeat(500) });
    const chunked = await client.fetchRaw(
      `POST /f/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n${"x".repeat(500)}\r\n0\r\n\r\n`,
    );
    assert.equal([announced.status, chunked.slice(9, 12)], [413, "413"]);
  });
});

test("a node listener reads the body itself, and sees what Connect and Express look for", async () => {
  const { app } = createApp({ maxBodyBytes: 10 });
  app.mount("/old", {
    node(raw: IncomingMessage & { originalUrl?: string; baseUrl?: string }, response: ServerResponse) {
      const chunks: Buffer[] = [];
      raw.on("data", (chunk: Buffer) => chunks.push(chunk));
      raw.on("end", () => {
        response.statusCode = 201;
        response.end(JSON.stringify([raw.url, raw.originalUrl, raw.baseUrl, Buffer.concat(chunks).length]));
      });
    },
  });
  await withstand(app, async (client) => {
    const answer = await client.post("/old/x?q=1", { body: "x".repeat(100_000) });
    assert.equal([answer.status, answer.json()], [201, ["/x?q=1", "/old/x?q=1", "/old", 100_000]]);
    assert.equal((await client.request("PROPFIND", "/old/")).json(), ["/", "/old/", "/old", 0]);
  });
});

for (const [read, when] of [
  ["before", "a middleware"],
  ["after", "one that reads late"],
] as const) {
  test(`a node listener reads the body once more behind ${when}, whole and inflated`, async () => {
    const reading: Middleware = async (request, next) => {
      if (read === "before") await request.text();
      const response = await next();
      if (read === "after") void request.json();
      Object.assign(request.raw, { user: "ada" });
      return response;
    };
    const { app, log } = createApp({ middleware: [reading], maxBodyBytes: 1000 });
    app.mount("/old", {
      async node(raw: IncomingMessage & { user?: string }, response: ServerResponse) {
        const body = Buffer.concat((await raw.toArray()) as Buffer[]);
        const { method, url, headers, user } = raw;
        response.end(JSON.stringify([method, url, user, headers["x-a"], headers["content-length"], body.toString()]));
      },
    });
    await withstand(app, async (client) => {
      const headers = { "content-type": "application/json", "x-a": "1" };
      const post = async (body: string | Buffer, more: Record<string, string> = {}) =>
        (await client.post("/old/x?q=1", { body, headers: { ...headers, ...more } })).json();
      const told = ["POST", "/x?q=1", "ada", "1", "11", '{"id":"tea"}'.slice(0, 11)];
      assert.equal(await post('{"id":"té"}'), [...told.slice(0, 4), "12", '{"id":"té"}']);
      assert.equal(await post(gzipSync('{"id":"té"}'), { "content-encoding": "gzip" }), [
        ...told.slice(0, 4),
        "12",
        '{"id":"té"}',
      ]);
      const chunked = await client.fetchRaw(
        "POST /old/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n12\r\n0\r\n\r\nGET /old/ HTTP/1.1\r\nHost: a\r\n\r\n",
      );
      assert.match(chunked, /\["POST","\/x","ada",null,null,"12"\].*\["GET","\/","ada",null,null,""\]/s);
      assert.is((await client.post("/old/x", { body: "x".repeat(2000), headers })).status, 413);
    });
    assert.equal(log.messages, []);
  });
}

test("a body that a stream has gone through is a bug in front of a node listener, and says how to mend it", async () => {
  const readers: Record<string, (request: Request) => unknown> = {
    stream: (request) => request.stream().toArray(),
    raw: (request) => request.raw.toArray(),
  };
  const { app, log } = createApp({
    middleware: [
      async (request, next) => {
        await readers[request.search]!(request);
        return next();
      },
    ],
  });
  app.mount("/old", { node: (raw, response) => raw.on("end", () => response.end()).resume() });
  await using client = await TestClient.open(app, { timeoutMs: 2000 });
  for (const name of ["stream", "raw"]) assert.is((await client.post(`/old/?${name}`, { body: "hello" })).status, 500);
  assert.equal(log.messages, ['mount "/old" failed', 'mount "/old" failed']);
  const reasons = log.entries.map(({ details }) => (details.err as Error).message);
  assert.match(reasons[0]!, /already taken: request.stream\(\).* mend: await request.bytes\(\) before/);
  assert.match(reasons[1]!, /^Something else has read this body/);
});

test("a node listener that throws before it answers is answered as a bug, and one that threw later is cut off", async () => {
  const { app, log } = createApp();
  app.mount("/sync", {
    node: () => {
      throw new Error("a");
    },
  });
  app.mount("/async", { node: async () => Promise.reject(new Error("b")) });
  app.mount("/late", {
    async node(_, response: ServerResponse) {
      response.writeHead(200).write("x");
      throw new Error("c");
    },
  });
  await withstand(app, async (client) => {
    assert.equal([(await client.get("/sync/")).status, (await client.get("/async/")).status], [500, 500]);
    assert.ok(
      await client.get("/late/").then(
        () => false,
        () => true,
      ),
    );
    assert.is(log.messages.length, 3);
  });
});

test("a mounted application has its own limit for bodies, or that of its host", async () => {
  const echo = (app: App) => (app.post("/", { request: Request }, async ({ request }) => (await request.text()).length), app);
  const { app } = createApp({ maxBodyBytes: 100 });
  app.mount("/own", echo(new App({ maxBodyBytes: 1000 }))).mount("/host", echo(new App()));
  await using client = await TestClient.open(app);
  assert.equal(
    [
      (await client.post("/own/", { body: "x".repeat(500) })).json(),
      (await client.post("/host/", { body: "x".repeat(500) })).status,
    ],
    [500, 413],
  );
});

test("applications may be mounted in mounted applications, and under parameters", async () => {
  const { inner } = createInner();
  const middle = new App();
  middle.mount("/in", inner);
  const { app } = createApp();
  app.mount("/t/:tenant", middle);
  await using client = await TestClient.open(app, { redirects: false });
  assert.equal((await client.get("/t/a%20b/in/sub")).json(), { rootPath: "/t/a%20b/in", path: "/sub", url: "/t/a%20b/in/sub" });
  assert.is((await client.get("/t/x/in")).headers.get("location"), "/t/x/in/");
});

test("what a handler of a mounted application keeps open until the last byte is ended after it", async () => {
  const events: string[] = [];
  const held = dependency(
    {},
    function* () {
      yield 1;
      events.push("ended");
    },
    { until: "response" },
  );
  const inner = new App();
  inner.get("/", { held }, () => "x");
  const { app } = createApp({
    dependencies: [
      dependency(
        {},
        function* () {
          yield 1;
          events.push("host");
        },
        { until: "response" },
      ),
    ],
  });
  app.mount("/in", inner);
  await using client = await TestClient.open(app);
  await client.get("/in/");
  await until(() => events.length > 1);
  assert.equal(events, ["ended", "host"]);
});

test("an application behind a server of somebody else mounts as well", async () => {
  const { app } = createApp();
  app.mount("/in", createInner().inner);
  await app.boot();
  const server = createServer(app.callback).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  assert.is((await fetch(`http://127.0.0.1:${port}/in/sub`)).status, 200);
  await new Promise((resolve) => server.close(resolve));
  await app.close();
});

test("cookies of a mounted application are sealed and read with its own secrets", async () => {
  const Sealed = defineCookie("sealed", z.string().optional(), { signed: true });
  const inner = new App({ secrets: [randomBytes(32).toString("base64")] });
  inner.get("/set", () => new JSONResponse(1).setCookie(Sealed, "inner"));
  inner.get("/read", { sealed: Cookie(Sealed) }, ({ sealed }) => sealed ?? null);
  const { app } = createApp({ secrets: [randomBytes(32).toString("base64")] });
  app.get("/read", { sealed: Cookie(Sealed) }, ({ sealed }) => sealed ?? null);
  app.mount("/in", inner);
  await using client = await TestClient.open(app);
  await client.get("/in/set", {});
  assert.equal([(await client.get("/in/read")).json(), (await client.get("/read")).json()], ["inner", null]);
});

test("what is no application and says not which kind of handler it is, is refused where it is written", () => {
  const { app } = createApp();
  assert.throws(
    () => app.mount("/x", (() => null) as unknown as App),
    /app\.mount\("\/x", target\) takes an App, \{ fetch: .* or \{ node: /,
  );
  assert.throws(() => app.mount("/x", new Router("/y") as unknown as App), /takes an App/);
});

test.run();
