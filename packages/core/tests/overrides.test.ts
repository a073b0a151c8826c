import { bind, dependency, Injectable } from "@madeleine/di";
import { App, Controller, Cookie, Depends, Get } from "@madeleine/core";
import { Request } from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createApp } from "./harness.ts";

const CurrentUser = dependency({ id: Cookie("id") }, ({ id }): { name: string } | undefined =>
  id === undefined ? undefined : { name: id },
);

test("a value, a function, a generator, a dependency and a class may stand for another", async () => {
  const other = dependency({}, () => ({ name: "dependency" }));
  class User {
    constructor(@Cookie() readonly name: string | undefined) {}
  }
  const { app } = createApp();
  app.get("/", { user: CurrentUser }, ({ user }) => user?.name ?? null);
  await using client = await TestClient.open(app);
  const name = async () => (await client.get("/", { headers: { cookie: "id=cookie; name=class" } })).json<string | null>();
  for (const [by, expected] of [
    [{ name: "value" }, "value"],
    [undefined, null],
    [() => ({ name: "function" }), "function"],
    [async () => ({ name: "async" }), "async"],
    [
      function* () {
        yield { name: "generator" };
      },
      "generator",
    ],
    [other, "dependency"],
    [User, "class"],
  ] as const) {
    using _ = app.override(CurrentUser, by as never);
    assert.is(await name(), expected);
  }
  assert.is(await name(), "cookie");
});

test("what a function makes lives as long as what it replaces, so that what holds a pool may hold a fake one", async () => {
  @Injectable({ scope: "app" })
  class Pool {
    name = "real";
  }
  @Injectable({ scope: "app" })
  class Store {
    constructor(readonly pool: Pool) {}
  }
  let made = 0;
  const { app } = createApp();
  using _ = app.override(Pool, () => ({ name: `fake ${(made += 1)}` }));
  app.get("/", { store: Store, pool: Pool }, ({ store, pool }) => [store.pool.name, pool.name]);
  await using client = await TestClient.open(app);
  await client.get("/");
  assert.equal((await client.get("/")).json(), ["fake 1", "fake 1"]);
});

test("a class of the request that is replaced by a function is made anew for each request", async () => {
  class Filter {
    constructor(@Cookie() readonly id: string | undefined) {}
  }
  let made = 0;
  const { app } = createApp();
  using _ = app.override(Filter, () => ({ id: `${(made += 1)}` }));
  app.get("/", { filter: Filter }, ({ filter }) => filter.id ?? null);
  await using client = await TestClient.open(app);
  assert.equal([(await client.get("/")).json(), (await client.get("/")).json()], ["1", "2"]);
});

test("DI-08: two applications in one process share neither values nor overrides nor what is bound", async () => {
  abstract class Clock {
    abstract now(): string;
  }
  @Injectable({ scope: "app" })
  class Summer implements Clock {
    now = () => "summer";
  }
  @Injectable({ scope: "app" })
  class Winter implements Clock {
    now = () => "winter";
  }
  let made = 0;
  const counter = dependency({}, () => (made += 1), { scope: "app" });
  @Controller()
  class Report {
    @Get("/")
    read(@Depends(Clock) clock: Clock, @counter() count: number, @CurrentUser() user: { name: string } | undefined) {
      return [clock.now(), count, user?.name ?? null];
    }
  }
  const one = new App({ controllers: [Report], provide: [bind(Clock, Summer)] });
  const other = new App({ controllers: [Report], provide: [bind(Clock, Winter)] });
  using _ = one.override(CurrentUser, { name: "alice" });
  await using first = await TestClient.open(one);
  await using second = await TestClient.open(other);
  assert.equal((await first.get("/")).json(), ["summer", 1, "alice"]);
  assert.equal((await second.get("/")).json(), ["winter", 2, null]);
});

test("the generator behind Depends(fn) is known, and so is a method that is named class", async () => {
  async function* early(_: Request) {
    yield 1;
  }
  const late = dependency(
    { early: Depends(early) },
    function* () {
      yield 1;
    },
    { until: "response", name: "late" },
  );
  const { app } = createApp();
  app.get("/", { late }, () => 1);
  let message = "";
  await app.boot().catch((error: Error) => (message = error.message));
  assert.match(message, /late lives until the response was sent, and needs early, which ends when the handler has returned/);
  const { app: sound } = createApp();
  const names = {
    class(request: Request) {
      return request.path;
    },
  };
  sound.get("/path", { path: Depends(names.class) }, ({ path }) => path);
  await using client = await TestClient.open(sound);
  assert.is((await client.get("/path")).json(), "/path");
});

test("an override of what nothing asks for is warned of once, with where it stands and what it may be", async () => {
  const role = (name: string) => dependency({}, () => name, { name: "role" });
  const admin = role("admin");
  const { app, log } = createApp();
  app.get("/", { admin }, ({ admin }) => admin);
  using _ = app.override(role("admin"), () => "early");
  await using client = await TestClient.open(app);
  const told = () => log.entries.filter(({ details }) => details["code"] === "UNUSED_OVERRIDE");
  assert.is(told().length, 1, "at boot");
  assert.match(told()[0]!.message, "app.override(role, …) changes no route of Madeleine application: none asks for role");
  assert.match(String(told()[0]!.details["where"]), /overrides\.test\.ts:\d+:\d+/);
  assert.match(String(told()[0]!.details["mend"]), "keep it in a const");
  using __ = app.override(role("admin"), () => "late");
  assert.is(told().length, 2, "after boot, and the first one is not told again");
  using ___ = app.override(admin, () => "used");
  assert.is(told().length, 2);
  assert.is((await client.get("/")).json(), "used");
});

test("an override that another one hides, one of a guard and one of a bound class are not warned of", async () => {
  abstract class Users {
    abstract name: string;
  }
  @Injectable({ scope: "app" })
  class PgUsers extends Users {
    name = "pg";
  }
  const guard = dependency({}, () => 1, { name: "guard" });
  const repository = dependency({ users: Users }, ({ users }) => users.name, { name: "repository" });
  const { app, log } = createApp({ provide: [bind(Users, PgUsers)], dependencies: [guard] });
  app.get("/", { repository }, ({ repository }) => repository);
  using _ = app.override(Users, { name: "hidden" });
  using __ = app.override(repository, () => "fake");
  using ___ = app.override(guard, () => 2);
  using ____ = app.override(PgUsers, { name: "of the binding" });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).json(), "fake");
  assert.equal(log.messages, []);
});

test.run();
