import { BootError, Path, Router } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createApp, withstand } from "./harness.ts";

function createHosts() {
  const { app, log } = createApp();
  const api = new Router("", { host: "api.example.com" });
  api.get("/", () => "api");
  api.post("/only", () => "api");
  const any = new Router("", { host: "*.Example.com" });
  any.get("/", () => "any");
  app.get("/", () => "none");
  app.get("/only", () => "none");
  app.include(api).include(any);
  return { app, log };
}

test("routes of a host come before those of a pattern, and both before those without a host", async () => {
  await withstand(createHosts().app, async (client) => {
    const read = async (host: string) => (await client.get("/", { headers: { host } })).json();
    assert.is(await read("api.example.com"), "api");
    assert.is(await read("API.example.COM:8000"), "api");
    assert.is(await read("www.example.com"), "any");
    assert.is(await read("a.b.example.com"), "any");
    assert.is(await read("localhost"), "none");
  });
});

test("PX-04 a host is compared as text: no pattern, no part of a name, no final dot", async () => {
  await withstand(createHosts().app, async (client) => {
    for (const host of [
      "apiXexample.com",
      "api.example.com.",
      "example.com",
      "xexample.com",
      "api.example.com.evil.com",
      "evil-example.com",
    ])
      assert.is((await client.get("/", { headers: { host } })).json(), "none", host);
  });
});

test("what a host has no route for is looked for among those without one, and a 405 names the methods of both", async () => {
  await withstand(createHosts().app, async (client) => {
    const headers = { host: "api.example.com" };
    assert.is((await client.get("/only", { headers })).json(), "none");
    const refused = await client.delete("/only", { headers });
    assert.equal([refused.status, refused.headers.get("allow")], [405, "POST, GET, HEAD"]);
    assert.is((await client.get("/only/", { headers })).headers.get("location"), "/only");
  });
});

test("a host with a scheme or a port is a boot error with the mend", async () => {
  for (const host of ["https://example.com", "example.com:8000", "*", "*.*.com", ""]) {
    const { app } = createApp();
    app.include(new Router("/x", { host }));
    const error = await app.boot().catch((thrown: unknown) => thrown as BootError);
    assert.instance(error, BootError, host);
    assert.equal(
      (error as BootError).problems.map(({ code }) => code),
      ["NOT_A_HOST"],
      host,
    );
  }
});

test("where slashes are strict, the other form of a path is 404", async () => {
  const { app } = createApp({ trailingSlash: "strict" });
  app.get("/a", () => "a");
  app.get("/b/", () => "b");
  await using client = await TestClient.open(app, { redirects: false });
  assert.equal([(await client.get("/a/")).status, (await client.get("/b")).status], [404, 404]);
  assert.equal([(await client.get("/a")).json(), (await client.get("/b/")).json()], ["a", "b"]);
});

test("where slashes are ignored, both forms of a path are one", async () => {
  const { app } = createApp({ trailingSlash: "ignore" });
  app.get("/a", () => "a");
  app.get("/b/", () => "b");
  app.get("/u/:id", { id: Path() }, ({ id }) => id);
  await using client = await TestClient.open(app, { redirects: false });
  for (const [path, value] of [
    ["/a", "a"],
    ["/a/", "a"],
    ["/b", "b"],
    ["/b/", "b"],
    ["/u/7/", "7"],
  ])
    assert.is((await client.get(path!)).json(), value, path);
  assert.is((await client.get("/a//")).status, 404);
});

test("mount-root-path: behind a proxy that publishes the application under a path, routes are found with and without it", async () => {
  const { app } = createApp({ rootPath: "/api/v1/" });
  const { Request } = await import("@madeleine/http");
  app.get("/app", { request: Request }, ({ request }) => [request.rootPath, request.path, new URL(request.url).pathname]);
  await using client = await TestClient.open(app, { redirects: false });
  for (const path of ["/api/v1/app", "/app"])
    assert.equal((await client.get(path)).json(), ["/api/v1", "/app", "/api/v1/app"], path);
  assert.is((await client.get("/app/?a=1")).headers.get("location"), "/api/v1/app?a=1");
  assert.is((await client.get("/api/v1app")).status, 404);
});

test.run();
