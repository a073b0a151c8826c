import { dependency } from "@madeleine/di";
import { HTTPException, JSONResponse, PlainTextResponse, Request, Response, StreamingResponse } from "@madeleine/http";
import { BootError, Controller, Get, middleware, Path, Query, Router, type Middleware } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, until as untilHolds, withstand } from "../harness.ts";

/** Tells when it begins and when the answer comes by. */
function traced(events: string[], name: string): Middleware {
  return async (_, next) => {
    events.push(`${name} >`);
    const response = await next();
    events.push(`< ${name}`);
    return response;
  };
}

function marked(name: string): Middleware {
  return async (_, next) => {
    const response = await next();
    response.headers.set(`x-${name}`, "1");
    return response;
  };
}

test("mw-order: middleware wraps in the order app, include, router, controller, route, and in the order of each list", async () => {
  const events: string[] = [];
  @Controller("/c", { middleware: [traced(events, "controller")] })
  class Items {
    @Get("/", { middleware: [traced(events, "route 1"), traced(events, "route 2")] })
    list() {
      events.push("handler");
      return null;
    }
  }
  const router = new Router("/r", { controllers: [Items], middleware: [traced(events, "router")] });
  const { app } = createApp({ middleware: [traced(events, "app 1"), traced(events, "app 2")] });
  app.include(router, { middleware: [traced(events, "include")] });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/r/c")).status, 200);
  const names = ["app 1", "app 2", "include", "router", "controller", "route 1", "route 2"];
  assert.equal(events, [...names.map((name) => `${name} >`), "handler", ...names.toReversed().map((name) => `< ${name}`)]);
});

test("middleware comes before guards", async () => {
  const events: string[] = [];
  const { app } = createApp({
    middleware: [traced(events, "app")],
    dependencies: [dependency({}, () => void events.push("guard"))],
  });
  await using client = await TestClient.open(app);
  await client.get("/canary");
  assert.equal(events, ["app >", "guard", "< app"]);
});

test("mw-short-circuit: a middleware may answer itself, and nothing further in runs", async () => {
  const events: string[] = [];
  const { app } = createApp({
    middleware: [traced(events, "outer"), () => new JSONResponse({ short: 1 }, { status: 403 }), traced(events, "inner")],
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/canary");
  assert.equal([response.status, response.json(), events], [403, { short: 1 }, ["outer >", "< outer"]]);
});

test("mw-on-404: the application's middleware is also around 404, 405, the redirect of a slash and malformed paths", async () => {
  const { app } = createApp({ middleware: [marked("app")] });
  await using client = await TestClient.open(app, { redirects: false });
  const answers = [client.get("/none"), client.post("/canary"), client.get("/canary/"), client.get("/%zz")];
  const all = await Promise.all(answers);
  assert.equal(
    all.map(({ status, headers }) => [status, headers.get("x-app")]),
    [404, 405, 307, 400].map((status) => [status, "1"]),
  );
});

test("what was thrown further in is a response here, so a 500 and a 422 can have CORS headers", async () => {
  const { app, log } = createApp({ middleware: [marked("cors")] });
  app.get("/bug", () => {
    throw new Error("secret");
  });
  app.get("/invalid", { n: Query(z.number()) }, () => null);
  app.get(
    "/stream",
    () =>
      new StreamingResponse(
        (async function* () {
          yield await Promise.reject(new Error("at once"));
        })(),
      ),
  );
  app.get("/http", () => {
    throw new HTTPException(418, "tea");
  });
  await using client = await TestClient.open(app);
  const answers = await Promise.all(["/bug", "/invalid", "/stream", "/http"].map((path) => client.get(path)));
  assert.equal(
    answers.map(({ status, headers }) => [status, headers.get("x-cors")]),
    [500, 422, 500, 418].map((status) => [status, "1"]),
  );
  assert.is(log.messages.length, 2);
});

test("a middleware that throws is answered like any error, and the ones further out see the answer", async () => {
  class Refused extends Error {}
  const { app, log } = createApp({
    middleware: [
      marked("outer"),
      ({ path }) => {
        if (path === "/http") throw new HTTPException(401);
        if (path === "/own") throw new Refused();
        if (path === "/thrown") throw new PlainTextResponse("thrown", { status: 202 });
        throw new Error("bug");
      },
    ],
  });
  app.on(Refused, () => new JSONResponse({ refused: true }, { status: 409 }));
  await using client = await TestClient.open(app);
  const answers = await Promise.all(["/http", "/own", "/thrown", "/canary"].map((path) => client.get(path)));
  assert.equal(
    answers.map(({ status, headers }) => [status, headers.get("x-outer")]),
    [401, 409, 202, 500].map((status) => [status, "1"]),
  );
  assert.equal(log.messages, ["GET /canary failed"]);
});

test("next() called twice, or too late, and a value that is no response are clear errors", async () => {
  let late: (() => unknown) | undefined;
  const wrong: Record<string, Middleware> = {
    async twice(_, next) {
      await next();
      return next();
    },
    nothing: (async (_: Request, next: () => Promise<Response>) => void (await next())) as unknown as Middleware,
    value: (() => ({ a: 1 })) as unknown as Middleware,
    web: (() => new globalThis.Response("x")) as unknown as Middleware,
  };
  const { app, log } = createApp();
  for (const [name, one] of Object.entries(wrong)) app.get(`/${name}`, { middleware: [one] }, {}, () => "x");
  app.get("/late", { middleware: [(_, next) => ((late = next), new Response())] }, {}, () => "x");
  await using client = await TestClient.open(app);
  for (const name of Object.keys(wrong)) assert.is((await client.get(`/${name}`)).status, 500, name);
  const errors = log.entries.map(({ details }) => (details["err"] as Error).message);
  assert.match(errors[0]!, /^next\(\) was called twice by twice: keep what the first call gave$/);
  assert.match(errors[1]!, /^nothing returned nothing, and a middleware returns a Response\. mend: return next\(\)$/);
  assert.match(errors[2]!, /^value returned Object, .* a plain value: new JSONResponse\(value\)$/);
  assert.match(errors[3]!, /^web returned the web-standard Response, .* import \{ Response \} from "madeleine"/);
  assert.is((await client.get("/late")).status, 200);
  assert.throws(() => late!(), /next\(\) was called after a middleware had returned/);
});

test("a handler that a middleware did not wait for is waited for before the answer goes out", async () => {
  const events: string[] = [];
  const careless: Middleware = (_, next) => {
    void next();
    return new PlainTextResponse("at once");
  };
  const { app } = createApp({ middleware: [careless] });
  app.get("/slow", async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    events.push("handled");
    return null;
  });
  await using client = await TestClient.open(app);
  assert.equal([(await client.get("/slow")).text(), events], ["at once", ["handled"]]);
});

test("a constant response keeps nothing of what a middleware writes on it", async () => {
  const constant = new PlainTextResponse("constant");
  const denied = new PlainTextResponse("denied", { status: 403 });
  let count = 0;
  const counting: Middleware = async (_, next) => {
    const response = await next();
    count += 1;
    response.headers.append("x-count", String(count));
    response.setCookie(`c${count}`, "1");
    return response;
  };
  const { app } = createApp({ middleware: [counting] });
  app.get("/returned", () => constant);
  app.get("/thrown", () => {
    throw constant;
  });
  app.get("/denied", { middleware: [() => denied] }, {}, () => null);
  await using client = await TestClient.open(app);
  for (const path of ["/returned", "/returned", "/thrown", "/denied", "/denied"]) {
    const response = await client.get(path, { cookies: {} });
    assert.equal([response.headers.get("x-count"), response.headers.getSetCookie().length], [String(count), 1], path);
  }
  assert.equal([constant.hasHeaders, constant.hasCookies, denied.hasHeaders, denied.hasCookies], [false, false, false, false]);
});

test("a cookie that was set anywhere is sent, also where a middleware answers in place of who set it", async () => {
  const replace: Middleware = async (_, next) => {
    const response = await next();
    response.setCookie("middleware", "1");
    return new PlainTextResponse("other");
  };
  const { app } = createApp({ middleware: [marked("outer"), replace] });
  const guard = dependency(
    { response: Response },
    ({ response }) => void response.setCookie("guard", "1").setCookie("same", "guard"),
  );
  app.get("/", { dependencies: [guard] }, {}, () => new JSONResponse(1).setCookie("handler", "1").setCookie("same", "handler"));
  app.get("/bug", { dependencies: [guard] }, {}, () => {
    throw new Error("bug");
  });
  await using client = await TestClient.open(app);
  const read = async (path: string) => {
    const response = await client.get(path, { cookies: {} });
    assert.equal([response.text(), response.headers.get("x-outer")], ["other", "1"]);
    return response.headers.getSetCookie().map((line) => line.split(";")[0]);
  };
  assert.equal(await read("/"), ["guard=1", "handler=1", "same=handler", "middleware=1"]);
  assert.equal(await read("/bug"), ["guard=1", "same=guard", "middleware=1"]);
});

test("a middleware sees the headers of the injected response, and what it takes off stays off", async () => {
  const seen: (string | undefined)[] = [];
  const { app } = createApp({
    middleware: [
      async (_, next) => {
        const response = await next();
        seen.push(response.headers.get("x-secret"));
        response.headers.delete("x-secret");
        return response;
      },
    ],
  });
  app.get("/", { response: Response }, ({ response }) => {
    response.headers.set("x-secret", "1").set("x-kept", "1");
    return null;
  });
  await using client = await TestClient.open(app);
  const { headers } = await client.get("/");
  assert.equal([seen, headers.has("x-secret"), headers.get("x-kept")], [["1"], false, "1"]);
});

const CurrentUser = dependency({ user: Query("user") }, ({ user }) => user);

test("a middleware with needs gets them, the request, and the route that matched", async () => {
  const seen: unknown[] = [];
  const audit = middleware({ user: CurrentUser }, async ({ user, request, route }, next) => {
    const response = await next();
    seen.push([user, request.path, route, response.status]);
    return response;
  });
  @Controller("/c")
  class Items {
    @Get("/:id")
    read(@Path() id: string) {
      return id;
    }
  }
  const { app } = createApp({ middleware: [audit], controllers: [Items] });
  await using client = await TestClient.open(app);
  await client.get("/c/7?user=ada");
  await client.get("/canary");
  await client.get("/none?user=bob");
  assert.equal(seen, [
    ["ada", "/c/7", { method: "GET", path: "/c/:id", name: "Items.read" }, 200],
    [undefined, "/canary", { method: "GET", path: "/canary", name: undefined }, 200],
    ["bob", "/none", undefined, 404],
  ]);
});

test("a need that fails is answered: 422 for an input, and what a dependency throws; the middleware and the handler do not run", async () => {
  let ran = 0;
  const user = dependency({ user: Query("user") }, ({ user }) => {
    if (user === undefined) throw new HTTPException(401);
    return user;
  });
  const paging = middleware({ page: Query(z.number()) }, (_, next) => next());
  const signedIn = middleware({ user }, (_, next) => {
    ran += 1;
    return next();
  });
  const { app } = createApp({ middleware: [marked("outer"), paging, signedIn] });
  app.get("/", () => (ran += 1));
  await using client = await TestClient.open(app);
  const invalid = await client.get("/?page=x&user=ada");
  assert.equal([invalid.status, invalid.headers.get("x-outer")], [422, "1"]);
  const refused = await client.get("/?page=1");
  assert.equal([refused.status, refused.headers.get("x-outer"), ran], [401, "1", 0]);
  assert.equal([(await client.get("/?page=1&user=ada")).status, ran], [200, 2]);
});

/** A transaction that tells how it ended, and how often it was begun. */
function createTransaction(events: string[]) {
  return dependency({}, async function* () {
    events.push("begin");
    try {
      yield "transaction";
      events.push("commit");
    } catch (error) {
      events.push(`rollback: ${(error as Error).message}`);
      throw error;
    }
  });
}

test("what a middleware needs is one value with the handler's, and lives until the middleware has returned", async () => {
  const events: string[] = [];
  const transaction = createTransaction(events);
  const around = middleware({ transaction }, async (_, next) => {
    events.push("entered");
    const response = await next();
    events.push("left");
    return response;
  });
  const { app } = createApp({ middleware: [around] });
  app.get("/", { transaction }, ({ transaction }) => {
    events.push("handler");
    return transaction;
  });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).json(), "transaction");
  assert.equal(events, ["begin", "entered", "handler", "left", "commit"]);
});

test("what a middleware needs hears of the failure further in, which was answered already", async () => {
  const events: string[] = [];
  const transaction = createTransaction(events);
  const { app, log } = createApp({ middleware: [marked("outer"), middleware({ transaction }, (_, next) => next())] });
  app.get("/", () => {
    throw new Error("the handler failed");
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/");
  assert.equal([response.status, response.headers.get("x-outer")], [500, "1"]);
  assert.equal(events, ["begin", "rollback: the handler failed"]);
  assert.equal(log.messages, ["GET / failed"], "it is logged once");
});

test("an unwinding that fails after the middleware returned is what the client hears of", async () => {
  const failing = dependency({}, function* () {
    yield 1;
    throw new HTTPException(409, "the commit failed");
  });
  const { app } = createApp({ middleware: [marked("outer"), middleware({ failing }, (_, next) => next())] });
  await using client = await TestClient.open(app);
  const response = await client.get("/canary");
  assert.equal([response.status, response.json(), response.headers.get("x-outer")], [409, { detail: "the commit failed" }, "1"]);
});

test("a middleware that throws after next() rolls back what is further out, and ends what a stream still held", async () => {
  const events: string[] = [];
  const transaction = createTransaction(events);
  const held = dependency(
    {},
    function* () {
      try {
        yield 1;
      } finally {
        events.push("held ends");
      }
    },
    { until: "response" },
  );
  const failing: Middleware = async (_, next) => {
    await next();
    throw new Error("on the way out");
  };
  const { app } = createApp({ middleware: [middleware({ transaction }, (_, next) => next()), failing] });
  app.get(
    "/",
    { held },
    () =>
      new StreamingResponse(
        (async function* () {
          try {
            yield "a";
          } finally {
            events.push("stream ends");
          }
        })(),
      ),
  );
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).status, 500);
  assert.equal(events, ["begin", "stream ends", "held ends", "rollback: on the way out"]);
});

test("a stream that a middleware replaced is closed, and what lives until the response ends after it, inner first", async () => {
  const events: string[] = [];
  const until = (name: string) =>
    dependency(
      {},
      function* () {
        yield name;
        events.push(name);
      },
      { until: "response" },
    );
  const replace = middleware({ outer: until("outer ends") }, async (_, next) => {
    await next();
    return new PlainTextResponse("other");
  });
  const { app } = createApp();
  app.get(
    "/",
    { middleware: [replace] },
    { inner: until("inner ends") },
    () =>
      new StreamingResponse(
        (async function* () {
          try {
            yield "a";
            yield "b";
          } finally {
            events.push("stream ends");
          }
        })(),
      ),
  );
  await withstand(app, async (client) => {
    assert.is((await client.get("/")).text(), "other");
    await untilHolds(() => events.length > 2);
    assert.equal(events, ["stream ends", "inner ends", "outer ends"]);
  });
});

test("a middleware is tested without a socket: plain values in, a plain response out", async () => {
  const tag: Middleware = async (_, next) => (await next()).setCookie("seen", "1");
  const request = {} as Request;
  assert.ok((await tag(request, async () => new Response())).hasCookies);
  const signedIn = middleware({ user: CurrentUser }, ({ user }, next) =>
    user === undefined ? new Response(null, { status: 401 }) : next(),
  );
  const fake = async () => new Response("in");
  assert.is((await signedIn({ user: undefined, request, route: undefined }, fake)).status, 401);
  assert.is((await signedIn({ user: "ada", request, route: undefined }, fake)).body, "in");
});

test("what is listed and is no function, and a need that the path does not have, are boot errors", async () => {
  const { app } = createApp();
  app.get("/a", { middleware: [undefined as unknown as Middleware] }, {}, () => null);
  app.get("/b", { middleware: [middleware({ id: Path() }, (_, next) => next())] }, {}, () => null);
  const error = await app.boot().catch((thrown: unknown) => thrown as BootError);
  assert.instance(error, BootError);
  assert.equal(
    (error as BootError).problems.map(({ code }) => code),
    ["NOT_A_MIDDLEWARE", "UNKNOWN_PATH_PARAMETER"],
  );
});

test("needs that are none, and one that is named as what is given, are errors where they are written", () => {
  const run = () => new Response();
  assert.throws(() => middleware(undefined as unknown as {}, run), /needs is a record/);
  assert.throws(() => middleware({ request: Query() } as {}, run), /"request" is given to every middleware/);
});

test("values of interleaved requests never cross", async () => {
  const slow = dependency({ user: Query("user", z.string()) }, async ({ user }) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
    return user;
  });
  const stamp = middleware({ slow }, async ({ slow }, next) => {
    const response = await next();
    response.headers.set("x-user", slow);
    return response;
  });
  const { app } = createApp({ middleware: [stamp] });
  app.get("/", { slow }, ({ slow }) => slow);
  await using client = await TestClient.open(app);
  const users = Array.from({ length: 200 }, (_, index) => `u${index}`);
  const answers = await Promise.all(users.map((user) => client.get(`/?user=${user}`)));
  assert.equal(
    answers.map((answer) => [answer.json(), answer.headers.get("x-user")]),
    users.map((user) => [user, user]),
  );
});

test.run();
