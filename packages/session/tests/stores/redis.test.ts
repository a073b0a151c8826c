// test-timeout: 180
import { defineSession } from "@madeleine/session";
import { redisStore } from "@madeleine/session/redis";
import { Query } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { createClient, RESP_TYPES } from "redis";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, setClock } from "../harness.ts";
import { RedisProxy } from "../redis-proxy.ts";
import { canConnect } from "../services.ts";
import { lifetimeOf, newKey, rowOf, testStore, type OpenStore } from "../store-suite.ts";
import { testUsers } from "../user-suite.ts";
import { OwnTime } from "../../../../scripts/test/own-time.ts";

const url = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";
const isThere = await canConnect(6379);
const prefix = `madeleine-test-${process.pid}:`;

/** A test that needs Redis. */
function redisTest(name: string, body: () => Promise<void>): void {
  test(name, isThere ? body : () => console.log("SKIP: no Redis at 127.0.0.1:6379"));
}

async function openByUrl(): Promise<OpenStore | string> {
  if (!isThere) return "no Redis at 127.0.0.1:6379";
  const [store, other] = [redisStore({ url }, { prefix }), redisStore({ url }, { prefix })];
  await Promise.all([store.open?.(), other.open?.()]);
  return { store, other, close: async () => void (await Promise.all([store.close?.(), other.close?.()])) };
}

async function openWithClient(): Promise<OpenStore | string> {
  if (!isThere) return "no Redis at 127.0.0.1:6379";
  const client = await createClient({ url }).connect();
  return { store: redisStore(client, { prefix }), other: redisStore(client, { prefix }), close: async () => client.destroy() };
}

testStore("redisStore by url", openByUrl);
testUsers("redisStore by url", openByUrl);
testStore("redisStore with a client", openWithClient);

redisTest("SE-12: rows end by the server's time, and the index of a user with the last of them", async () => {
  const client = await createClient({ url }).connect();
  const store = redisStore(client, { prefix });
  const [key, user] = [newKey(), newKey()];
  await store.write(key, rowOf({ user, lifetime: lifetimeOf(60) }), 0);
  await store.touch(key, lifetimeOf(120), 1);
  for (const name of [`${prefix}{${key}}`, `${prefix}{user:${user}}`]) {
    const ttl = await client.pTTL(name);
    assert.ok(ttl > 110_000 && ttl <= 120_000, `${name} ${ttl}`);
  }
  client.destroy();
});

redisTest("SE-12: a machine whose clock is ahead hides no session from who ends all of a user's", async () => {
  const { app } = createApp();
  const store = redisStore({ url }, { prefix });
  const data = z.object({ name: z.string().optional() });
  const Login = defineSession({ cookie: "sid", data, maxAge: 1800, store, user: ({ name }) => name });
  const user = newKey();
  app.get("/login", { session: Login }, ({ session }) => (session.data.name = user));
  app.get("/me", { session: Login }, ({ session }) => session.data.name ?? "anonymous");
  await using client = await TestClient.open(app);
  await client.get("/login");
  {
    using _clock = setClock(3_600_000);
    await Login.listSessions(user);
    await client.get("/login", { headers: { cookie: undefined } });
  }
  assert.is((await client.get("/me")).json(), user);
  assert.is(await Login.revokeUser(user), 2);
  assert.is((await client.get("/me")).json(), "anonymous");
});

redisTest("who has more sessions than Redis is asked for at once can list them, and end them all", async () => {
  const { app } = createApp();
  const store = redisStore({ url }, { prefix, maxPending: 150 });
  const data = z.object({ name: z.string().optional() });
  const Login = defineSession({ cookie: "sid", data, maxAge: 1800, store, user: ({ name }) => name });
  const user = newKey();
  app.get("/login", { session: Login }, ({ session }) => (session.data.name = user));
  await using client = await TestClient.open(app);
  const logIn = () => client.get("/login", { headers: { cookie: undefined } });
  for (let count = 0; count < 200; count += 20) await Promise.all(Array.from({ length: 20 }, logIn));
  assert.is((await Login.listSessions(user)).length, 200);
  assert.is(await Login.revokeUser(user), 200);
  assert.equal(await Login.listSessions(user), []);
});

redisTest("a client that gives bytes for text is told of, and nobody is anonymous for it", async () => {
  const { app, log } = createApp();
  const client = await createClient({ url }).connect();
  const bytes = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  const Login = defineSession({
    cookie: "sid",
    data: z.object({ name: z.string().optional() }),
    maxAge: 60,
    store: redisStore(bytes as never, { prefix }),
  });
  app.get("/login", { session: Login }, ({ session }) => (session.data.name = "ada"));
  app.get("/me", { session: Login }, ({ session }) => session.data.name ?? "anonymous");
  await using visitor = await TestClient.open(app);
  await visitor.get("/login");
  assert.is((await visitor.get("/me")).status, 503);
  assert.match(String(log.details[0]?.["err"]), "gives Buffer for a text");
  client.destroy();
});

redisTest("SE-04: what a logout deletes is not in Redis any more", async () => {
  const client = await createClient({ url }).connect();
  const store = redisStore(client, { prefix });
  const key = newKey();
  await store.write(key, rowOf(), 0);
  assert.is(await client.exists(`${prefix}{${key}}`), 1);
  await store.delete(key);
  assert.is(await client.exists(`${prefix}{${key}}`), 0);
  client.destroy();
});

/** A shop whose sessions are behind the proxy. */
async function openShop(proxy: RedisProxy, whenDownAtBoot?: "start" | "fail") {
  const { app, log } = createApp();
  const store = redisStore({ url: proxy.url, whenDownAtBoot }, { prefix, timeoutMs: 1000 });
  const Login = defineSession({ cookie: "sid", data: z.object({ name: z.string().optional() }), maxAge: 60, store, logger: log });
  app.get("/login", { session: Login, name: Query(z.string()) }, ({ session, name }) => {
    session.data.name = name;
    return null;
  });
  app.get("/me", { session: Login }, ({ session }) => session.data.name ?? "anonymous");
  app.get("/open", () => "open");
  const client = await TestClient.open(app);
  return { app, log, client };
}

const faults = {
  "is stopped": (proxy: RedisProxy) => {
    proxy.fault = "refuse";
    proxy.cut();
  },
  hangs: (proxy: RedisProxy) => void (proxy.fault = "hang"),
  "takes 30 s for an answer": (proxy: RedisProxy) => void (proxy.fault = { delayMs: 30_000 }),
  "answers LOADING": (proxy: RedisProxy) => void (proxy.fault = { answer: "LOADING Redis is loading the dataset in memory" }),
  "answers OOM": (proxy: RedisProxy) =>
    void (proxy.fault = { answer: "OOM command not allowed when used memory > 'maxmemory'." }),
  "answers READONLY": (proxy: RedisProxy) =>
    void (proxy.fault = { answer: "READONLY You can't write against a read only replica." }),
};

for (const [how, begin] of Object.entries(faults)) {
  redisTest(
    `OP-04: while Redis ${how} requests with a session are 503 in time, the others are answered, and it recovers by itself`,
    async () => {
      await using proxy = await RedisProxy.open();
      const { client, log } = await openShop(proxy);
      await using _client = client;
      await client.get("/login?name=ada");
      assert.is((await client.get("/me")).text(), '"ada"');
      begin(proxy);
      using time = new OwnTime();
      const started = performance.now();
      const answers = await Promise.all(Array.from({ length: 50 }, () => client.get("/me")));
      const seconds = (performance.now() - started) / 1000;
      assert.ok(time.ms < 3_000, `in time, which was ${time.ms} ms`);
      assert.equal([...new Set(answers.map(({ status }) => status))], [503]);
      assert.is(answers[0]?.headers.get("retry-after"), "1");
      assert.is((await client.get("/open")).status, 200);
      assert.ok(log.messages.length >= 1 && log.messages.length <= 1 + seconds, `one line a second, in ${seconds} s`);
      proxy.fault = "none";
      let last = "";
      for (let tries = 0; tries < 300 && last !== '"ada"'; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        last = (await client.get("/me")).text();
      }
      assert.is(last, '"ada"', "it recovers, and the session is still there");
    },
  );
}

redisTest("OP-04: a Redis that hangs gets no more commands than it may owe answers for", async () => {
  await using proxy = await RedisProxy.open();
  const store = redisStore({ url: proxy.url }, { prefix, timeoutMs: 200, maxPending: 20 });
  await store.open?.();
  proxy.fault = "hang";
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, () =>
      Promise.resolve(store.read(newKey())).then(
        () => "",
        (error: unknown) => String(error),
      ),
    ),
  );
  assert.is(outcomes.filter((outcome) => outcome.includes("did not answer within 200 ms")).length, 20);
  assert.is(outcomes.filter((outcome) => outcome.includes("owes 20 answers")).length, 180);
  await store.close?.();
});

redisTest("OP-04: an application starts without its Redis, unless it is told to fail", async () => {
  await using proxy = await RedisProxy.open();
  proxy.fault = "refuse";
  const { client } = await openShop(proxy);
  assert.is((await client.get("/me")).status, 200, "no cookie, no question");
  assert.is((await client.get("/login?name=ada")).status, 503);
  await client[Symbol.asyncDispose]();
  const error = await openShop(proxy, "fail").catch((error: unknown) => error);
  assert.match(String(error), "Redis cannot be reached");
});

redisTest("OP-05: an answer that comes too late is nobody's", async () => {
  await using proxy = await RedisProxy.open();
  const store = redisStore({ url: proxy.url }, { prefix, timeoutMs: 700 });
  await store.open?.();
  const [slow, quick] = [newKey(), newKey()];
  await store.write(slow, rowOf({ data: "slow" }), 0);
  await store.write(quick, rowOf({ data: "quick" }), 0);
  proxy.fault = { delayMs: 1000 };
  await Promise.resolve(store.read(slow)).catch(() => {});
  proxy.fault = "none";
  await new Promise((resolve) => setTimeout(resolve, 500));
  const rows = await Promise.all(Array.from({ length: 20 }, (_, index) => store.read(index % 2 === 0 ? slow : quick)));
  assert.equal(
    rows.map((row) => row?.data),
    rows.map((_, index) => (index % 2 === 0 ? "slow" : "quick")),
  );
  await store.close?.();
});

test.after(async () => {
  if (!isThere) return;
  const client = await createClient({ url }).connect();
  for await (const keys of client.scanIterator({ MATCH: `${prefix}*`, COUNT: 1000 })) if (keys.length > 0) await client.del(keys);
  client.destroy();
});

test.run();
