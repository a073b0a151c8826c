// test-timeout: 180
import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { connect } from "node:net";
import { dependency, type Resolved } from "@madeleine/di";
import { HTTPException, RedirectResponse, Request, Response, StreamingResponse } from "@madeleine/http";
import { defineSession, memoryStore } from "@madeleine/session";
import { keyvStore } from "@madeleine/session/keyv";
import { BackgroundTasks, Query } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { Keyv } from "keyv";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, deferred, setClock, until } from "./harness.ts";

const Data = z.object({
  username: z.string().optional(),
  count: z.number().default(0),
  theme: z.string().optional(),
});

interface ShopOptions {
  readonly rolling?: boolean;
  readonly maxAge?: number;
  readonly absoluteMaxAge?: number;
  readonly store?: ReturnType<typeof memoryStore>;
}

function createShop({ store = memoryStore(), ...options }: ShopOptions = {}) {
  const { app, log } = createApp();
  const Login = defineSession({
    cookie: "sid",
    data: Data,
    maxAge: 1800,
    store,
    logger: log,
    user: ({ username }) => username,
    ...options,
  });
  app.get("/read", { session: Login }, ({ session }) => ({ ...session.data, isNew: session.isNew }));
  app.get("/ignore", { session: Login }, () => "read nothing");
  app.get("/count", { session: Login }, ({ session }) => ({ count: ++session.data.count }));
  app.get(
    "/set",
    { session: Login, key: Query(z.enum(["username", "theme"])), to: Query(z.string()) },
    ({ session, key, to }) => {
      session.data[key] = to;
      return { id: session.id };
    },
  );
  app.post("/login", { session: Login, name: Query(z.string()) }, async ({ session, name }) => {
    await session.regenerate();
    session.data.username = name;
    return { id: session.id };
  });
  app.post("/remember", { session: Login, seconds: Query(z.number()) }, ({ session, seconds }) => {
    session.rememberFor(seconds);
    return null;
  });
  app.post("/logout", { session: Login }, async ({ session }) => {
    await session.destroy();
    return null;
  });
  return { app, log, Login, store };
}

const unknownId = "A".repeat(43);

test("SE-01: an id that the client made is never adopted, and the first write brings a new one", async () => {
  const { app, store } = createShop();
  await using client = await TestClient.open(app);
  const response = await client.get("/count", { cookies: { sid: unknownId } });
  assert.equal(response.json(), { count: 1 });
  assert.match(response.cookies[0]?.value ?? "", /^[\w-]{43}$/);
  assert.is.not(response.cookies[0]?.value, unknownId);
  assert.is(store.size, 1);
});

test("SE-02: a login brings a new id, keeps the data, and the old id is dead in the store", async () => {
  const { app, store } = createShop();
  await using client = await TestClient.open(app);
  await client.get("/count");
  const sid = client.cookies.get("sid")?.value ?? "";
  await client.post("/login?name=ada");
  assert.is.not(client.cookies.get("sid")?.value, sid);
  assert.is(store.size, 1);
  assert.equal((await client.get("/read")).json(), { count: 1, username: "ada", isNew: false });
  assert.equal((await client.get("/read", { cookies: { sid } })).json(), { count: 0, isNew: true });
});

test("SE-04: after logging out the cookie is deleted, the row is gone, and a replayed cookie is nobody", async () => {
  const { app, store } = createShop();
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  const sid = client.cookies.get("sid")?.value ?? "";
  await client.post("/logout");
  assert.is(client.cookies.get("sid"), undefined);
  assert.is(store.size, 0);
  assert.equal((await client.get("/read", { cookies: { sid } })).json(), { count: 0, isNew: true });
});

test("the store knows a hash and not the id: whoever reads it cannot log in", async () => {
  const { app, store } = createShop();
  await using client = await TestClient.open(app);
  const { id } = (await client.post("/login?name=ada")).json() as { id: string };
  const sid = client.cookies.get("sid")?.value ?? "";
  assert.ok(await store.read(id));
  assert.is(await store.read(sid), undefined);
  assert.equal((await client.get("/read", { cookies: { sid: id } })).json(), { count: 0, isNew: true });
});

test("rolling: the store is touched at most once in a tenth of the idle time", async () => {
  const { app, store } = createShop({ rolling: true });
  let touches = 0;
  const { touch } = store;
  store.touch = (...words) => (touches++, touch.apply(store, words));
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  for (let i = 0; i < 10; i++) await client.get("/read");
  assert.is(touches, 0);
  using clock = setClock(181_000);
  for (let i = 0; i < 10; i++) await client.get("/read");
  assert.is(touches, 1);
  clock.shift(181_000);
  await client.get("/read");
  assert.is(touches, 2);
});

test("SE-12: a clock that is set back by an hour gives no session a longer life", async () => {
  const { app, store } = createShop({ rolling: true, absoluteMaxAge: 7200 });
  await using client = await TestClient.open(app);
  const { id } = (await client.post("/login?name=ada")).json() as { id: string };
  using clock = setClock(-3_600_000);
  assert.is((await client.get("/read")).json<{ username?: string }>().username, "ada");
  const lifetime = (await store.read(id))!.lifetime;
  assert.ok(lifetime.expiresAt - Date.now() <= 1_800_000);
  assert.ok((lifetime.endsAt ?? 0) - Date.now() <= 7_200_000);
  clock.shift(1_801_000);
  assert.is((await client.get("/read")).json<{ username?: string }>().username, undefined);
});

test("SE-12: a clock that jumps ahead ends sessions, and none of them comes back with it", async () => {
  const { app } = createShop();
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  using clock = setClock(3_600_000);
  assert.is((await client.get("/read")).json<{ username?: string }>().username, undefined);
  clock.shift(-3_600_000);
  assert.is((await client.get("/read")).json<{ username?: string }>().username, "ada", "the jump was the clock's mistake");
});

for (const [what, before, now, minutes] of [
  ["absoluteMaxAge", {}, { absoluteMaxAge: 3600 }, 61],
  ["a shorter absoluteMaxAge", { absoluteMaxAge: 7200 }, { absoluteMaxAge: 3600 }, 61],
  ["absoluteMaxAge, and was to be remembered", {}, { absoluteMaxAge: 3600, isRemembered: true }, 61],
  ["a shorter maxAge", { maxAge: 86_400 }, { maxAge: 3600, isIdle: true }, 61],
] as const) {
  test(`SE-05: a rolling session that began before its definition got ${what} ends by it`, async () => {
    const { isRemembered, isIdle, ...rules } = { isRemembered: false, isIdle: false, ...now };
    const { app: older, store } = createShop({ rolling: true, ...before });
    await using client = await TestClient.open(older);
    await client.post("/login?name=ada");
    if (isRemembered) await client.post("/remember?seconds=86400");
    const { app: newer, Login } = createShop({ rolling: true, store, ...rules });
    await using other = await TestClient.open(newer);
    const sid = client.cookies.get("sid")?.value ?? "";
    const who = async () => (await other.get("/read", { cookies: { sid } })).json<{ username?: string }>().username;
    using clock = setClock(0);
    for (let minute = 1; minute < minutes; minute += 10) {
      if (!isIdle || minute === 1) assert.is(await who(), "ada", `after ${minute} minutes`);
      clock.shift(600_000);
    }
    assert.is(await who(), undefined);
    assert.equal(await Login.listSessions("ada"), []);
  });
}

test("SE-05: a session in use outlives a maxAge that has become shorter, and one that has become longer holds from the next use", async () => {
  for (const [before, now, idleMinutes] of [
    [86_400, 1800, 29],
    [1800, 86_400, 200],
  ] as const) {
    const { app: older, store } = createShop({ rolling: true, maxAge: before });
    await using client = await TestClient.open(older);
    await client.post("/login?name=ada");
    await using other = await TestClient.open(createShop({ rolling: true, maxAge: now, store }).app);
    const sid = client.cookies.get("sid")?.value ?? "";
    using clock = setClock(29 * 60_000);
    for (let uses = 0; uses < 3; uses++) {
      assert.is((await other.get("/read", { cookies: { sid } })).json<{ username?: string }>().username, "ada", `${now} ${uses}`);
      clock.shift(idleMinutes * 60_000);
    }
  }
});

test("SE-06: two requests that change different keys of one session at once both count; of one key the last", async () => {
  const store = memoryStore();
  const { app } = createApp();
  const Login = defineSession({ cookie: "sid", data: z.record(z.string(), z.string()), maxAge: 60, store });
  const both = deferred();
  let waiting = 0;
  app.get("/set", { session: Login, key: Query(z.string()), to: Query(z.string()) }, async ({ session, key, to }) => {
    session.data[key] = to;
    if (key !== "first" && ++waiting === 3) both.resolve();
    if (key !== "first") await both.promise;
    return null;
  });
  app.get("/", { session: Login }, ({ session }) => session.data);
  await using client = await TestClient.open(app);
  await client.get("/set?key=first&to=0");
  await Promise.all(["a", "b", "c"].map((key) => client.get("/set", { query: { key, to: "1" } })));
  assert.equal((await client.get("/")).json(), { first: "0", a: "1", b: "1", c: "1" });
});

test("SE-06: a login keeps what another request has stored meanwhile, and changes of its own win", async () => {
  const { app, Login, store } = createShop();
  const [begun, stored] = [deferred(), deferred()];
  app.post("/slow-login", { session: Login }, async ({ session }) => {
    begun.resolve();
    await stored.promise;
    await session.regenerate();
    session.data.username = "ada";
    return null;
  });
  await using client = await TestClient.open(app);
  await client.get("/set?key=theme&to=light");
  const login = client.post("/slow-login");
  await begun.promise;
  await client.get("/set?key=theme&to=dark");
  await client.get("/set?key=username&to=bob");
  stored.resolve();
  await login;
  assert.equal((await client.get("/read")).json(), { count: 0, theme: "dark", username: "ada", isNew: false });
  assert.is(store.size, 1);
});

for (const [when, path] of [
  ["began it", "/begin"],
  ["gave it another id", "/renew"],
  ["only read it", "/look"],
] as const) {
  test(`SE-04: a session can be ended after the response, also by the request that ${when}`, async () => {
    const { app, Login, store } = createShop();
    const [answered, ended] = [deferred(), deferred()];
    const endLate = ({ session }: { session: Resolved<typeof Login> }) => {
      void answered.promise.then(() => session.destroy()).then(ended.resolve);
      return session.data.username ?? null;
    };
    app.get("/begin", { session: Login }, (needs) => {
      needs.session.data.theme = "dark";
      return endLate(needs);
    });
    app.get("/renew", { session: Login }, async (needs) => {
      await needs.session.regenerate();
      return endLate(needs);
    });
    app.get("/look", { session: Login }, endLate);
    await using client = await TestClient.open(app);
    if (path !== "/begin") await client.post("/login?name=ada");
    await client.get(path);
    assert.is(store.size, 1);
    answered.resolve();
    await ended.promise;
    assert.is(store.size, 0);
  });
}

for (const [what, path, lastStep] of [
  ["is begun", "/begin", "write"],
  ["gets another id", "/renew", "delete"],
] as const) {
  test(`SE-04: a session can be ended while it ${what}`, async () => {
    const { app, Login, store } = createShop();
    const [storing, stored] = [deferred(), deferred()];
    let ended: Promise<void> | undefined;
    const endMeanwhile = (session: Resolved<typeof Login>) => {
      session.data.theme = "dark";
      const step = store[lastStep].bind(store) as (...words: unknown[]) => Promise<boolean>; // either
      store[lastStep] = async (...words: unknown[]) => {
        const isDone = await step(...words);
        storing.resolve();
        await stored.promise;
        return isDone;
      };
      ended = storing.promise.then(() => session.destroy());
      return null;
    };
    app.get("/begin", { session: Login }, ({ session }) => endMeanwhile(session));
    app.get("/renew", { session: Login }, async ({ session }) => {
      await session.regenerate();
      return endMeanwhile(session);
    });
    await using client = await TestClient.open(app);
    if (path === "/renew") await client.post("/login?name=ada");
    const answer = client.get(path);
    await storing.promise;
    await new Promise(setImmediate);
    stored.resolve();
    await answer;
    await ended;
    assert.is(store.size, 0);
  });
}

for (const act of ["changes it", "regenerates it", "only reads it"]) {
  test(`SE-07: a session that one request ends stays ended, although a slower one that still holds it ${act}`, async () => {
    const { app, Login, store } = createShop({ rolling: true });
    const [begun, ended] = [deferred(), deferred()];
    app.get("/slow", { session: Login }, async ({ session }) => {
      begun.resolve();
      await ended.promise;
      if (act === "regenerates it") await session.regenerate();
      if (act !== "only reads it") session.data.theme = "dark";
      return session.data.username ?? null;
    });
    await using client = await TestClient.open(app);
    await client.post("/login?name=ada");
    const sid = client.cookies.get("sid")?.value ?? "";
    const slow = client.get("/slow", { cookies: { sid } });
    await begun.promise;
    await client.post("/logout");
    ended.resolve();
    const response = await slow;
    assert.is(response.status, 200);
    assert.equal(response.cookies, []);
    assert.is(store.size, 0);
    assert.is((await client.get("/read", { cookies: { sid } })).json<{ username?: string }>().username, undefined);
  });
}

test("SE-04: an end that fails, and that the handler has not waited for, is told", async () => {
  const { app, Login, store } = createShop();
  app.post("/leave", { session: Login }, ({ session }) => {
    void session.destroy();
    return null;
  });
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  store.delete = () => Promise.reject(new Error("down"));
  assert.is((await client.post("/leave")).status, 503);
});

test("a store that refuses to write over what it has given is an error, and no request that never ends", async () => {
  const { app, store, log } = createShop();
  await using client = await TestClient.open(app);
  await client.get("/count");
  let tries = 0;
  store.write = async () => ++tries > 1000;
  assert.is((await client.get("/count")).status, 500);
  assert.ok(tries < 100);
  assert.match(String(log.details[0]?.["err"]), 'the store of session "sid" refused to write over the row that it gave');
});

for (const act of ["changes it", "logs in"]) {
  test(`SE-11: a session that ends, and whose row goes, while a request ${act}, is told as lost`, async () => {
    const { app, log } = createApp();
    const Login = defineSession({ cookie: "sid", data: Data, maxAge: 1800, rolling: true, store: keyvStore(new Keyv()) });
    const [begun, over] = [deferred(), deferred()];
    app.get("/count", { session: Login }, ({ session }) => ++session.data.count);
    app.get("/slow", { session: Login }, async ({ session }) => {
      begun.resolve();
      await over.promise;
      if (act === "logs in") await session.regenerate();
      return ++session.data.count;
    });
    await using client = await TestClient.open(app);
    await client.get("/count");
    using clock = setClock(1_795_000);
    const slow = client.get("/slow");
    await begun.promise;
    clock.shift(100_000);
    over.resolve();
    assert.is((await slow).status, 200);
    assert.equal(log.messages, [
      'error: GET /slow changed session "sid" when its time was over and its row was gone. The change is lost.',
    ]);
    assert.equal(Object.keys(log.details[0] ?? {}), ["route", "session"]);
  });
}

test("a store that gives null for no row has no row, be it at once or later", async () => {
  for (const later of [false, true]) {
    const store = memoryStore();
    const read = store.read.bind(store);
    const orNull = (key: string) => (read(key) ?? null) as ReturnType<typeof read>; // as plain JavaScript may
    store.read = later ? async (key) => orNull(key) : orNull;
    const { app } = createShop({ store });
    await using client = await TestClient.open(app);
    assert.equal((await client.get("/read", { cookies: { sid: unknownId } })).json(), { count: 0, isNew: true });
    assert.equal((await client.get("/count")).json(), { count: 1 });
    assert.equal((await client.get("/count")).json(), { count: 2 });
  }
});

test("SE-06: of messages that are the same only those that were shown are gone", async () => {
  const { app, Login } = createShop();
  const [shown, left] = [deferred(), deferred()];
  app.post("/leave", { session: Login }, ({ session }) => {
    session.flash("notice", "Saved.");
    return null;
  });
  app.get("/show", { session: Login }, async ({ session }) => {
    const flashes = session.flashes();
    shown.resolve();
    await left.promise;
    return flashes.length;
  });
  await using client = await TestClient.open(app);
  await client.post("/leave");
  const showing = client.get("/show");
  await shown.promise;
  await client.post("/leave");
  left.resolve();
  assert.is((await showing).json(), 1);
  assert.is((await client.get("/show")).json(), 1);
});

test("SE-08: data that cannot be stored is an error before the response, with the way to it", async () => {
  const { app, log } = createApp();
  const Loose = defineSession({
    cookie: "sid",
    data: z.object({ value: z.unknown().optional(), when: z.custom<Date>((value) => value instanceof Date).optional() }),
    maxAge: 60,
  });
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  const values = { bigint: 1n, function: () => 1, cycle, huge: "x".repeat(5_000_000), map: new Map([[1, 2]]) };
  app.get("/set", { session: Loose, kind: Query(z.string()) }, ({ session, kind }) => {
    if (kind === "date") session.data.when = new Date();
    else session.data.value = { inner: values[kind as keyof typeof values] };
    return "stored";
  });
  await using client = await TestClient.open(app);
  for (const kind of [...Object.keys(values), "date"]) {
    const response = await client.get("/set", { query: { kind } });
    assert.is(response.status, 500, kind);
    assert.equal(response.cookies, [], kind);
  }
  assert.is(log.messages.length, 6);
  for (const { err } of log.details) assert.match(String(err), /^SessionDataError: The data of session "sid" cannot be stored: /);
});

test("SE-08: what JSON would give back as something else is an error, where the schema lets it pass, with the way to it", async () => {
  class Cart {
    items = 1;
  }
  const { app, log } = createApp();
  const any = { a: z.unknown().optional(), b: z.any().optional(), c: z.custom<unknown>().optional() };
  const back = z.codec(z.unknown(), z.unknown(), { decode: (value) => value, encode: (value) => value });
  const Loose = defineSession({ cookie: "sid", data: z.object({ ...any, back: back.optional() }), maxAge: 60 });
  const values: Record<string, unknown> = {
    date: new Date(0),
    url: new URL("https://example.com"),
    buffer: Buffer.from("a"),
    cart: new Cart(),
    symbol: { [Symbol("at")]: 1 },
    list: [undefined],
    plain: { a: [1, { b: null }], c: undefined },
    bare: Object.assign(Object.create(null) as object, { a: 1 }),
  };
  const Key = Query("key", z.enum(["a", "b", "c", "back"]));
  app.get("/set", { session: Loose, key: Key, kind: Query(z.string()) }, ({ session, key, kind }) => {
    session.data[key] = { inner: values[kind] };
    return null;
  });
  await using client = await TestClient.open(app);
  for (const key of ["a", "b", "c", "back"]) {
    for (const kind of Object.keys(values)) {
      const isPlain = kind === "plain" || kind === "bare";
      const { status } = await client.get("/set", { query: { key, kind } });
      assert.is(status, isPlain ? 200 : 500, `${kind} in ${key}`);
      if (isPlain) continue;
      const start = `SessionDataError: The data of session "sid" cannot be stored: $.data.${key}.inner${kind === "list" ? "[0]" : ""} `;
      const said = String(log.details.at(-1)?.["err"]);
      assert.ok(said.startsWith(start) && said.includes(" mend: "), said);
    }
  }
});

test("SE-08: what two requests store at once is not more than one may", async () => {
  const { app, log } = createApp();
  const Data = z.object({ one: z.string().default(""), other: z.string().default(""), count: z.number().default(0) });
  const Small = defineSession({ cookie: "sid", data: Data, maxAge: 60, maxDataBytes: 1000 });
  const [read, stored] = [deferred(), deferred()];
  app.get("/count", { session: Small }, ({ session }) => ++session.data.count);
  app.get("/one", { session: Small }, ({ session }) => (session.data.one = "x".repeat(600)));
  app.get("/other", { session: Small }, async ({ session }) => {
    read.resolve();
    await stored.promise;
    return (session.data.other = "x".repeat(600));
  });
  await using client = await TestClient.open(app);
  await client.get("/count");
  const slow = client.get("/other");
  await read.promise;
  assert.is((await client.get("/one")).status, 200);
  stored.resolve();
  assert.is((await slow).status, 500);
  assert.match(String(log.details[0]?.["err"]), "bytes, and 1000 are allowed");
  assert.is((await client.get("/count")).json(), 2);
});

test("SE-09: what is no session id never reaches the store", async () => {
  const { app, store } = createShop();
  const asked: string[] = [];
  const { read } = store;
  store.read = (key) => (asked.push(key), read.call(store, key));
  await using client = await TestClient.open(app);
  const hostile = [
    "../../etc/x",
    "a%00b",
    "*",
    "x".repeat(10_000),
    "__proto__",
    "",
    `${unknownId}x`,
    `${unknownId.slice(1)}%0a`,
    "' OR 1=1--",
  ];
  for (const sid of hostile) {
    const response = await client.get("/read", { headers: { cookie: `sid=${sid}` } });
    assert.equal(response.json(), { count: 0, isNew: true });
  }
  assert.equal(asked, []);
  await client.get("/read", { cookies: { sid: unknownId } });
  assert.match(asked[0] ?? "", /^[\w-]{43}$/);
  assert.is.not(asked[0], unknownId);
});

test("several distinct cookies of the session's name are no session (cookie tossing); the same one twice is", async () => {
  const { app } = createShop();
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  const sid = client.cookies.get("sid")?.value ?? "";
  const read = async (cookie: string) =>
    (await client.get("/read", { headers: { cookie } })).json<{ username?: string }>().username;
  assert.is(await read(`sid=${sid}; sid=${unknownId}`), undefined);
  assert.is(await read(`sid=${unknownId}; sid=${sid}`), undefined);
  assert.is(await read(`sid=${sid}; sid=${sid}`), "ada");
});

test("several distinct cookies of the session's name are told, once a second at most, without their values", async () => {
  const { app, log } = createShop();
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  const sid = client.cookies.get("sid")?.value ?? "";
  for (const cookie of ["sid=s%3Aabc.def", `sid=${sid}`, `sid=${sid}; sid=${sid}`, "theme=dark"])
    await client.get("/read", { headers: { cookie } });
  assert.equal(log.messages, []);
  for (let sent = 0; sent < 3; sent++) await client.get("/read", { headers: { cookie: `sid=s%3Aabc.def; sid=${sid}` } });
  assert.is(log.messages.length, 1);
  assert.match(log.messages[0] ?? "", 'warn: GET /read came with several different cookies "sid"');
  assert.not.match(JSON.stringify([log.messages, log.details]), sid);
});

test("an id of one kind of session is none of another kind in the same store", async () => {
  const store = memoryStore();
  const { app } = createApp();
  const Visitor = defineSession({ cookie: "visitor", data: z.object({ role: z.string().optional() }), maxAge: 60, store });
  const Admin = defineSession({ cookie: "admin", data: z.object({ role: z.string().optional() }), maxAge: 60, store });
  app.get("/visit", { session: Visitor }, ({ session }) => (session.data.role = "admin"));
  app.get("/admin", { session: Admin }, ({ session }) => session.data.role ?? null);
  await using client = await TestClient.open(app);
  await client.get("/visit");
  const admin = client.cookies.get("visitor")?.value ?? "";
  assert.is((await client.get("/admin", { cookies: { admin } })).json(), null);
});

test("SE-11: a change after the response was made is refused and logged; reading is fine", async () => {
  const { app, Login, log } = createShop();
  const done = deferred();
  const errors: unknown[] = [];
  app.get("/late", { session: Login }, ({ session }) => {
    session.data.username = "ada";
    setTimeout(() => {
      for (const change of [() => (session.data.count = 7), () => session.flash("a", "b"), () => session.rememberFor(5)]) {
        try {
          change();
        } catch (error) {
          errors.push(error);
        }
      }
      errors.push(session.data.username);
      done.resolve();
    }, 20);
    return null;
  });
  await using client = await TestClient.open(app);
  await client.get("/late");
  await done.promise;
  assert.is(errors.length, 4);
  assert.is(errors[3], "ada");
  assert.match(String(errors[0]), 'GET /late changed session "sid" after it had been saved for the response.');
  assert.is(log.messages.length, 3);
  assert.equal((await client.get("/read")).json(), { count: 0, username: "ada", isNew: false });
});

test("SE-11: a date is read late like any other value", async () => {
  const { app } = createApp();
  const when = z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() });
  const Visit = defineSession({ cookie: "sid", data: z.object({ last: when.optional() }), maxAge: 60 });
  const year = deferred<number | undefined>();
  app.get("/", { session: Visit }, ({ session }) => {
    session.data.last = new Date("2026-05-01T00:00:00Z");
    setTimeout(() => year.resolve(session.data.last?.getUTCFullYear()), 20);
    return null;
  });
  await using client = await TestClient.open(app);
  await client.get("/");
  assert.is(await year.promise, 2026);
});

test("SE-11: messages that a stream asks for are refused and logged, and stay for the next page; where there are none it is fine", async () => {
  const { app, Login, log } = createShop();
  app.post("/leave", { session: Login }, ({ session }) => {
    session.flash("notice", "Saved.");
    return null;
  });
  app.get("/stream", { session: Login }, ({ session }) => {
    async function* page() {
      yield `${session.flashes().length} messages`;
    }
    return new StreamingResponse(page());
  });
  app.get("/show", { session: Login }, ({ session }) => session.flashes());
  await using client = await TestClient.open(app);
  await client.post("/leave");
  const failed = await client.get("/stream").catch(() => undefined);
  assert.not.match(failed?.text() ?? "", "messages");
  assert.match(log.messages[0] ?? "", 'GET /stream changed session "sid" after it had been saved for the response');
  assert.equal((await client.get("/show")).json(), [{ key: "notice", value: "Saved." }]);
  assert.is((await client.get("/stream")).text(), "0 messages");
});

test("SE-11: what a schema has frozen is read late like any other value, and as little changed", async () => {
  const { app } = createApp();
  const Cart = defineSession({
    cookie: "sid",
    data: z.object({
      cart: z
        .object({ items: z.array(z.object({ id: z.int() })).readonly() })
        .readonly()
        .optional(),
    }),
    maxAge: 60,
  });
  const late = deferred<unknown[]>();
  app.get("/add", { session: Cart }, ({ session }) => {
    session.data.cart = { items: [{ id: 7 }] };
    return null;
  });
  app.get("/late", { session: Cart }, ({ session }) => {
    setTimeout(() => {
      const { cart } = session.data;
      const change = () => (cart!.items[0]!.id = 8);
      assert.throws(change, "after it had been saved");
      late.resolve([cart?.items.length, cart?.items.map(({ id }) => id), JSON.stringify(cart)]);
    }, 20);
    return null;
  });
  await using client = await TestClient.open(app);
  await client.get("/add");
  await client.get("/late");
  assert.equal(await late.promise, [1, [7], '{"items":[{"id":7}]}']);
});

test("SE-11: a change while the response is being sent, to an object that was held on to, is logged", async () => {
  const { app, log } = createApp();
  const Cart = defineSession({
    cookie: "sid",
    data: z.object({ items: z.array(z.string()).default([]) }),
    maxAge: 60,
    logger: log,
  });
  app.get("/stream", { session: Cart }, ({ session }) => {
    const { items } = session.data;
    const chunks = async function* () {
      yield "a";
      items.push("late");
      yield "b";
    };
    return new globalThis.Response(globalThis.ReadableStream.from(chunks()).pipeThrough(new TextEncoderStream()));
  });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/stream")).text(), "ab");
  await until(() => log.messages.length > 0);
  assert.equal(log.messages, ['error: GET /stream changed session "sid" after it had been saved for the response. It is lost.']);
});

test("SE-11: what is put back while the response is being sent is a change, too; what only looks like one is none", async () => {
  const { app, log } = createApp();
  const Cart = defineSession({
    cookie: "sid",
    data: z.object({ count: z.int().default(0), note: z.string().optional() }),
    maxAge: 60,
  });
  const changeLate = (early: number, late: (data: { count: number; note?: string | undefined }) => void) => {
    return ({ session: { data } }: { session: { data: { count: number; note?: string | undefined } } }) => {
      data.count = early;
      const chunks = async function* () {
        yield "a";
        late(data);
        yield "b";
      };
      return new StreamingResponse(chunks());
    };
  };
  app.get(
    "/back",
    { session: Cart },
    changeLate(1, (data) => void (data.count = 0)),
  );
  app.get(
    "/nothing",
    { session: Cart },
    changeLate(0, (data) => void (data.note = undefined)),
  );
  await using client = await TestClient.open(app);
  assert.is((await client.get("/nothing")).text(), "ab");
  assert.is((await client.get("/back")).text(), "ab");
  await until(() => log.messages.some((message) => message.startsWith("error: GET /back")));
  assert.equal(
    log.messages.filter((message) => message.startsWith("error")),
    ['error: GET /back changed session "sid" after it had been saved for the response. It is lost.'],
  );
});

test("SE-11: a change by what nobody waited for, and by a background task, to an object that was held on to, is logged", async () => {
  const { app, Login, log } = createShop();
  app.get("/forgotten", { session: Login }, ({ session: { data } }) => {
    void Promise.resolve().then(() => (data.theme = "dark"));
    return "sent";
  });
  app.get("/task", { session: Login, tasks: BackgroundTasks }, ({ session: { data }, tasks }) => {
    tasks.add(() => void (data.theme = "dark"));
    return "sent";
  });
  await using client = await TestClient.open(app);
  for (const path of ["/forgotten", "/task"]) {
    assert.is((await client.get(path)).text(), '"sent"');
    await until(() => log.messages.length > 0);
    const lost = `error: GET ${path} changed session "sid" after it had been saved for the response. It is lost.`;
    assert.equal(log.messages.splice(0), [lost]);
  }
});

test("SE-11: a change after an answer that was thrown, to an object that was held on to, is logged; one before it is not", async () => {
  const { app, Login, log } = createShop();
  app.get("/redirect", { session: Login }, ({ session: { data } }): never => {
    data.theme = "light";
    void Promise.resolve().then(() => (data.theme = "dark"));
    throw new RedirectResponse("/read");
  });
  app.get("/refuse", { session: Login }, ({ session: { data } }): never => {
    data.theme = "light";
    throw new HTTPException(403);
  });
  await using client = await TestClient.open(app);
  await client.get("/refuse");
  await client.get("/redirect");
  await until(() => log.messages.length > 0);
  const lost = `error: GET /redirect changed session "sid" after it had been saved for the response. It is lost.`;
  assert.equal(log.messages, [lost]);
});

test("SE-11: the line of a late change has the request, and the session where one is stored, but never its id", async () => {
  const { app, Login, log } = createShop();
  app.get("/forgotten", { session: Login }, ({ session: { data } }) => {
    void Promise.resolve().then(() => (data.theme = "dark"));
    return "sent";
  });
  app.get("/unfit", { session: Login }, ({ session: { data } }) => {
    queueMicrotask(() => (data.count = Number.NaN));
    return "sent";
  });
  app.get("/refused", { session: Login }, ({ session }) => {
    void Promise.resolve()
      .then(() => session.flash("a", "b"))
      .catch(() => {});
    return session.data.username ?? null;
  });
  await using client = await TestClient.open(app);
  const linesOf = async (path: string) => {
    await client.get(path);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return log.details.splice(0);
  };
  assert.equal(await linesOf("/forgotten"), [{ route: "GET /forgotten" }]);
  assert.equal(await linesOf("/unfit"), [{ route: "GET /unfit" }]);
  assert.equal(await linesOf("/refused"), [{ route: "GET /refused" }]);
  const { id } = (await client.post("/login?name=ada")).json<{ id: string }>();
  assert.equal(await linesOf("/forgotten"), [{ route: "GET /forgotten", session: id }]);
  assert.equal(await linesOf("/refused"), [{ route: "GET /refused", session: id }]);
  assert.is.not(client.cookies.get("sid")?.value, id);
});

test("SE-11: no line of a late change is written as if in another request's context", async () => {
  const context = new AsyncLocalStorage<string>();
  const lines: (readonly [route: unknown, context: string | undefined])[] = [];
  const note = (details: object): void => void lines.push([(details as { route?: unknown }).route, context.getStore()]);
  const { app } = createApp({ logger: { error: note, warn: note, info: note } });
  const Visit = defineSession({ cookie: "sid", data: z.object({ count: z.int().default(0) }), maxAge: 60, store: memoryStore() });
  const Enter = dependency({ request: Request }, ({ request }) => context.enterWith(request.path));
  for (const path of ["/one", "/two", "/three"] as const) {
    app.get(path, { dependencies: [Enter] }, { session: Visit }, ({ session: { data } }) => {
      queueMicrotask(() => data.count++);
      return null;
    });
  }
  await using client = await TestClient.open(app);
  await client.get("/one");
  const socket = connect(Number(new URL(app.url ?? "").port), "127.0.0.1");
  await once(socket, "connect");
  socket.write("GET /one HTTP/1.1\r\nhost: x\r\n\r\nGET /two HTTP/1.1\r\nhost: x\r\n\r\nGET /three HTTP/1.1\r\nhost: x\r\n\r\n");
  while (lines.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
  socket.destroy();
  assert.equal(
    lines.map(([route]) => route),
    ["GET /one", "GET /one", "GET /two", "GET /three"],
  );
  for (const [route, entered] of lines)
    assert.ok(entered === undefined || route === `GET ${entered}`, `${String(route)} as ${entered}`);
  assert.is(lines[0]?.[1], "/one", "one that is alone in its turn has its own");
});

test("SE-13: 10,000 requests without cookies make no row, and no cookie", async () => {
  const { app, store } = createShop();
  await using client = await TestClient.open(app);
  for (let i = 0; i < 100; i++) {
    const responses = await Promise.all(
      Array.from({ length: 100 }, () => client.get("/read", { headers: { cookie: undefined } })),
    );
    assert.ok(responses.every((response) => response.cookies.length === 0));
  }
  assert.is(store.size, 0);
});

test("a session is written only when it changed, however deep", async () => {
  const store = memoryStore();
  const { app } = createApp();
  const Cart = defineSession({
    cookie: "sid",
    data: z.object({ items: z.array(z.object({ id: z.int() })).default([]) }),
    maxAge: 60,
    store,
  });
  app.get("/add", { session: Cart }, ({ session }) => session.data.items.push({ id: 1 }));
  app.get("/same", { session: Cart }, ({ session }) => {
    session.data = { items: session.data.items.map((item) => ({ ...item })) };
    return null;
  });
  app.get("/deep", { session: Cart }, ({ session }) => {
    for (const item of session.data.items) item.id = 2;
    return null;
  });
  let writes = 0;
  const { write } = store;
  store.write = (...words) => (writes++, write.apply(store, words));
  await using client = await TestClient.open(app);
  await client.get("/add");
  await client.get("/same");
  assert.is(writes, 1);
  await client.get("/deep");
  assert.is(writes, 2);
});

test("defaults of the schema are each session's own", async () => {
  const { app } = createApp();
  const Cart = defineSession({ cookie: "sid", data: z.object({ items: z.array(z.string()).default([]) }), maxAge: 60 });
  app.get("/add", { session: Cart }, ({ session }) => {
    session.data.items.push("x");
    return session.data.items.length;
  });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/add", { headers: { cookie: undefined } })).text(), "1");
  assert.is((await client.get("/add", { headers: { cookie: undefined } })).text(), "1");
});

test("a default that is made anew is made for each session, stays as it is stored, and makes no row by itself", async () => {
  const { app } = createApp();
  const store = memoryStore();
  const date = z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() });
  let made = 0;
  const Plain = z.object({ number: z.number().default(() => ++made), count: z.number().default(0) });
  const Dated = Plain.extend({ begun: date.default(() => new Date(++made)) });
  for (const [path, data] of [
    ["/plain", Plain],
    ["/dated", Dated],
  ] as const) {
    const Numbered = defineSession({ cookie: "sid", data, maxAge: 60, store });
    app.get(path, { session: Numbered }, ({ session }) => session.data);
    app.get(`${path}/count`, { session: Numbered }, ({ session }) => ({ ...session.data, count: ++session.data.count }));
  }
  await using client = await TestClient.open(app);
  for (const [index, path] of ["/plain", "/dated"].entries()) {
    client.cookies.clear();
    const [one, other] = [(await client.get(path)).json<object>(), (await client.get(path)).json<object>()];
    assert.not.equal(one, other);
    assert.is(store.size, index);
    const stored = (await client.get(`${path}/count`)).json();
    assert.equal((await client.get(path)).json(), stored);
    assert.is(store.size, index + 1);
  }
});

test("stored data that no longer fits its schema begins a new session, and is logged", async () => {
  const store = memoryStore();
  const { app, log } = createApp();
  const Old = defineSession({ cookie: "sid", data: z.object({ user: z.string().optional() }), maxAge: 60, store });
  const New = defineSession({
    cookie: "sid",
    data: z.object({ user: z.object({ id: z.int() }).optional() }),
    maxAge: 60,
    store,
    logger: log,
  });
  app.get("/old", { session: Old }, ({ session }) => (session.data.user = "ada"));
  app.get("/new", { session: New }, ({ session }) => [session.isNew, session.data]);
  await using client = await TestClient.open(app);
  await client.get("/old");
  assert.equal((await client.get("/new")).json(), [true, {}]);
  assert.equal(log.messages, ['warn: what is stored for session "sid" does not fit its schema; a new one begins']);
});

test("SE-04: logging out ends what is stored also where it does not fit the schema: another version could still read it", async () => {
  const { app, store } = createShop();
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  const { app: newer } = createApp();
  const Newer = defineSession({ cookie: "sid", data: z.object({ username: z.int().optional() }), maxAge: 1800, store });
  newer.post("/logout", { session: Newer }, async ({ session }) => {
    await session.destroy();
    return null;
  });
  await using other = await TestClient.open(newer);
  await other.post("/logout", { cookies: { sid: client.cookies.get("sid")?.value ?? "" } });
  assert.is(store.size, 0);
});

test("SE-02: a login ends the old id also where its row does not fit the schema: another version could still read it", async () => {
  const { app, store } = createShop();
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  const sid = client.cookies.get("sid")?.value ?? "";
  const { app: newer } = createApp();
  const Newer = defineSession({ cookie: "sid", data: z.object({ username: z.int().optional() }), maxAge: 1800, store });
  newer.post("/login", { session: Newer }, async ({ session }) => {
    await session.regenerate();
    session.data.username = 1;
    return null;
  });
  await using other = await TestClient.open(newer);
  assert.is((await other.post("/login", { cookies: { sid } })).cookies.length, 1);
  assert.is((await client.get("/read", { cookies: { sid } })).json<{ username?: string }>().username, undefined);
  assert.is(store.size, 1);
});

test("a commit that fails ends before the session is saved where the session came first: as a need of it, or as a guard", async () => {
  const { app, Login, store } = createShop();
  const fail = async function* () {
    yield;
    throw new Error("the commit failed");
  };
  const needs = dependency({ session: Login }, fail);
  const other = dependency({}, fail);
  app.get("/need", { session: Login, _: needs }, ({ session }) => (session.data.theme = "dark"));
  app.get("/guard", { dependencies: [Login] }, { session: Login, _: other }, ({ session }) => (session.data.theme = "dark"));
  app.get("/before", { dependencies: [other] }, { session: Login }, ({ session }) => (session.data.theme = "dark"));
  await using client = await TestClient.open(app);
  const kept: unknown[] = [];
  for (const path of ["/need", "/guard", "/before"]) {
    const { status, cookies } = await client.get(path);
    kept.push([status, cookies.length, store.size]);
  }
  assert.equal(kept, [
    [500, 0, 0],
    [500, 0, 0],
    [500, 1, 1],
  ]);
});

test("codecs carry what JSON cannot", async () => {
  const { app } = createApp();
  const when = z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() });
  const Visit = defineSession({ cookie: "sid", data: z.object({ last: when.optional() }), maxAge: 60 });
  app.get("/", { session: Visit }, ({ session }) => {
    const before = session.data.last?.getFullYear() ?? null;
    session.data.last = new Date("2026-05-01T00:00:00Z");
    return before;
  });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).json(), null);
  assert.is((await client.get("/")).json(), 2026);
});

test("rememberFor refuses what no cookie can be, and more than the absolute end", async () => {
  const { app, log } = createShop({ absoluteMaxAge: 3600 });
  await using client = await TestClient.open(app);
  for (const seconds of [0, -1, 1.5, 400 * 86_400 + 1, 3601])
    assert.is((await client.post("/remember", { query: { seconds } })).status, 500);
  assert.is(log.messages.length, 5);
});

test("a session that lasts as long as a cookie can is renewed by a machine whose clock is seconds behind", async () => {
  const { app } = createShop();
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  await client.post("/remember", { query: { seconds: 400 * 86_400 } });
  const sid = client.cookies.get("sid")?.value ?? "";
  using _clock = setClock(-4_000);
  const response = await client.get("/count", { cookies: { sid } });
  assert.equal([response.status, response.cookies[0]?.maxAge], [200, 400 * 86_400]);
});

test("a session that is ended may begin anew in the same request: a message after logging out", async () => {
  const { app, Login, store } = createShop();
  app.post("/bye", { session: Login }, async ({ session }) => {
    await session.destroy();
    session.flash("notice", "Goodbye.");
    return null;
  });
  app.get("/show", { session: Login }, ({ session }) => [session.data.username ?? null, session.flashes()]);
  await using client = await TestClient.open(app);
  await client.post("/login?name=ada");
  const sid = client.cookies.get("sid")?.value;
  const response = await client.post("/bye");
  assert.is(response.cookies.length, 1);
  assert.is.not(client.cookies.get("sid")?.value, sid);
  assert.equal((await client.get("/show")).json(), [null, [{ key: "notice", value: "Goodbye." }]]);
  assert.is(store.size, 1);
});

test("caches are told: Vary: Cookie wherever a session was asked for, private where there is one, unless the page says more", async () => {
  const { app, Login } = createShop();
  app.get("/own", { session: Login, response: Response }, ({ response }) => {
    response.headers.set("cache-control", "no-store").append("vary", "accept");
    return null;
  });
  await using client = await TestClient.open(app);
  const anonymous = await client.get("/read");
  assert.equal([anonymous.headers.get("vary"), anonymous.headers.get("cache-control")], ["Cookie", null]);
  const first = await client.get("/count");
  assert.equal([first.headers.get("vary"), first.headers.get("cache-control")], ["Cookie", "private"]);
  const later = await client.get("/read");
  assert.equal([later.headers.get("vary"), later.headers.get("cache-control")], ["Cookie", "private"]);
  const own = await client.get("/own");
  assert.match(own.headers.get("vary") ?? "", /Cookie, accept/);
  assert.is(own.headers.get("cache-control"), "no-store");
});

for (const [between, at] of Object.entries({
  "after its row was read": 1,
  "after it was read again": 2,
  "after the new one was written": 3,
  "after the last step": 4,
})) {
  test(`SE-07: a session that gets a new id while all of its user's are ended, ${between}, ends with them`, async () => {
    const { app, Login, store } = createShop();
    let steps = -Infinity;
    for (const method of ["read", "write", "delete"] as const) {
      const original = store[method].bind(store) as (...words: unknown[]) => Promise<unknown>;
      store[method] = async (...words: unknown[]): Promise<never> => {
        const answer = await original(...words);
        if (++steps === at) await Login.revokeUser("ada");
        return answer as never;
      };
    }
    app.post("/renew", { session: Login }, async ({ session }) => {
      await session.regenerate();
      return session.data.username ?? null;
    });
    await using client = await TestClient.open(app);
    await client.post("/login?name=ada");
    steps = 0;
    assert.is((await client.post("/renew")).json(), "ada");
    assert.ok(steps > at, "the revocation has come in between");
    assert.is(store.size, 0);
  });
}

test.run();
