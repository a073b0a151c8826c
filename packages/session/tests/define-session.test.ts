import { CookieError, type HTTPException } from "@madeleine/http";
import { cookieStore, defineSession, memoryStore, type SessionStore } from "@madeleine/session";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, Log, secret } from "./harness.ts";

const data = z.object({ name: z.string().optional() });

test("what cannot be is refused where it is defined", () => {
  const define = (options: object) => () => defineSession({ cookie: "sid", data, maxAge: 60, ...options } as never);
  assert.throws(define({ cookie: "s id" }), (error: unknown) => error instanceof CookieError);
  assert.throws(define({ sameSite: "none" }), (error: unknown) => error instanceof CookieError);
  assert.throws(define({ cookie: "__Host-sid" }), (error: unknown) => error instanceof CookieError);
  for (const maxAge of [0, -1, 1.5, Number.NaN, Infinity, "60", undefined])
    assert.throws(define({ maxAge }), /maxAge is a whole number of seconds/);
  assert.throws(define({ absoluteMaxAge: 0 }), /absoluteMaxAge is a whole number of seconds/);
  assert.throws(define({ data: z.object({ name: z.string() }) }), /a new session is empty, and its schema refuses \{\}/);
  assert.throws(
    define({ data: z.object({ n: z.string().transform(Number).optional() }) }),
    /a transform, which works in one direction only/,
  );
  assert.throws(define({ store: {} }), /its store has no read/);
});

test("a part that JSON does not give back is refused where it is defined, also where it may be missing", () => {
  const define = (seen: z.ZodType) => () => defineSession({ cookie: "sid", data: z.object({ seen }), maxAge: 60 } as never);
  for (const [seen, problem] of [
    [z.date(), "$.seen is a date"],
    [z.date().optional(), "$.seen is a date"],
    [z.date().nullable().default(null), "$.seen is a date"],
    [z.date().default(new Date(0)), "$.seen is a date"],
    [z.array(z.date()).default([]), "$.seen[] is a date"],
    [z.object({ at: z.date().readonly() }).optional(), "$.seen.at is a date"],
    [z.looseObject({}).catchall(z.date()).optional(), "$.seen[] is a date"],
    [z.tuple([z.string()], z.bigint()).optional(), "$.seen[] is a bigint"],
    [z.record(z.string(), z.set(z.string())).optional(), "$.seen[] is a Set"],
    [z.union([z.string(), z.date()]).optional(), "$.seen is a date"],
    [z.lazy(() => z.map(z.string(), z.string())).optional(), "$.seen is a Map"],
    [z.codec(z.date(), z.string(), { decode: String, encode: (text) => new Date(text) }).optional(), "$.seen is a date"],
  ] as const) {
    assert.throws(
      define(seen),
      `defineSession "sid": its data cannot be stored: ${problem}, which JSON would not give back. mend: `,
    );
  }
});

test("a date that is read from text, by a codec or by coercion, and a schema that holds itself are stored", async () => {
  const when = z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() });
  const Tree = z.object({
    get children() {
      return z.array(Tree).optional();
    },
  });
  const { app } = createApp();
  const Visit = defineSession({
    cookie: "sid",
    data: z.object({ when: when.optional(), other: z.coerce.date().optional(), tree: Tree.optional() }),
    maxAge: 60,
  });
  app.get("/", { session: Visit }, ({ session }) => {
    const { data } = session;
    const before = [data.when?.getTime() ?? null, data.other?.getTime() ?? null, data.tree ?? null];
    Object.assign(data, { when: new Date(1000), other: new Date(2000), tree: { children: [{ children: [] }] } });
    return before;
  });
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/")).json(), [null, null, null]);
  assert.equal((await client.get("/")).json(), [1000, 2000, { children: [{ children: [] }] }]);
});

test("a maxAge that no browser keeps a cookie for is refused, and an absoluteMaxAge is not", () => {
  const define = (options: object) => () => defineSession({ cookie: "sid", data, maxAge: 60, ...options } as never);
  assert.throws(
    define({ maxAge: 86_400_000 }),
    (error: unknown) =>
      error instanceof RangeError &&
      error.message ===
        'defineSession "sid": maxAge is 86400000 seconds, and no browser keeps a cookie for more than 34560000 (400 days). mend: seconds; 86400000 milliseconds are 86400 of them',
  );
  assert.throws(define({ maxAge: 400 * 86_400 + 1 }), RangeError);
  define({ maxAge: 400 * 86_400 })();
  define({ maxAge: 30 * 86_400, rolling: true, absoluteMaxAge: 3 * 365 * 86_400 })();
});

test("times that look like milliseconds are warned of at boot, whatever keeps the session", async () => {
  const told = async (options: {
    maxAge: number;
    absoluteMaxAge?: number;
    store: ReturnType<typeof cookieStore> | SessionStore;
  }) => {
    const { app, log } = createApp({ secrets: [secret] });
    app.get("/", { session: defineSession({ cookie: "sid", data, ...options }) }, () => null);
    await app.boot();
    await app.close();
    return log;
  };
  for (const store of [memoryStore(), cookieStore()]) {
    const { messages, details } = await told({ maxAge: 1_800_000, absoluteMaxAge: 86_400_000, store });
    assert.equal(messages, [
      'warn: session "sid": maxAge is 1800000 seconds, which are 20.8 days; as milliseconds it would be 30 minutes',
      'warn: session "sid": absoluteMaxAge is 86400000 seconds, which are 1000 days; as milliseconds it would be 1440 minutes',
    ]);
    assert.equal(details[0], { code: "LIKELY_MILLISECONDS", mend: "maxAge: 1800, unless so many days are meant" });
    for (const [maxAge, absoluteMaxAge] of [
      [1800],
      [3600, 86_400],
      [14 * 86_400, 365 * 86_400],
      [100 * 3600, 5 * 365 * 86_400],
    ] as const)
      assert.equal((await told({ maxAge, ...(absoluteMaxAge && { absoluteMaxAge }), store })).messages, []);
  }
});

test("in production sessions in memory are warned of at boot, unless they were asked for", async () => {
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    for (const [store, warnings] of [
      [undefined, 1],
      [memoryStore(), 0],
    ] as const) {
      const { app, log } = createApp();
      const Login = defineSession({ cookie: "sid", data, maxAge: 60, logger: log, store });
      app.get("/", { session: Login }, () => null);
      await app.boot();
      await app.close();
      assert.is(log.messages.length, warnings);
      if (warnings > 0) assert.match(log.messages[0] ?? "", 'warn: session "sid" is kept in memory');
    }
  } finally {
    if (before === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = before;
  }
});

test("the logger of the application that answers is told, unless the definition has one of its own", async () => {
  const broken = { ...memoryStoreMethods(), read: () => Promise.reject(new Error("down")) };
  const own = new Log();
  for (const logger of [undefined, own]) {
    const Login = defineSession({ cookie: "sid", data, maxAge: 60, store: broken, logger });
    const apps = [createApp(), createApp()];
    for (const { app } of apps) app.get("/", { session: Login }, () => null);
    await using one = await TestClient.open(apps[0]!.app);
    await using _two = await TestClient.open(apps[1]!.app);
    assert.is((await one.get("/", { cookies: { sid: "A".repeat(43) } })).status, 503);
    assert.equal([apps[0]!.log.messages.length, apps[1]!.log.messages.length], logger === undefined ? [1, 0] : [0, 0]);
  }
  assert.is(own.messages.length, 1);
});

test("a logger of its own that throws keeps no answer back: a store that is down is 503 all the same", async () => {
  const store = { ...memoryStoreMethods(), read: () => Promise.reject(new Error("down")) };
  const fail = () => {
    throw new Error("the disk is full");
  };
  const Login = defineSession({ cookie: "sid", data, maxAge: 60, store, logger: { error: fail, warn: fail, info: fail } });
  const { app } = createApp();
  app.get("/", { session: Login }, () => null);
  await using client = await TestClient.open(app);
  assert.is((await client.get("/", { cookies: { sid: "A".repeat(43) } })).status, 503);
});

test("outside of a request it is the logger of the application that is open", async () => {
  const store: SessionStore = { ...memoryStoreMethods(), listByUser: () => Promise.reject(new Error("down")) };
  const Login = defineSession({ cookie: "sid", data, maxAge: 60, store, user: ({ name }) => name });
  const { app, log } = createApp();
  app.get("/", { session: Login }, () => null);
  await app.boot();
  const error: unknown = await Login.listSessions("ada").catch((error: unknown) => error);
  assert.is((error as HTTPException).status, 503);
  assert.is(log.messages.length, 1);
  await app.close();
});

test("a store is opened with the application, before the port, and closed with it", async () => {
  const events: string[] = [];
  const store: SessionStore = {
    ...memoryStoreMethods(),
    open: async () => void events.push("open"),
    close: async () => void events.push("close"),
  };
  const { app } = createApp();
  const Login = defineSession({ cookie: "sid", data, maxAge: 60, store });
  app.get("/", { session: Login }, () => null);
  await app.boot();
  assert.equal(events, ["open"]);
  await app.close();
  assert.equal(events, ["open", "close"]);
});

test("the sessions of a user cannot be asked for where it is not said whose a session is", async () => {
  const Login = defineSession({ cookie: "sid", data, maxAge: 60 });
  const error: unknown = await Login.revokeUser("ada").catch((error: unknown) => error);
  assert.match(String(error), 'session "sid" does not know whose it is');
});

test("a session whose user is null is nobody's, as one whose user is undefined", async () => {
  const { app } = createApp();
  const Login = defineSession({
    cookie: "sid",
    data: z.object({ name: z.string().nullable().default(null), seen: z.number().default(0) }),
    maxAge: 60,
    user: ({ name }) => name,
  });
  app.get("/", { session: Login }, ({ session }) => ++session.data.seen);
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).json(), 1);
  assert.equal(await Login.listSessions("null"), []);
  assert.is(await Login.revokeUser("null"), 0);
  assert.is((await client.get("/")).json(), 2);
});

test("a store that cannot list the sessions of a user is refused where they are wanted", () => {
  assert.throws(
    () => defineSession({ cookie: "sid", data, maxAge: 60, store: memoryStoreMethods(), user: ({ name }) => name }),
    /cannot list the sessions of a user\. mend: memoryStore, redisStore, keyvStore, or no user/,
  );
});

function memoryStoreMethods(): SessionStore {
  const store = memoryStore();
  return {
    read: (key) => store.read(key),
    write: (key, row, revision) => store.write(key, row, revision),
    touch: (key, lifetime, revision) => store.touch(key, lifetime, revision),
    delete: (key) => store.delete(key),
  };
}

test.run();
