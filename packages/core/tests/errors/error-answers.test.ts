import { dependency } from "@madeleine/di";
import { html, HTTPException, JSONResponse, RedirectResponse, Response } from "@madeleine/http";
import { Controller, onError, Query, Router, type RequestValidationError } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { captureStderr, createApp, withstand } from "../harness.ts";

const bare = '{"detail":"Internal Server Error"}';

function hostileProxy(): object {
  const refuse = (): never => {
    throw new Error("trapped");
  };
  return new Proxy({}, { get: refuse, getPrototypeOf: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse });
}

function causeCycle(): Error {
  const error = new Error("outer password=hunter2");
  error.cause = new Error("inner", { cause: error });
  return error;
}

const thrown: [name: string, value: unknown][] = [
  ["an error (DX-03)", new Error("db password=hunter2")],
  ["null", null],
  ["undefined", undefined],
  ["a string", "password=hunter2"],
  ["an object with a status", { status: 404 }],
  ["an object without a prototype", Object.create(null)],
  [
    "an object whose getters throw",
    Object.defineProperty({}, "message", {
      get: () => {
        throw new Error("getter");
      },
      enumerable: true,
    }),
  ],
  [
    "an error whose stack, message and toString throw",
    Object.defineProperties(new Error("x"), {
      stack: { get: throwGetter },
      message: { get: throwGetter },
      toString: { value: throwGetter },
    }),
  ],
  ["a frozen error", Object.freeze(new Error("password=hunter2"))],
  ["an error with a status that is none", Object.assign(new Error("x"), { status: "abc" })],
  ["a circle of causes", causeCycle()],
  ["a proxy whose traps throw", hostileProxy()],
  [
    "an object that contains itself",
    (() => {
      const circle: Record<string, unknown> = {};
      circle["self"] = circle;
      return circle;
    })(),
  ],
  ["a bigint", 10n],
  ["a symbol", Symbol("secret")],
  ["a function", () => "secret"],
];

function throwGetter(): never {
  throw new Error("getter");
}

for (const [name, value] of thrown) {
  test(`ST-04 ${name} that is thrown is a bare 500, logged once with the route's name`, async () => {
    const { app, log } = createApp();
    app.get("/throws", () => {
      throw value;
    });
    app.get("/rejects", () => Promise.reject(value));
    await withstand(app, async (client) => {
      for (const path of ["/throws", "/rejects"]) {
        const response = await client.get(path);
        assert.is(response.status, 500);
        assert.is(response.text(), bare);
      }
    });
    assert.equal(log.messages, ["GET /throws failed", "GET /rejects failed"]);
    assert.ok(log.entries.every(({ details }) => details["route"] !== undefined && "err" in details));
  });
}

test("DX-03 a 500 shows no message, stack or path", async () => {
  const { app } = createApp();
  app.get("/", () => {
    throw new Error("db password=hunter2");
  });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).text(), bare);
});

test("HTTPException answers with its status, detail and headers, and is not logged", async () => {
  const { app, log } = createApp();
  app.get("/", () => {
    throw new HTTPException(404, "No such item", { "x-reason": "gone" });
  });
  app.get("/plain", () => {
    throw new HTTPException(401);
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/");
  assert.equal([response.status, response.text(), response.headers.get("x-reason")], [404, '{"detail":"No such item"}', "gone"]);
  assert.is((await client.get("/plain")).text(), '{"detail":"Unauthorized"}');
  assert.equal(log.messages, []);
});

test("an HTTPException of 500 or more that has a cause is logged with it: what is wrong with the machine is the operator's to know", async () => {
  const { app, log } = createApp();
  const cause = new Error("no space left on device");
  app.get("/full", () => {
    throw Object.assign(new HTTPException(507), { cause });
  });
  app.get("/down", () => {
    throw new HTTPException(503);
  });
  app.get("/wrong", () => {
    throw Object.assign(new HTTPException(400), { cause });
  });
  await using client = await TestClient.open(app);
  for (const [path, status] of [
    ["/full", 507],
    ["/down", 503],
    ["/wrong", 400],
  ] as const)
    assert.is((await client.get(path)).status, status);
  assert.equal(log.messages, ["GET /full failed"]);
  assert.is((log.entries[0]!.details["err"] as Error).cause, cause);
});

test("a thrown response of either kind is the answer", async () => {
  const { app, log } = createApp();
  app.get("/redirect", () => {
    throw new RedirectResponse("/login", 303);
  });
  app.get("/web", () => {
    throw new globalThis.Response("tea", { status: 418, headers: { "x-kind": "web" } });
  });
  await using client = await TestClient.open(app, { redirects: false });
  assert.is((await client.get("/redirect")).headers.get("location"), "/login");
  const web = await client.get("/web");
  assert.equal([web.status, web.text(), web.headers.get("x-kind")], [418, "tea", "web"]);
  assert.equal(log.messages, []);
});

class DomainError extends Error {}
class OutOfStock extends DomainError {}

test("the handler of the most specific class answers, and what it foresaw is not logged", async () => {
  const { app, log } = createApp();
  app.on(Error, () => new JSONResponse("error", { status: 500 }));
  app.on(DomainError, () => new JSONResponse("domain", { status: 409 }));
  app.get("/stock", () => {
    throw new OutOfStock();
  });
  app.get("/bug", () => {
    throw new TypeError("bug");
  });
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/stock")).json(), "domain");
  assert.equal((await client.get("/bug")).json(), "error");
  assert.equal(log.messages, ["GET /bug failed"]);
  app.on(OutOfStock, () => new JSONResponse("stock", { status: 410 }));
  assert.equal((await client.get("/stock")).json(), "stock");
});

test("a handler for Error is for bugs: the client's errors have handlers that are nearer", async () => {
  const { app } = createApp();
  app.on(Error, () => "swallowed");
  app.get("/gone", () => {
    throw new HTTPException(410, "gone");
  });
  app.get("/items", { limit: Query(z.number()) }, ({ limit }) => limit);
  await using client = await TestClient.open(app);
  assert.is((await client.get("/gone")).text(), '{"detail":"gone"}');
  assert.is((await client.get("/items")).status, 422);
  assert.is((await client.get("/nowhere")).status, 404);
});

test("a handler of a status answers every error of the client with it, unmatched paths included", async () => {
  const { app } = createApp();
  app.on(404, (_, request) => new Response(`no ${request.path}`, { status: 404, mediaType: "text/plain" }));
  app.on(422, (error) => ({ count: (error as RequestValidationError).problems.length }));
  app.get("/gone", () => {
    throw new HTTPException(404, "gone");
  });
  app.get("/items", { limit: Query(z.number()), page: Query(z.number()) }, ({ limit }) => limit);
  await using client = await TestClient.open(app);
  assert.is((await client.get("/gone")).text(), "no /gone");
  assert.is((await client.get("/nowhere")).text(), "no /nowhere");
  const invalid = await client.get("/items");
  assert.equal([invalid.status, invalid.json()], [422, { count: 2 }]);
});

test("a handler of 500 answers bugs, which are logged all the same; a class counts before it", async () => {
  const { app, log } = createApp();
  app.on(500, () => ({ sorry: true }));
  app.on(DomainError, () => new JSONResponse("domain", { status: 409 }));
  app.get("/bug", () => {
    throw new Error("bug");
  });
  app.get("/domain", () => {
    throw new DomainError();
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/bug");
  assert.equal([response.status, response.json()], [500, { sorry: true }]);
  assert.is((await client.get("/domain")).status, 409);
  assert.equal(log.messages, ["GET /bug failed"]);
});

test("an error handler may answer with a web-standard response, and later", async () => {
  const { app } = createApp();
  app.on(DomainError, async () => new globalThis.Response("later", { status: 409 }));
  app.get("/", () => {
    throw new DomainError();
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/");
  assert.equal([response.status, response.text()], [409, "later"]);
});

test("an error handler may answer with a page, under the error's status", async () => {
  const { app } = createApp();
  app.on(404, (_, request) => html`<p>Nothing at ${request.path}</p>`);
  app.on(DomainError, () => html`<p>Sorry</p>`);
  app.get("/bug", () => {
    throw new DomainError();
  });
  await using client = await TestClient.open(app);
  const missing = await client.get("/nowhere&");
  assert.equal([missing.status, missing.headers.get("content-type")], [404, "text/html; charset=utf-8"]);
  assert.is(missing.text(), "<p>Nothing at /nowhere&amp;</p>");
  const bug = await client.get("/bug");
  assert.equal([bug.status, bug.text()], [500, "<p>Sorry</p>"]);
});

test("a value that a handler gives is sent with the headers of the error; a response says all itself", async () => {
  const { app } = createApp();
  app.on(405, () => ({ oops: true }));
  app.on(401, () => html`<p>Who are you?</p>`);
  app.on(503, () => new JSONResponse("later", { status: 503 }));
  app.get("/secret", () => {
    throw new HTTPException(401, undefined, { "WWW-Authenticate": "Bearer" });
  });
  app.get("/busy", () => {
    throw new HTTPException(503, undefined, { "Retry-After": "5" });
  });
  await using client = await TestClient.open(app);
  const wrong = await client.post("/secret");
  assert.equal([wrong.status, wrong.json(), wrong.headers.get("allow")], [405, { oops: true }, "GET, HEAD"]);
  const secret = await client.get("/secret");
  assert.equal([secret.text(), secret.headers.get("www-authenticate")], ["<p>Who are you?</p>", "Bearer"]);
  assert.is(secret.headers.get("content-type"), "text/html; charset=utf-8");
  assert.is((await client.get("/busy")).headers.get("retry-after"), null);
});

test("a connection with faulty framing ends, whatever an error handler answers", async () => {
  const { app } = createApp();
  for (const status of [400, 431, 501]) app.on(status, () => new JSONResponse("mine", { status }));
  await withstand(app, async (client) => {
    const host = "Host: a\r\n";
    const bodies = [
      `POST /canary HTTP/1.1\r\n${host}Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n`,
      `GET /canary HTTP/1.1\r\n${host}${host}\r\n`,
    ];
    for (const bytes of bodies) {
      const answer = await client.fetchRaw(`${bytes}GET /canary HTTP/1.1\r\n${host}\r\n`);
      assert.match(answer, /\r\nConnection: close\r\n.*"mine"$/is);
      assert.not.match(answer, /alive/);
    }
    // From node 22 on its parser refuses so many itself, before there is a request that a handler could be given.
    const many = await client.fetchRaw(
      `GET /canary HTTP/1.1\r\n${host}${"x:\r\n".repeat(1000)}\r\nGET /canary HTTP/1.1\r\n${host}\r\n`,
    );
    assert.match(many, /^HTTP\/1\.1 431 .*\r\nConnection: close\r\n.*("mine"|Fields Too Large"\})$/is);
  });
});

test("a handler that would never answer is refused where it is given", () => {
  const { app } = createApp();
  const handler = () => null;
  for (const kind of [200, 304, 399, 600, 404.5, Number.NaN, "404", undefined, {}]) {
    const shown = typeof kind === "string" ? '"404"' : String(kind);
    const told = `(${shown}, handler) would never answer. mend: a status from 400 to 599, or a class of errors`;
    const says = (call: string) => (error: Error) => error instanceof TypeError && error.message === `${call}${told}`;
    assert.throws(() => app.on(kind as number, handler), says("app.on"));
    assert.throws(() => onError(kind as number, handler), says("onError"));
  }
  assert.throws(() => app.on(404, undefined as never), /app\.on\(kind, handler\): the handler is a function/);
});

test("a second handler of one kind, which would silence the first, is refused with the place of that one", async () => {
  const { app } = createApp();
  const gone = () => "gone";
  app.on(404, gone).on(DomainError, gone);
  app.on(404, gone); // nothing is lost
  const refused = (name: string) =>
    new RegExp(
      `^app\\.on\\(${name}, handler\\) comes after the one of \\S+error-answers\\.test\\.ts:\\d+:\\d+, which would never answer again\\. mend: `,
    );
  const says = (name: string) => (error: Error) => error instanceof TypeError && refused(name).test(error.message);
  assert.throws(() => app.on(404, () => "other"), says("404"));
  assert.throws(() => app.on(DomainError, () => "other"), says("DomainError"));
  app.on(HTTPException, () => "standard").on(Error, () => "wider"); // no other handler of yours is for these
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).json(), "gone");
});

test("two rules of one kind in one list are refused, and those of different groups are not", () => {
  const first = onError(404, () => 1);
  const errors = [first, onError(500, () => 2), onError(404, () => 3)];
  const mend = "mend: keep one of them; a group inside of this one may answer it in its own way";
  const told = `errors answers 404 twice, and only the last would answer. ${mend}`;
  const says = (call: string) => (error: Error) => error instanceof TypeError && error.message === `${call}: ${told}`;
  assert.throws(() => new Router("/a", { errors }), says('new Router("/a", { errors })'));
  assert.throws(() => Controller("/a", { errors }), says('@Controller("/a", { errors })'));
  new Router("/a", { errors: [first, first] }).include(new Router("/b", { errors: errors.slice(1) }));
});

test("an error handler answers what a dependency, a handler and a tear-down throw", async () => {
  const { app } = createApp();
  app.on(DomainError, (error) => new JSONResponse(error.message, { status: 409 }));
  const failing = dependency({}, () => {
    throw new DomainError("dependency");
  });
  const closing = dependency({}, function* () {
    yield 1;
    throw new DomainError("tear-down");
  });
  app.get("/dependency", { failing }, () => "never");
  app.get("/handler", () => {
    throw new DomainError("handler");
  });
  app.get("/tear-down", { closing }, () => "never");
  await using client = await TestClient.open(app);
  for (const where of ["dependency", "handler", "tear-down"]) assert.equal((await client.get(`/${where}`)).json(), where);
});

test("ST-08 an error handler that throws ends in a bare 500, and both errors are logged", async () => {
  const { app, log } = createApp();
  app.on(DomainError, () => {
    throw new Error("the handler is broken, too");
  });
  app.on(500, () => {
    throw new Error("and so is this one");
  });
  app.get("/domain", () => {
    throw new DomainError("first");
  });
  app.get("/bug", () => {
    throw new TypeError("bug");
  });
  await withstand(app, async (client) => {
    assert.is((await client.get("/domain")).text(), bare);
    assert.is((await client.get("/bug")).text(), bare);
  });
  assert.is(log.entries.length, 4);
});

test("ST-08 an error handler may throw an answer of its own", async () => {
  const { app } = createApp();
  app.on(DomainError, () => {
    throw new HTTPException(409, "conflict");
  });
  app.on(TypeError, () => {
    throw new RedirectResponse("/sorry");
  });
  app.get("/domain", () => {
    throw new DomainError();
  });
  app.get("/type", () => {
    throw new TypeError("type");
  });
  await using client = await TestClient.open(app, { redirects: false });
  assert.is((await client.get("/domain")).text(), '{"detail":"conflict"}');
  assert.is((await client.get("/type")).headers.get("location"), "/sorry");
});

test("a detail that JSON cannot carry is a bare 500, and logged", async () => {
  const { app, log } = createApp();
  app.get("/", () => {
    throw new HTTPException(404, { id: 1n });
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/");
  assert.equal([response.status, response.text()], [500, bare]);
  assert.match(String(log.entries[0]?.details["err"]), /bigint/);
});

test("a logger that throws keeps no answer back", async () => {
  const broken = () => {
    throw new Error("disk full");
  };
  const { app } = createApp({ logger: { error: broken, warn: broken, info: broken } });
  app.get("/", () => {
    throw new Error("bug");
  });
  const text = await captureStderr(() => withstand(app, async (client) => assert.is((await client.get("/")).text(), bare)));
  assert.match(text, /GET \/ failed/);
  assert.match(text, /the logger failed/);
});

test.run();
