import { HTTPException, RedirectResponse } from "@madeleine/http";
import { defineSession, type CookieStore, type SessionStore } from "@madeleine/session";
import { Query } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, secret, setClock, type Log } from "./harness.ts";

const Data = z.object({
  username: z.string().optional(),
  count: z.number().default(0),
  items: z.array(z.object({ id: z.int() })).default([]),
});

interface Options {
  readonly rolling?: boolean;
  readonly absoluteMaxAge?: number;
}

interface Shop extends AsyncDisposable {
  readonly client: TestClient;
  readonly log: Log;
  /** What a page of the session says. */
  read(cookies?: Record<string, string>): Promise<{ username?: string; count: number; isNew: boolean }>;
}

async function openShop(store: SessionStore | CookieStore, options: Options = {}): Promise<Shop> {
  const { app, log } = createApp({ secrets: [secret] });
  const Login = defineSession({ cookie: "sid", data: Data, maxAge: 1800, store, ...options });
  app.get("/read", { session: Login }, ({ session }) => ({ ...session.data, isNew: session.isNew }));
  app.get("/ignore", { session: Login }, () => "read nothing");
  app.get("/id", { session: Login }, ({ session }) => session.id);
  app.get("/count", { session: Login }, ({ session }) => ++session.data.count);
  app.get("/add", { session: Login }, ({ session }) => session.data.items.push({ id: 1 }));
  app.get("/deep", { session: Login }, ({ session }) => {
    for (const item of session.data.items) item.id = 2;
    return session.data.items;
  });
  app.get("/same", { session: Login }, ({ session }) => {
    session.data = { ...session.data, items: session.data.items.map((item) => ({ ...item })) };
    return null;
  });
  app.post("/login", { session: Login, name: Query(z.string()) }, async ({ session, name }) => {
    await session.regenerate();
    session.data.username = name;
    return session.id;
  });
  app.post("/logout", { session: Login }, async ({ session }) => {
    await session.destroy();
    return null;
  });
  app.post("/leave", { session: Login }, ({ session }) => {
    void session.destroy();
    return null;
  });
  app.post("/bye", { session: Login }, async ({ session }) => {
    await session.destroy();
    session.flash("notice", "Goodbye.");
    return null;
  });
  app.get("/flashes", { session: Login }, ({ session }) => session.flashes());
  app.post("/remember", { session: Login, seconds: Query(z.number()) }, ({ session, seconds }) => {
    session.rememberFor(seconds);
    return null;
  });
  app.get("/throw", { session: Login, kind: Query(z.string()) }, ({ session, kind }): null => {
    session.data.username = kind;
    if (kind === "redirect") throw new RedirectResponse("/read");
    if (kind !== "bug") throw new HTTPException(Number(kind));
    throw new Error("a bug");
  });
  const client = await TestClient.open(app);
  const read = async (cookies?: Record<string, string>) =>
    (await client.get("/read", cookies === undefined ? {} : { cookies })).json<Awaited<ReturnType<Shop["read"]>>>();
  return { client, log, read, [Symbol.asyncDispose]: () => client[Symbol.asyncDispose]() };
}

/** What every kind of session does, wherever it is kept. Ends with the suite's `run`. */
export function testSessions(name: string, createStore: () => SessionStore | CookieStore): void {
  const tests = suite(name);
  const test = (title: string, body: (open: (options?: Options) => Promise<Shop>) => Promise<void>): void =>
    tests(`${name}: ${title}`, () => body((options) => openShop(createStore(), options)));

  test("data is kept from one request to the next, and a visitor without the cookie has none of it", async (open) => {
    await using shop = await open();
    assert.equal(await shop.read(), { count: 0, items: [], isNew: true });
    await shop.client.get("/count");
    await shop.client.get("/count");
    assert.equal(await shop.read(), { count: 2, items: [], isNew: false });
    shop.client.cookies.clear();
    assert.equal(await shop.read(), { count: 0, items: [], isNew: true });
  });

  test("the cookie is HttpOnly, SameSite=lax, for the whole path, and ends with the browser", async (open) => {
    await using shop = await open();
    const [cookie] = (await shop.client.get("/count")).cookies;
    assert.equal(
      [cookie?.httpOnly, cookie?.sameSite, cookie?.path, cookie?.secure, cookie?.maxAge],
      [true, "lax", "/", false, undefined],
    );
  });

  test("SE-01: what the client made up is no session, and the first write brings another", async (open) => {
    await using shop = await open();
    const forged = "A".repeat(43);
    const response = await shop.client.get("/count", { cookies: { sid: forged } });
    assert.is(response.json(), 1);
    assert.is.not(response.cookies[0]?.value, forged);
  });

  test("SE-02: a login keeps the data under another id, which stays until the next", async (open) => {
    await using shop = await open();
    await shop.client.get("/count");
    const before = (await shop.client.get("/id")).json();
    const during = (await shop.client.post("/login?name=ada")).json();
    assert.is.not(during, before);
    assert.is((await shop.client.get("/id")).json(), during);
    await shop.client.get("/count");
    assert.is((await shop.client.get("/id")).json(), during);
    assert.equal(await shop.read(), { username: "ada", count: 2, items: [], isNew: false });
  });

  test("SE-04: after logging out the browser has no cookie", async (open) => {
    await using shop = await open();
    await shop.client.post("/login?name=ada");
    await shop.client.post("/logout");
    assert.is(shop.client.cookies.get("sid"), undefined);
    assert.is((await shop.read()).isNew, true);
  });

  test("SE-04: saving waits for an end that the handler has not waited for", async (open) => {
    await using shop = await open();
    await shop.client.post("/login?name=ada");
    await shop.client.post("/leave");
    assert.is(shop.client.cookies.get("sid"), undefined);
    assert.is((await shop.read()).isNew, true);
    assert.equal(shop.log.messages, []);
  });

  test("a session that is ended may begin anew in the same request: a message after logging out, shown once", async (open) => {
    await using shop = await open();
    await shop.client.post("/login?name=ada");
    assert.is((await shop.client.post("/bye")).cookies.length, 1);
    assert.equal((await shop.client.get("/flashes")).json(), [{ key: "notice", value: "Goodbye." }]);
    assert.equal((await shop.client.get("/flashes")).json(), []);
    assert.is((await shop.read()).username, undefined);
  });

  test("SE-05: it ends on the server, whatever the browser still sends", async (open) => {
    await using shop = await open();
    await shop.client.post("/login?name=ada");
    const sid = shop.client.cookies.get("sid")?.value ?? "";
    using clock = setClock(1_740_000); // a minute for a machine that is busy
    assert.is((await shop.read({ sid })).username, "ada");
    clock.shift(61_000);
    assert.is((await shop.read({ sid })).username, undefined);
  });

  test("SE-05: rolling, each use begins the idle time anew, up to the absolute end", async (open) => {
    await using shop = await open({ rolling: true, absoluteMaxAge: 4000 });
    await shop.client.post("/login?name=ada");
    using clock = setClock(1_500_000);
    assert.is((await shop.client.get("/ignore")).status, 200);
    clock.shift(1_500_000);
    assert.is((await shop.read()).username, "ada");
    clock.shift(1_001_000);
    assert.is((await shop.read()).username, undefined);
  });

  test("SE-12: a clock that is set back gives no session a longer life", async (open) => {
    await using shop = await open({ rolling: true, absoluteMaxAge: 7200 });
    await shop.client.post("/login?name=ada");
    using clock = setClock(-3_600_000);
    await shop.read();
    clock.shift(1_801_000);
    assert.is((await shop.read()).username, undefined);
  });

  test("SE-12: nor does a jump ahead that was taken back", async (open) => {
    await using shop = await open();
    await shop.client.post("/login?name=ada");
    using clock = setClock(3_600_000);
    assert.is((await shop.read()).username, undefined);
    clock.shift(-3_600_000);
    await shop.read(); // a database may have dropped the row meanwhile
    clock.shift(1_801_000);
    assert.is((await shop.read()).username, undefined);
  });

  test("rememberFor makes the cookie outlast the browser and the idle time, and a use prolongs both", async (open) => {
    await using shop = await open({ rolling: true });
    await shop.client.post("/login?name=ada");
    await shop.client.post("/remember?seconds=2592000");
    assert.is(shop.client.cookies.get("sid")?.maxAge, 2_592_000);
    using clock = setClock(20 * 86_400_000);
    const response = await shop.client.get("/ignore");
    assert.is(response.cookies[0]?.maxAge, 2_592_000);
    clock.shift(31 * 86_400_000);
    assert.is((await shop.read({ sid: response.cookies[0]!.value })).username, undefined);
  });

  test("rememberFor refuses more than the absolute end", async (open) => {
    await using shop = await open({ absoluteMaxAge: 3600 });
    assert.is((await shop.client.post("/remember?seconds=3601")).status, 500);
    assert.is(shop.log.messages.length, 1);
  });

  test("it is written only when it changed, however deep", async (open) => {
    await using shop = await open();
    const isWritten = async (path: string) => {
      const before = shop.client.cookies.get("sid")?.value;
      const { cookies } = await shop.client.get(path);
      return cookies.length > 0 && cookies[0]?.value !== before;
    };
    assert.is(await isWritten("/add"), true);
    for (const path of ["/same", "/read", "/ignore", "/flashes"]) assert.is(await isWritten(path), false, path);
    await shop.client.get("/deep");
    assert.equal((await shop.client.get("/deep")).json(), [{ id: 2 }]);
    assert.is(await isWritten("/deep"), false);
  });

  test("after an answer that was thrown on purpose changes are kept, after a bug nothing is", async (open) => {
    await using shop = await open();
    await shop.client.post("/login?name=ada");
    const username = async (kind: string) => {
      await shop.client.get("/throw", { query: { kind }, redirect: "manual" });
      return (await shop.read()).username;
    };
    const kinds = ["redirect", "403", "502", "bug"];
    const kept: unknown[] = [];
    for (const kind of kinds) kept.push(await username(kind));
    assert.equal(kept, ["redirect", "403", "403", "403"]);
  });

  test("SE-13: who asks for nothing leaves nothing: neither cookie nor Cache-Control, but Vary: Cookie", async (open) => {
    await using shop = await open();
    const anonymous = await shop.client.get("/read");
    assert.equal(
      [anonymous.cookies.length, anonymous.headers.get("vary"), anonymous.headers.get("cache-control")],
      [0, "Cookie", null],
    );
    const first = await shop.client.get("/count");
    assert.equal([first.headers.get("vary"), first.headers.get("cache-control")], ["Cookie", "private"]);
    assert.is((await shop.client.get("/read")).headers.get("cache-control"), "private");
  });

  test("several distinct cookies of the name, none of them ours, are no session", async (open) => {
    await using shop = await open();
    const response = await shop.client.get("/read", { headers: { cookie: `sid=${"A".repeat(43)}; sid=${"B".repeat(43)}` } });
    assert.is(response.json<{ isNew: boolean }>().isNew, true);
  });

  tests.run();
}
