import { dependency } from "@madeleine/di";
import { HTTPException, JSONResponse, RedirectResponse, Request, Response } from "@madeleine/http";
import { Cookie, Query } from "@madeleine/core";
import { TestClient, type TestResponse } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "./harness.ts";

const pairs = (response: TestResponse) => response.cookies.map(({ name, value }) => `${name}=${value}`);

class DomainError extends Error {}

const visit = dependency({ response: Response, number: Query("n") }, ({ response, number = "1" }) => {
  response.setCookie("visit", number);
  response.headers.set("x-visit", number);
});

/** Every kind of response that a request can have, each behind a dependency that sets a cookie. */
const kinds: Record<string, { status: number; answer: () => unknown }> = {
  "a plain value": { status: 200, answer: () => ({}) },
  nothing: { status: 200, answer: () => undefined },
  "a returned JSONResponse": { status: 201, answer: () => new JSONResponse({}, { status: 201 }) },
  "a returned RedirectResponse": { status: 303, answer: () => new RedirectResponse("/", 303) },
  "a returned web-standard Response": { status: 202, answer: () => new globalThis.Response("x", { status: 202 }) },
  "a thrown response": {
    status: 307,
    answer: () => {
      throw new RedirectResponse("/");
    },
  },
  "a thrown web-standard Response": {
    status: 418,
    answer: () => {
      throw new globalThis.Response("x", { status: 418 });
    },
  },
  "an HTTPException": {
    status: 409,
    answer: () => {
      throw new HTTPException(409);
    },
  },
  "a 404 of the handler": {
    status: 404,
    answer: () => {
      throw new HTTPException(404);
    },
  },
  "a 500": {
    status: 500,
    answer: () => {
      throw new Error("bug");
    },
  },
  "an error with a handler of its own": {
    status: 410,
    answer: () => {
      throw new DomainError();
    },
  },
  "a value that cannot be serialised": { status: 500, answer: () => ({ id: 1n }) },
  "a response that cannot be sent": { status: 500, answer: () => new Unsendable() },
};

class Unsendable extends Response {
  override get contentType(): string {
    throw new Error("a getter of a response");
  }
}

for (const [name, { status, answer }] of Object.entries(kinds)) {
  test(`a cookie and a header that a dependency set are on ${name}`, async () => {
    const { app, log } = createApp();
    app.on(DomainError, () => new JSONResponse("gone", { status: 410 }));
    app.get("/", { dependencies: [visit] }, {}, answer as () => null);
    await using client = await TestClient.open(app, { redirects: false });
    const response = await client.get("/");
    assert.is(response.status, status);
    assert.equal(pairs(response), ["visit=1"]);
    assert.is(response.headers.get("x-visit"), "1");
    assert.equal(log.messages, status === 500 ? ["GET / failed"] : []);
  });
}

test("a cookie that a dependency set is on a 422, and on a 500 of another dependency", async () => {
  const failing = dependency({ visit }, () => {
    throw new Error("bug");
  });
  const { app } = createApp();
  app.get("/invalid", { dependencies: [visit] }, { limit: Query(z.number()) }, () => "never");
  app.get("/failing", { failing }, () => "never");
  await using client = await TestClient.open(app);
  const [invalid, failed] = [await client.get("/invalid"), await client.get("/failing")];
  assert.equal([invalid.status, pairs(invalid)], [422, ["visit=1"]]);
  assert.equal([failed.status, pairs(failed)], [500, ["visit=1"]]);
});

test("of two cookies with one name, domain, path and partition the later one is sent, once; others are others", async () => {
  const { app } = createApp();
  app.get("/", { visit, response: Response }, ({ response }) => {
    response.setCookie("visit", "2");
    response.setCookie("visit", "elsewhere", { path: "/elsewhere" });
    response.setCookie("visit", "parted", { secure: true, partitioned: true });
    response.setCookie("visit", "domain", { domain: "example.com" });
    response.deleteCookie("visit");
    response.setCookie("visit", "3");
  });
  await using client = await TestClient.open(app);
  assert.equal(pairs(await client.get("/")), ["visit=elsewhere", "visit=parted", "visit=domain", "visit=3"]);
});

test("a cookie on the returned response counts as the latest, whenever it was set", async () => {
  const { app } = createApp();
  app.get("/", { response: Response }, ({ response }) => {
    const returned = new JSONResponse({});
    returned.setCookie("theme", "returned");
    response.setCookie("theme", "injected");
    response.setCookie("other", "kept");
    return returned;
  });
  app.get("/web", { response: Response }, ({ response }) => {
    response.setCookie("theme", "injected");
    const headers = new globalThis.Headers([
      ["set-cookie", "theme=web; Path=/"],
      ["set-cookie", "more=1, 2"],
    ]);
    return new globalThis.Response("", { headers });
  });
  await using client = await TestClient.open(app);
  assert.equal(pairs(await client.get("/")), ["other=kept", "theme=returned"]);
  assert.equal(pairs(await client.get("/web")), ["theme=web", "more=1, 2"]);
});

test("reading a cookie never sends it", async () => {
  const { app } = createApp();
  app.get("/", { theme: Cookie("theme"), response: Response, request: Request }, ({ theme, response, request }) => {
    for (const _ of response.cookies) assert.unreachable();
    return [theme, request.cookies.get("theme"), response.hasCookies];
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/", { cookies: { theme: "dark" } });
  assert.equal([response.json(), pairs(response)], [["dark", "dark", false], []]);
});

test("a constant response that is returned or thrown for many requests never keeps another user's cookie", async () => {
  const constant = new JSONResponse("the same for all");
  const redirect = new RedirectResponse("/login");
  const { app } = createApp();
  app.get("/returned", { dependencies: [visit] }, {}, () => constant);
  app.get("/thrown", { dependencies: [visit] }, {}, () => {
    throw redirect;
  });
  app.get("/alone", () => constant);
  await using client = await TestClient.open(app, { redirects: false });
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const path = n % 2 === 0 ? "returned" : "thrown";
      const response = await client.get(`/${path}?n=${n}`);
      return pairs(response).join() === `visit=${n}` && response.headers.get("x-visit") === String(n);
    }),
  );
  assert.ok(answers.every(Boolean));
  const alone = await client.get("/alone");
  assert.equal([pairs(alone), alone.headers.get("x-visit")], [[], null]);
  assert.equal([constant.hasCookies, constant.hasHeaders, redirect.hasCookies], [false, false, false]);
});

test("headers of the injected response are merged, those of the returned one win, and Vary is united", async () => {
  const { app } = createApp();
  app.get("/", { response: Response }, ({ response }) => {
    response.headers.set("x-both", "injected").set("x-injected", "1").set("vary", "Cookie").set("cache-control", "no-store");
    response.headers.set("content-type", "text/html");
    return new JSONResponse({}, { headers: { "x-both": "returned", vary: "Accept" } });
  });
  await using client = await TestClient.open(app);
  const { headers } = await client.get("/");
  const names = ["x-both", "x-injected", "vary", "cache-control", "content-type"];
  assert.equal(
    names.map((name) => headers.get(name)),
    ["returned", "1", "Accept, Cookie", "no-store", "application/json"],
  );
});

test("the status of the injected response is that of a plain value, and of no returned or thrown response", async () => {
  const { app } = createApp();
  const accepted = dependency({ response: Response }, ({ response }) => {
    response.status = 202;
  });
  app.get("/plain", { dependencies: [accepted] }, {}, () => "x");
  app.get("/returned", { dependencies: [accepted] }, {}, () => new JSONResponse("x"));
  app.get("/thrown", { dependencies: [accepted] }, {}, () => {
    throw new HTTPException(404);
  });
  app.get("/own", { status: 201 }, { response: Response }, ({ response }) => response.status);
  await using client = await TestClient.open(app);
  const statuses = await Promise.all(["plain", "returned", "thrown"].map(async (path) => (await client.get(`/${path}`)).status));
  assert.equal(statuses, [202, 200, 404]);
  const own = await client.get("/own");
  assert.equal([own.status, own.json()], [201, 201], "it begins with the route's own");
});

test("what was said about how long a page stays fresh is not said about an error, nor about a thrown redirect", async () => {
  const cached = dependency({ response: Response }, ({ response }) => {
    response.headers
      .set("cache-control", "public, max-age=3600")
      .set("etag", '"1"')
      .set("expires", "0")
      .set("last-modified", "0");
    response.headers.set("content-language", "fr").set("content-security-policy", "default-src 'self'").set("x-request-id", "7");
    response.setCookie("kept", "1");
  });
  const { app } = createApp();
  app.get("/page", { dependencies: [cached] }, {}, () => "page");
  app.get("/error", { dependencies: [cached] }, {}, () => {
    throw new HTTPException(503);
  });
  app.get("/invalid", { dependencies: [cached] }, { limit: Query(z.number()) }, () => "never");
  app.get("/login", { dependencies: [cached] }, {}, () => {
    throw new RedirectResponse("/login-page");
  });
  app.get("/same", { dependencies: [cached] }, {}, () => {
    throw new Response(null, { status: 304 });
  });
  await using client = await TestClient.open(app, { redirects: false });
  const about = async (path: string) => {
    const response = await client.get(path);
    const names = ["cache-control", "etag", "expires", "last-modified", "content-language"];
    assert.is(response.headers.get("content-security-policy"), "default-src 'self'");
    assert.is(response.headers.get("x-request-id"), "7");
    assert.equal(pairs(response), ["kept=1"]);
    // it sets a cookie, and so is private where it says nothing of caches itself
    return names.filter((name) => (response.headers.get(name) ?? "private") !== "private").length;
  };
  assert.equal([await about("/page"), await about("/error"), await about("/invalid"), await about("/login")], [5, 0, 0, 0]);
  assert.is(await about("/same"), 5, "a 304 is about the page itself");
});

test("an error's own headers are its own, freshness included", async () => {
  const { app } = createApp();
  app.get("/", { response: Response }, ({ response }) => {
    response.headers.set("cache-control", "public");
    throw new HTTPException(404, undefined, { "cache-control": "max-age=5" });
  });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).headers.get("cache-control"), "max-age=5");
});

test("the injected response itself may be returned and thrown", async () => {
  const { app } = createApp();
  app.get("/returned", { response: Response }, ({ response }) => {
    response.status = 204;
    return response.setCookie("a", "1");
  });
  app.get("/thrown", { response: Response }, ({ response }) => {
    response.headers.set("cache-control", "no-store");
    response.body = "I am the answer";
    throw response;
  });
  await using client = await TestClient.open(app);
  const returned = await client.get("/returned");
  assert.equal([returned.status, pairs(returned)], [204, ["a=1"]]);
  const thrown = await client.get("/thrown");
  assert.equal([thrown.text(), thrown.headers.get("cache-control")], ["I am the answer", "no-store"]);
});

test.run();
