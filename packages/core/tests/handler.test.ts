import { dependency } from "@madeleine/di";
import { HTTPException, RedirectResponse, Request, Response } from "@madeleine/http";
import { Body, Controller, Cookie, Form, Get, Header, Path, Post, Query } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, until, withstand } from "./harness.ts";

/** What happened, in order. */
function traced(events: string[], name: string, needs: Parameters<typeof dependency>[0] = {}) {
  return dependency(needs, async () => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    events.push(`${name} ends`);
    return name;
  });
}

test("guards of the application, the controller and the route run first, each finished before the next, then dependencies, then the handler", async () => {
  const events: string[] = [];
  const inner = traced(events, "dependency");

  @Controller("/items", { dependencies: [traced(events, "controller")] })
  class Items {
    @Get("/", { dependencies: [traced(events, "route 1"), traced(events, "route 2")] })
    list(@inner() _: unknown) {
      events.push("handler");
      return [];
    }
  }
  const { app } = createApp({ controllers: [Items], dependencies: [traced(events, "app")] });
  await using client = await TestClient.open(app);
  await client.get("/items");
  assert.equal(events, [
    "app begins",
    "app ends",
    "controller begins",
    "controller ends",
    "route 1 begins",
    "route 1 ends",
    "route 2 begins",
    "route 2 ends",
    "dependency begins",
    "dependency ends",
    "handler",
  ]);
});

test("independent dependencies run side by side, and what two of them need is made once, also while it is pending (DI-04)", async () => {
  const events: string[] = [];
  const shared = traced(events, "shared");
  const [left, right] = [traced(events, "left", { shared }), traced(events, "right", { shared })];
  const { app } = createApp();
  app.get("/", { left, right, shared }, () => "done");
  await using client = await TestClient.open(app);
  await client.get("/");
  assert.equal(events, ["shared begins", "shared ends", "left begins", "right begins", "left ends", "right ends"]);
});

test("a guard's error answers alone, before a body is read or anything else is checked", async () => {
  const guard = dependency({ token: Header("authorization") }, ({ token }) => {
    if (token === undefined) throw new HTTPException(401, undefined, { "www-authenticate": "Bearer" });
  });
  const { app } = createApp();
  app.post("/", { dependencies: [guard] }, { page: Query(z.number()), body: Body(z.object({ a: z.string() })) }, () => "never");
  await using client = await TestClient.open(app);
  const refused = await client.post("/?page=x", { body: "{{{", headers: { "content-type": "text/plain" } });
  assert.equal(
    [refused.status, refused.text(), refused.headers.get("www-authenticate")],
    [401, '{"detail":"Unauthorized"}', "Bearer"],
  );
  assert.is((await client.post("/?page=x", { json: {}, headers: { authorization: "x" } })).status, 422);
});

test("a guard may redirect by throwing a response", async () => {
  const signedIn = dependency({ session: Cookie("session") }, ({ session }) => {
    if (session === undefined) throw new RedirectResponse("/login-page");
  });
  const { app } = createApp();
  app.get("/", { dependencies: [signedIn] }, {}, () => "in");
  await using client = await TestClient.open(app, { redirects: false });
  assert.is((await client.get("/")).headers.get("location"), "/login-page");
});

test("one 422 tells the problems of the handler and of all its dependencies, none of which has run", async () => {
  let ran = 0;
  const paging = dependency({ skip: Query(z.number().min(0)), tenant: Header("x-tenant", z.string()) }, () => (ran += 1));
  const nested = dependency({ paging, theme: Cookie(z.enum(["light", "dark"])) }, () => (ran += 1));
  const { app } = createApp();
  app.post("/items/:id", { id: Path(z.number()), nested, item: Body(z.object({ name: z.string() })) }, () => (ran += 1));
  await using client = await TestClient.open(app);
  const response = await client.post("/items/x?skip=-1", { json: { name: 1 } });
  assert.is(response.status, 422);
  const { detail } = response.json<{ detail: { type: string; loc: unknown[]; input?: unknown }[] }>();
  assert.equal(
    detail.map(({ type, loc }) => [type, ...loc]),
    [
      ["float_parsing", "path", "id"],
      ["greater_than_equal", "query", "skip"],
      ["missing", "header", "x-tenant"],
      ["missing", "cookie", "theme"],
      ["string_type", "body", "name"],
    ],
  );
  assert.equal(
    detail.map(({ input }) => input),
    ["x", "-1", null, null, undefined],
    "of what was sent, only path and query are shown",
  );
  assert.is(ran, 0);
});

test("named bodies make one object, and each of its problems is told", async () => {
  const { app } = createApp();
  app.post("/", { item: Body("item", z.object({ name: z.string() })), user: Body("user", z.string()) }, ({ item, user }) => ({
    item,
    user,
  }));
  await using client = await TestClient.open(app);
  assert.equal((await client.post("/", { json: { item: { name: "tea" }, user: "marcel" } })).json(), {
    item: { name: "tea" },
    user: "marcel",
  });
  for (const json of [{}, [], "x", null]) {
    const { detail } = (await client.post("/", { json })).json<{ detail: { loc: unknown[] }[] }>();
    assert.equal(
      detail.map(({ loc }) => loc),
      [
        ["body", "item"],
        ["body", "user"],
      ],
    );
  }
});

test("JB-12 a body that is not sent at all is missing, and the handler is never called", async () => {
  let called = 0;
  const { app } = createApp();
  app.post("/json", { item: Body(z.object({ a: z.string() })) }, () => (called += 1));
  app.post("/form", { name: Form("name", z.string()) }, () => (called += 1));
  app.post("/optional", { item: Body(z.object({ a: z.string() }).optional()) }, ({ item }) => item ?? "nothing");
  await using client = await TestClient.open(app);
  assert.equal((await client.post("/json")).json(), {
    detail: [{ type: "missing", loc: ["body"], msg: "Field required", input: null }],
  });
  assert.equal((await client.post("/form")).json(), {
    detail: [{ type: "missing", loc: ["body", "name"], msg: "Field required", input: null }],
  });
  assert.equal((await client.post("/optional")).json(), "nothing");
  assert.is(called, 0);
});

test("JB-09 a body of another media type is 415 and is not parsed", async () => {
  const { app } = createApp();
  app.post("/json", { item: Body(z.unknown()) }, () => "never");
  app.post("/form", { name: Form("name") }, () => "never");
  await withstand(app, async (client) => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", undefined]) {
      const response = await client.post("/json", {
        body: '{"a":1}',
        ...(type === undefined ? {} : { headers: { "content-type": type } }),
      });
      assert.equal([response.status, response.headers.get("accept")], [415, "application/json"]);
    }
    assert.is((await client.post("/form", { json: {} })).status, 415);
  });
});

test("JB-02 a body nested 100,000 deep is 400, and no validator sees it", async () => {
  const { app } = createApp();
  const tree: z.ZodType = z.lazy(() => z.array(tree));
  app.post("/", { tree: Body(tree) }, () => "never");
  await withstand(app, async (client) => {
    const body = "[".repeat(100_000) + "]".repeat(100_000);
    assert.is((await client.post("/", { body, headers: { "content-type": "application/json" } })).status, 400);
  });
});

test("JB-01 a body with __proto__ is 400 and pollutes nothing", async () => {
  const { app } = createApp();
  app.post("/", { body: Body(z.looseObject({})) }, ({ body }) => ({ ...body }));
  await withstand(app, async (client) => {
    for (const body of ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}']) {
      assert.is((await client.post("/", { body, headers: { "content-type": "application/json" } })).status, 400);
    }
  });
});

test("an asynchronous check is awaited", async () => {
  const free = z.string().refine(async (name) => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    return name !== "taken";
  });
  const { app } = createApp();
  app.get("/", { name: Query(free) }, ({ name }) => name);
  await using client = await TestClient.open(app);
  assert.is((await client.get("/?name=taken")).status, 422);
  assert.is((await client.get("/?name=free")).json(), "free");
});

test("a generator is unwound before the response is sent: its commit can fail the request, and still set a cookie", async () => {
  const events: string[] = [];
  const transaction = dependency({ response: Response, fails: Query("fails") }, async function* ({ response, fails }) {
    try {
      yield "open";
      events.push("commit");
      response.setCookie("committed", "yes");
      if (fails !== undefined) throw new Error("the commit failed");
    } catch (error) {
      events.push("rollback");
      throw error;
    } finally {
      events.push("release");
    }
  });
  const { app, log } = createApp();
  app.get("/", { transaction }, ({ transaction }) => transaction);
  app.get("/throws", { transaction }, () => {
    throw new HTTPException(409, "conflict");
  });
  await using client = await TestClient.open(app);
  const good = await client.get("/");
  assert.equal([good.status, good.cookies[0]?.name], [200, "committed"]);
  assert.equal(events.splice(0), ["commit", "release"]);

  const failed = await client.get("/?fails=1");
  assert.equal([failed.status, failed.text()], [500, '{"detail":"Internal Server Error"}']);
  assert.is(failed.cookies[0]?.name, "committed");
  assert.equal(events.splice(0), ["commit", "rollback", "release"]);
  assert.equal(log.messages, ["GET / failed"]);

  assert.is((await client.get("/throws")).status, 409);
  assert.equal(events.splice(0), ["rollback", "release"], "DI-07 the handler's error reaches the generator");
});

test("an unwinding generator may replace the error that the client hears of", async () => {
  const translating = dependency({}, function* () {
    try {
      yield 1;
    } catch (cause) {
      assert.is((cause as Error).message, "connection lost");
      throw new HTTPException(503, "try again later", { "retry-after": "1" });
    }
  });
  const { app } = createApp();
  app.get("/", { translating }, () => {
    throw new Error("connection lost");
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/");
  assert.equal([response.status, response.text()], [503, '{"detail":"try again later"}']);
});

test("DI-05 what was made before a dependency failed is torn down in reverse order, once each (DI-06)", async () => {
  const events: string[] = [];
  const opened = (name: string, needs: Parameters<typeof dependency>[0] = {}) =>
    dependency(needs, async function* () {
      try {
        yield name;
      } catch {
        events.push(name);
        if (name === "second") throw new Error("a tear-down that fails");
      }
    });
  const first = opened("first");
  const second = opened("second", { first });
  const failing = dependency({ second }, () => {
    throw new HTTPException(400, "no");
  });
  const { app } = createApp();
  app.get("/", { failing }, () => "never");
  await withstand(app, async (client) => assert.is((await client.get("/")).status, 500));
  assert.equal(events, ["second", "first"]);
});

test('until: "response" is unwound after the last byte, and what it throws is logged with the route', async () => {
  const events: string[] = [];
  const lasting = dependency(
    {},
    function* () {
      yield "here";
      events.push("unwound");
      throw new Error("too late");
    },
    { until: "response" },
  );
  const { app, log } = createApp();
  app.get("/", { lasting, request: Request }, ({ request }) => {
    request.signal.addEventListener("abort", () => events.push("aborted"));
    return "sent";
  });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).json(), "sent");
  await until(() => log.messages.length > 0);
  assert.equal(events, ["unwound"]);
  assert.equal(log.messages, ["a dependency of GET / failed after the response was sent"]);
});

test("LM-08 a client that goes away aborts the signal, and everything is torn down once", async () => {
  const events: string[] = [];
  const during = dependency({}, function* () {
    try {
      yield 1;
    } finally {
      events.push("handler's");
    }
  });
  const after = dependency(
    {},
    function* () {
      try {
        yield 1;
      } catch (error) {
        events.push((error as Error).name);
        throw error;
      }
    },
    { until: "response" },
  );
  const leaving = new AbortController();
  const { app, log } = createApp();
  app.get("/", { during, after, signal: AbortSignal }, async ({ signal }) => {
    leaving.abort();
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return "nobody hears it";
  });
  await withstand(app, async (client) => {
    await assertRejects(client.get("/", { signal: leaving.signal }));
    await until(() => events.length === 2);
  });
  assert.equal(events, ["handler's", "RequestAborted"]);
  assert.equal(log.messages, [], "LM-07 it is nobody's error");
});

async function assertRejects(promise: Promise<unknown>): Promise<void> {
  const rejected = await promise.then(
    () => false,
    () => true,
  );
  assert.ok(rejected);
}

for (const [how, read] of [
  ["never reads it", () => {}],
  ["swallows the error of reading it", (request: Request) => request.text().catch(() => {})],
  [
    "reads one chunk and returns",
    async (request: Request) => {
      for await (const _ of request.stream()) break;
    },
  ],
  ["reads all of it", (request: Request) => request.text()],
] as const) {
  for (const framing of ["announced", "chunked"] as const) {
    test(`LM-02 a body over the limit (${framing}) is 413 for a handler that ${how}, and nothing is committed`, async () => {
      const events: string[] = [];
      const transaction = dependency({}, async function* () {
        yield 1;
        events.push("commit");
      });
      const { app } = createApp({ maxBodyBytes: 100 });
      app.post("/", { request: Request, transaction }, async ({ request }) => {
        await read(request);
        return "won";
      });
      await withstand(app, async (client) => {
        const body = framing === "announced" ? "x".repeat(1000) : chunks(10, 100);
        assert.is((await client.post("/", { body })).status, 413);
        assert.is((await client.post("/", { body: "short" })).json(), "won");
      });
      assert.equal(events, ["commit"]);
    });
  }
}

async function* chunks(count: number, size: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(size, "x");
}

test("JB-16 a body on GET and DELETE is thrown away, so that the next request on the connection is read", async () => {
  const { app } = createApp({ maxBodyBytes: 100 });
  app.get("/", () => "get");
  app.delete("/", () => "delete");
  await withstand(app, async (client) => {
    const body = "GET /evil HTTP/1.1\r\nHost: a\r\n\r\n";
    const next = "GET /canary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    for (const method of ["GET", "DELETE"]) {
      const answers = await client.fetchRaw(
        `${method} / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}${next}`,
      );
      assert.equal(
        answers.match(/HTTP\/1.1 \d+/g)?.map((line) => line.slice(9)),
        ["200", "200"],
      );
      assert.match(answers, /"alive"/);
    }
    const tooLong = await client.fetchRaw("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    assert.match(tooLong, /^HTTP\/1.1 413 /);
  });
});

test("DI-01 1,000 interleaved requests of two users never see each other", async () => {
  const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
  const user = dependency({ name: Cookie("user", z.string()) }, async function* ({ name }) {
    await pause();
    yield { name };
    await pause();
  });
  @Controller("/users")
  class Users {
    @Get("/:id")
    async show(@Path() id: string, @user() user: { name: string }, response: Response) {
      await pause();
      response.setCookie("seen", user.name);
      if (Math.random() < 0.3) throw new HTTPException(409, `${id}:${user.name}`);
      return { detail: `${id}:${user.name}` };
    }
  }
  const { app } = createApp({ controllers: [Users] });
  await using client = await TestClient.open(app);
  const requests = Array.from({ length: 1000 }, async (_, index) => {
    const name = index % 2 === 0 ? "alice" : "bob";
    const response = await client.get(`/users/${index}`, { headers: { cookie: `user=${name}` } });
    assert.equal(response.json(), { detail: `${index}:${name}` }, "PA-13 path parameters never cross, either");
    assert.equal(
      response.cookies.map(({ name, value }) => [name, value]),
      [["seen", name]],
    );
  });
  await Promise.all(requests);
});

test("a controller is made once; one whose constructor needs something of the request is made for each", async () => {
  let made = 0;
  @Controller("/once")
  class Once {
    readonly number = ++made;
    @Get()
    get() {
      return this.number;
    }
  }
  @Controller("/each")
  class Each {
    readonly number = ++made;
    constructor(@Query() readonly name: string | undefined) {}
    @Get()
    get() {
      return [this.name ?? null, this.number];
    }
    @Post()
    post() {
      return this.number;
    }
  }
  const { app } = createApp({ controllers: [Once, Each] });
  await using client = await TestClient.open(app);
  assert.equal([(await client.get("/once")).json(), (await client.get("/once")).json()], [1, 1]);
  assert.equal(
    [(await client.get("/each?name=a")).json(), (await client.get("/each")).json()],
    [
      ["a", 2],
      [null, 3],
    ],
  );
});

test.run();
