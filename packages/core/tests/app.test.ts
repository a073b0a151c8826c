import { bind, dependency, Injectable, later } from "@madeleine/di";
import { Request } from "@madeleine/http";
import { App, BootError, Controller, Cookie, Depends, Get, ListenError, Path, Query } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { captureStderr, createApp, Log, until } from "./harness.ts";

const quiet = { port: 0, host: "127.0.0.1", signals: false, quiet: true };

async function errorOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => assert.unreachable("it went well") as never,
    (error: Error) => error,
  );
}

test("the function form: a handler, needs and a handler, options, needs and a handler", async () => {
  const { app } = createApp();
  app.get("/health", () => "ok");
  app.get("/items/:id", { id: Path(z.number().int()), q: Query() }, ({ id, q }) => ({ id, q: q ?? null }));
  app.post("/items", { status: 201, name: "make an item" }, { q: Query("q") }, async ({ q }) => q ?? null);
  for (const method of ["put", "patch", "delete", "options"] as const) app[method]("/all", () => method);
  await using client = await TestClient.open(app);
  assert.is((await client.get("/health")).json(), "ok");
  assert.equal((await client.get("/items/7?q=tea")).json(), { id: 7, q: "tea" });
  const made = await client.post("/items?q=x");
  assert.equal([made.status, made.json()], [201, "x"]);
  for (const method of ["put", "patch", "delete", "options"] as const) assert.is((await client[method]("/all")).json(), method);
});

test("a route that is added after the application began to boot is an error that says where it belongs", async () => {
  const { app } = createApp();
  const booting = app.boot();
  assert.throws(
    () => app.get("/late", () => "x"),
    /^app\.get\("\/late"\) came after the application began to boot: declare routes before/,
  );
  await booting;
  assert.throws(() => app.post("/late", () => "x"), /app\.post/);
  await app.close();
});

/** A class that lives as long as the application, and tells what becomes of it. */
function createPool(events: string[]) {
  @Injectable({ scope: "app" })
  class Pool {
    constructor() {
      events.push("made");
    }
    name(): string {
      return "pool";
    }
    async [Symbol.asyncDispose](): Promise<void> {
      events.push("disposed");
    }
  }
  return Pool;
}

test("what lives as long as the application is made once, before the port opens, and disposed of at close; then it can boot again", async () => {
  const events: string[] = [];
  const Pool = createPool(events);
  const { app } = createApp();
  app.get("/", { pool: Pool }, ({ pool }) => pool.name());
  await app.boot();
  assert.equal(events, ["made"]);
  assert.is(app.url, undefined);
  for (const round of [1, 2]) {
    await app.listen(quiet);
    assert.is(await (await fetch(app.url!)).json(), "pool");
    await app.close();
    assert.equal(events.splice(0), ["made", "disposed"], `round ${round}`);
  }
});

test("a boot that fails half-way tears down what it made, and the next one begins anew", async () => {
  const events: string[] = [];
  let fails = true;
  const Pool = createPool(events);
  const failing = dependency(
    { pool: Pool },
    async function* () {
      if (fails) throw new Error("the database is down");
      yield "up";
      events.push("unwound");
    },
    { scope: "app" },
  );
  const { app } = createApp();
  app.get("/", { failing }, ({ failing }) => failing);
  assert.is((await errorOf(app.listen(quiet))).message, "the database is down");
  assert.equal(events.splice(0), ["made", "disposed"]);
  assert.is(app.url, undefined);
  fails = false;
  await app.listen(quiet);
  assert.is(await (await fetch(app.url!)).json(), "up");
  await app.close();
  assert.equal(events, ["made", "unwound", "disposed"]);
});

test("boot and listen may be called while the application boots; a second listen is an error", async () => {
  const events: string[] = [];
  const { app } = createApp();
  app.get("/", { pool: createPool(events) }, () => "x");
  await Promise.all([app.boot(), app.listen(quiet), app.boot()]);
  assert.equal(events, ["made"]);
  assert.match((await errorOf(app.listen(quiet))).message, /is listening already, on http:\/\/127\.0\.0\.1:\d+$/);
  await app.close();
  const [first, second] = [app.listen(quiet), app.listen(quiet)];
  assert.match((await errorOf(second)).message, /is listening already$/);
  await first;
  await app.close();
});

test("close may be called twice, before anything has begun, and while the application boots", async () => {
  const events: string[] = [];
  const { app } = createApp();
  app.get("/", { pool: createPool(events) }, () => "x");
  await Promise.all([app.close(), app.close()]);
  const opening = app.listen(quiet);
  await app.close();
  await opening;
  assert.equal([app.url, ...events.splice(0)], [undefined, "made", "disposed"]);
  await app.listen(quiet);
  const { url } = app;
  await Promise.all([app.close(), app.close()]);
  assert.equal(events, ["made", "disposed"]);
  assert.is(await fetch(url!).catch(() => "refused"), "refused");
});

test("listen while the application closes opens it again afterwards", async () => {
  const events: string[] = [];
  const { app } = createApp();
  app.get("/", { pool: createPool(events) }, ({ pool }) => pool.name());
  await app.listen(quiet);
  await Promise.all([app.close(), app.listen(quiet)]);
  assert.equal(events, ["made", "disposed", "made"]);
  assert.is(await (await fetch(app.url!)).json(), "pool");
  await app.close();
});

test("close closes what was opened again while the application closed, too", async () => {
  const events: string[] = [];
  const { app } = createApp();
  app.get("/", { pool: createPool(events) }, ({ pool }) => pool.name());
  await app.listen(quiet);
  const closing = app.close();
  const opening = app.listen(quiet);
  await app.close();
  assert.is(app.url, undefined);
  assert.equal(events, ["made", "disposed", "made", "disposed"]);
  await Promise.all([closing, opening, app.boot(), app.close(), app.listen(quiet)]);
  assert.is(await (await fetch(app.url!)).json(), "pool");
  await app.close();
  assert.equal(events.slice(4), ["made", "disposed", "made", "disposed"]);
});

test("nothing is torn down while a request still uses it, whoever calls close, and how often", async () => {
  const events: string[] = [];
  const { app } = createApp();
  app.get("/", { pool: createPool(events), app: App }, async ({ pool, app }) => {
    const closing = [app.close(), app.close()]; // not awaited: it waits for this answer
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.is(closing.length, 2);
    events.push("answered");
    return pool.name();
  });
  await app.listen(quiet);
  const { url } = app;
  const response = await fetch(url!);
  assert.equal([await response.json(), response.headers.get("connection")], ["pool", "close"]);
  await app.close();
  assert.equal(events, ["made", "answered", "disposed"]);
});

test("every tear-down runs, and close tells what they threw", async () => {
  const events: string[] = [];
  const broken = (name: string) =>
    dependency(
      {},
      function* () {
        try {
          yield name;
        } finally {
          events.push(name);
        }
        throw new Error(name);
      },
      { scope: "app" },
    );
  const { app } = createApp();
  app.get("/", { first: broken("first"), second: broken("second") }, () => "x");
  await app.boot();
  assert.match((await errorOf(app.close())).message, /first|second/);
  assert.is(events.length, 2);
  await app.close();
});

test("DI-08 an override holds in its application, before and after boot, until using ends it", async () => {
  const user = dependency({ name: Cookie("user") }, ({ name }) => name ?? "nobody");
  const { app } = createApp();
  app.get("/", { user }, ({ user }) => user);
  const { app: other } = createApp();
  other.get("/", { user }, ({ user }) => user);
  const ask = async (client: TestClient) => (await client.get("/")).json();
  {
    using _ = app.override(user, () => "early");
    await using client = await TestClient.open(app);
    await using elsewhere = await TestClient.open(other);
    assert.equal([await ask(client), await ask(elsewhere)], ["early", "nobody"]);
    {
      using _ = app.override(user, async () => "late");
      assert.is(await ask(client), "late");
    }
    assert.is(await ask(client), "early");
  }
  await using client = await TestClient.open(app);
  assert.is(await ask(client), "nobody");
});

test("of several overrides the latest counts, in whatever order they end, and ending one twice is nothing", async () => {
  const value = dependency({}, () => "real");
  const { app } = createApp();
  app.get("/", { value }, ({ value }) => value);
  await using client = await TestClient.open(app);
  const ask = async () => (await client.get("/")).json();
  const first = app.override(value, () => "first");
  const second = app.override(value, () => "second");
  assert.is(await ask(), "second");
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  assert.is(await ask(), "second");
  second[Symbol.dispose]();
  assert.is(await ask(), "real");
});

test("an override that is set while the application boots holds", async () => {
  let isBooting = false;
  let goOn = (): void => {};
  const made = new Promise<string>((resolve) => (goOn = () => resolve("slow")));
  const slow = dependency({}, () => ((isBooting = true), made), { scope: "app" });
  const value = dependency({}, () => "real");
  const { app } = createApp();
  app.get("/", { value, slow }, ({ value }) => value);
  const opening = TestClient.open(app);
  await until(() => isBooting);
  using _ = app.override(value, () => "mine");
  goOn();
  await using client = await opening;
  assert.is((await client.get("/")).json(), "mine");
});

test("an override of what lives as long as the application makes anew only what it reaches, and what it made is disposed of", async () => {
  const events: string[] = [];
  const Pool = createPool(events);
  @Injectable({ scope: "app" })
  class Repository {
    constructor(@Depends(Pool) readonly pool: { name(): string }) {
      events.push("repository");
    }
  }
  @Injectable({ scope: "app" })
  class FakePool {
    name = () => "fake";
    [Symbol.dispose]() {
      events.push("fake disposed");
    }
  }
  const { app } = createApp();
  app.get("/", { repository: Repository, pool: Pool }, ({ repository }) => repository.pool.name());
  {
    await using client = await TestClient.open(app);
    assert.equal(events.splice(0), ["made", "repository"]);
    {
      using _ = app.override(Pool, FakePool as never);
      assert.is((await client.get("/")).json(), "fake");
      assert.equal(events.splice(0), ["repository"]);
    }
    assert.is((await client.get("/")).json(), "pool");
    assert.equal(events.splice(0), []);
  }
  assert.equal(events, ["fake disposed", "disposed"]);
});

test("an override that does not fit is a BootError, and the application goes on as it was", async () => {
  @Injectable({ scope: "app" })
  class Clock {
    now = () => "real";
  }
  const report = dependency({ clock: Clock }, ({ clock }) => clock.now(), { scope: "app" });
  const ofRequest = dependency({ request: Request }, () => ({ now: () => "of the request" }));
  const { app } = createApp();
  app.get("/", { report }, ({ report }) => report);
  await using client = await TestClient.open(app);
  assert.throws(() => app.override(Clock, ofRequest), /lives as long as the application, and needs .* which is of one request/);
  assert.is((await client.get("/")).json(), "real");
  assert.throws(() => app.override(7 as never, () => "x"), /only a dependency or a class can be replaced/);
});

test("provide binds a class to what stands for it; a class that is declared later is asked for by later", async () => {
  abstract class Repository {
    abstract find(): string;
  }
  @Controller()
  class Items {
    constructor(@Depends(Repository) readonly items: Repository) {}
    @Get("/")
    list(@later(() => Later) value: { text: string }) {
      return [this.items.find(), value.text];
    }
  }
  @Injectable({ scope: "app" })
  class Later {
    text = "later";
  }
  @Injectable({ scope: "app" })
  class PgRepository extends Repository {
    find() {
      return "postgres";
    }
  }
  const { app } = createApp({ controllers: [Items], provide: [bind(Repository, PgRepository)] });
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/")).json(), ["postgres", "later"]);
});

test("a port in use is a ListenError; the application has booted, and may listen elsewhere", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  const { app } = createApp();
  const text = await captureStderr(async () => {
    const error = await errorOf(app.listen({ ...quiet, port }));
    assert.instance(error, ListenError);
    assert.is((error as ListenError).code, "EADDRINUSE");
    await app.listen(quiet);
  });
  assert.is(text, "");
  assert.is(await (await fetch(`${app.url}/canary`)).json(), "alive");
  await app.close();
  other.close();
});

test("BootError tells its problems as data, too", async () => {
  const app = new App({ controllers: [class Nothing {}], logger: new Log() });
  const error = await errorOf(app.boot());
  assert.instance(error, BootError);
  assert.equal(JSON.parse(JSON.stringify(error)).problems[0].code, "NOT_A_CONTROLLER");
  assert.not.match(error.stack ?? "", /\n +at /);
  assert.instance(await errorOf(app.boot()), BootError, "again");
});

test.run();
