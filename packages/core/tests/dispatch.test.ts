import { dependency } from "@madeleine/di";
import { HTTPException } from "@madeleine/http";
import { Controller, Get, Path } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createApp, withstand } from "./harness.ts";

test("an unknown path is 404 with a JSON detail", async () => {
  const { app, log } = createApp();
  await using client = await TestClient.open(app);
  const response = await client.get("/nowhere");
  assert.equal(
    [response.status, response.text(), response.headers.get("content-type")],
    [404, '{"detail":"Not Found"}', "application/json"],
  );
  assert.equal(log.messages, []);
});

test("a wrong method is 405 with a JSON detail, and Allow is the union of all routes that match (RFC 9110 §15.5.6)", async () => {
  const { app } = createApp();
  app.get("/users/me", () => "me");
  app.put("/users/:id", { id: Path() }, ({ id }) => id);
  app.delete("/users/*path", { path: Path() }, ({ path }) => path);
  await using client = await TestClient.open(app);
  const response = await client.post("/users/me");
  assert.equal([response.status, response.text()], [405, '{"detail":"Method Not Allowed"}']);
  assert.equal(response.headers.get("allow")?.split(", ").sort(), ["DELETE", "GET", "HEAD", "PUT"]);
});

test("TRACE is 405, and echoes nothing", async () => {
  const { app } = createApp();
  await withstand(app, async (client) => {
    const answer = await client.fetchRaw("TRACE /canary HTTP/1.1\r\nHost: a\r\nCookie: secret=1\r\n\r\n");
    assert.match(answer, /^HTTP\/1.1 405 /);
    assert.not.match(answer, /secret/);
  });
});

test("when only the other form of a trailing slash has a route, the answer is a relative 307 that keeps the query", async () => {
  const { app } = createApp();
  app.get("/without", () => "without");
  app.post("/with/", () => "with");
  await using client = await TestClient.open(app, { redirects: false });
  const there = await client.get("/without/?a=1&b=//evil");
  assert.equal([there.status, there.headers.get("location")], [307, "/without?a=1&b=//evil"]);
  assert.is((await client.post("/with")).headers.get("location"), "/with/");
  assert.is((await client.post("/with", { redirect: "follow" })).json(), "with");
});

test("a wrong method on the other form of a slash is 405, not a redirect", async () => {
  const { app } = createApp();
  app.get("/items/", () => "x");
  await using client = await TestClient.open(app, { redirects: false });
  const response = await client.delete("/items");
  assert.equal([response.status, response.headers.get("allow")], [405, "GET, HEAD"]);
});

test("HD-11 no redirect of a slash leads to another host", async () => {
  const { app } = createApp();
  app.get("/*path", { path: Path() }, ({ path }) => path);
  app.get("/a/:b", { b: Path() }, ({ b }) => b);
  await withstand(app, async (client) => {
    for (const target of [
      "//evil.com/",
      "//evil.com",
      "/%5Cevil.com/",
      "/\\evil.com/",
      "///evil.com/",
      "/a//evil.com/",
      "/a/%2F%2Fevil.com/",
      "/a/\\evil/",
    ]) {
      const answer = await client.fetchRaw(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);
      assert.match(answer, /^HTTP\/1.1 (?:200|307|400|404) /, target);
      assert.not.match(answer, /location: (?:\/\/|\/\\)/i, target);
    }
  });
});

test("PA-01 malformed percent-encoding in a path is 400", async () => {
  const { app, log } = createApp();
  app.get("/u/:id", { id: Path() }, ({ id }) => id);
  await withstand(app, async (client) => {
    for (const path of ["/u/%zz", "/u/%E0%A4%A", "/u/%", "/%ff"]) {
      const response = await client.get(path);
      assert.equal([response.status, response.text()], [400, '{"detail":"Malformed percent-encoding in the path"}'], path);
    }
  });
  assert.equal(log.messages, []);
});

test("PA-02 PA-03 no spelling of a path reaches a handler without its guard", async () => {
  const guard = dependency({}, () => {
    throw new HTTPException(401);
  });
  const { app } = createApp();
  app.get("/admin", { dependencies: [guard] }, {}, () => "secret");
  app.get("/admin/x", { dependencies: [guard] }, {}, () => "secret");
  await withstand(app, async (client) => {
    const targets = [
      "/%61dmin",
      "//admin",
      "/admin//x",
      "/./admin",
      "/x/../admin",
      "/admin/",
      "/admin/.",
      "/admin%2Fx",
      "/ADMIN",
      "/admin%5Cx",
      "http://a/admin",
    ];
    for (const target of targets) {
      const answer = await client.fetchRaw(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);
      assert.match(answer, /^HTTP\/1.1 (?:307|400|401|404) /, target);
      assert.not.match(answer, /secret/, target);
    }
  });
});

test("PA-14 names of Object.prototype are paths like any other", async () => {
  const { app } = createApp();
  await withstand(app, async (client) => {
    for (const path of ["/__proto__", "/constructor", "/toString", "/hasOwnProperty"])
      assert.is((await client.get(path)).status, 404);
  });
});

test("DX-04 a path with markup comes back in no answer", async () => {
  const { app } = createApp();
  await withstand(app, async (client) => {
    const answer = await client.fetchRaw("GET /<script> HTTP/1.1\r\nHost: a\r\n\r\n");
    assert.not.match(answer, /<script>/);
  });
});

test("a route under a prefix whose path is / or nothing is the prefix itself", async () => {
  @Controller("/items")
  class Items {
    @Get()
    list() {
      return "list";
    }
  }
  @Controller("/users")
  class Users {
    @Get("/")
    list() {
      return "users";
    }
  }
  const { app } = createApp({ controllers: [Items, Users] });
  await using client = await TestClient.open(app, { redirects: false });
  assert.equal([(await client.get("/items")).json(), (await client.get("/users")).json()], ["list", "users"]);
  assert.is((await client.get("/items/")).headers.get("location"), "/items");
});

test.run();
