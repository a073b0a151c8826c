import { dependency } from "@madeleine/di";
import { BootError, Controller, Get, Path, Router } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createApp } from "../harness.ts";

async function problemsOf(app: { boot(): Promise<void> }): Promise<BootError["problems"]> {
  const error = await app.boot().then(
    () => assert.unreachable("it booted") as never,
    (thrown: unknown) => thrown,
  );
  assert.instance(error, BootError);
  return (error as BootError).problems;
}

test("a router has the whole function form, and its prefix is that of all its routes", async () => {
  const users = new Router("/users");
  users.get("/", () => "list");
  users.get("/:id", { id: Path() }, ({ id }) => id);
  for (const method of ["post", "put", "patch", "delete", "options"] as const) users[method]("/all", () => method);
  const { app } = createApp();
  app.include(users);
  await using client = await TestClient.open(app, { redirects: false });
  assert.equal([(await client.get("/users")).json(), (await client.get("/users/7")).json()], ["list", "7"]);
  for (const method of ["post", "put", "patch", "delete", "options"] as const)
    assert.is((await client[method]("/users/all")).json(), method);
  assert.is((await client.get("/users/")).headers.get("location"), "/users");
});

test("a parameter of the prefix is one of every route", async () => {
  const posts = new Router("/users/:userId/posts");
  posts.get("/:postId", { userId: Path(), postId: Path() }, ({ userId, postId }) => `${userId} ${postId}`);
  const { app } = createApp();
  app.include(posts);
  await using client = await TestClient.open(app);
  assert.is((await client.get("/users/a/posts/b")).json(), "a b");
});

test("router-prefix router-nested: prefixes are joined on the way down, and those of includes come first", async () => {
  const inner = new Router("/n");
  inner.get("/b", () => "b");
  const v1 = new Router("/v1");
  v1.get("/a", () => "v1a");
  v1.include(inner);
  const { app } = createApp();
  app.include(v1, { prefix: "/api" });
  await using client = await TestClient.open(app);
  assert.equal([(await client.get("/api/v1/a")).json(), (await client.get("/api/v1/n/b")).json()], ["v1a", "b"]);
});

test("PA-07 guards run in the order app, include, router, controller, route, also where the router is nested", async () => {
  const events: string[] = [];
  const guard = (name: string) => dependency({}, () => void events.push(name));

  @Controller("/c", { dependencies: [guard("controller")] })
  class Items {
    @Get("/", { dependencies: [guard("route")] })
    list() {
      return events.splice(0);
    }
  }
  const inner = new Router("/inner", { dependencies: [guard("inner router")], controllers: [Items] });
  inner.get("/f", { dependencies: [guard("route")] }, {}, () => events.splice(0));
  const outer = new Router("/outer", { dependencies: [guard("outer router")] });
  outer.include(inner, { dependencies: [guard("inner include")] });
  const { app } = createApp({ dependencies: [guard("app")] });
  app.include(outer, { dependencies: [guard("outer include")] });
  await using client = await TestClient.open(app);
  const groups = ["app", "outer include", "outer router", "inner include", "inner router"];
  assert.equal((await client.get("/outer/inner/c")).json(), [...groups, "controller", "route"]);
  assert.equal((await client.get("/outer/inner/f")).json(), [...groups, "route"]);
});

test("one router may be included under two prefixes", async () => {
  @Controller("/c")
  class Shared {
    @Get("/")
    read() {
      return "c";
    }
  }
  const shared = new Router("/s", { controllers: [Shared] });
  shared.get("/f", { name: "shared" }, {}, () => "f");
  const { app } = createApp();
  app.include(shared, { prefix: "/a" }).include(shared, { prefix: "/b" });
  await using client = await TestClient.open(app);
  for (const path of ["/a/s/c", "/b/s/c"]) assert.is((await client.get(path)).json(), "c");
  for (const path of ["/a/s/f", "/b/s/f"]) assert.is((await client.get(path)).json(), "f");
});

test("one router under one prefix twice is a boot error, as any other duplicate", async () => {
  const shared = new Router("/s");
  shared.get("/f", () => "f");
  const { app } = createApp();
  app.include(shared).include(shared);
  assert.equal(
    (await problemsOf(app)).map(({ code }) => code),
    ["DUPLICATE_ROUTE"],
  );
});

test("a router that includes itself, directly or through another one, is a boot error with the mend", async () => {
  const [a, b] = [new Router("/a"), new Router("/b")];
  a.include(b);
  b.include(a);
  const { app } = createApp();
  app.include(a);
  const [problem] = await problemsOf(app);
  assert.is(problem?.code, "ROUTER_IN_ITSELF");
  assert.match(problem?.what ?? "", /^The router "\/a" includes itself/);
  assert.match(problem?.where ?? "", /router\.test\.ts:\d+/);
  assert.match(problem?.mend ?? "", /remove this include/);
});

test("what is declared on a router after its application began to boot is an error that says where it belongs", async () => {
  const [outer, inner] = [new Router("/outer"), new Router("/inner")];
  outer.include(inner);
  const { app } = createApp();
  app.include(outer);
  await app.boot();
  assert.throws(
    () => inner.get("/late", () => "x"),
    /^router\.get\("\/late"\) came after the application began to boot: declare routes before/,
  );
  assert.throws(() => app.include(new Router("/late")), /^app\.include\(router\) came after/);
  assert.throws(() => outer.mount("/late", { fetch: () => new globalThis.Response() }), /^router\.mount\("\/late"\) came after/);
  await app.close();
});

test("a prefix or a path without its slash is a boot error, and not another path", async () => {
  const wrong = new Router<string>("users");
  wrong.get("/a", () => "a");
  const right = new Router<string>("/users");
  right.get("b" as string, () => "b");
  const { app } = createApp();
  app.include(wrong).include(right);
  assert.equal(
    (await problemsOf(app)).map(({ what }) => what),
    ['GET users/a: The path "users/a" does not start with "/".', 'GET b: The path "b" does not start with "/".'],
  );
});

test("an application is not included but mounted, and only a router is included", () => {
  const { app } = createApp();
  assert.throws(() => app.include(createApp().app), /an application is mounted: app\.mount\("\/path", app\)/);
  assert.throws(() => app.include({} as Router), /app\.include\(router, options\) takes a Router/);
  assert.throws(() => new Router(7 as unknown as "/x"), /the prefix is text/);
});

test.run();
