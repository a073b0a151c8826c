import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeyvPostgres } from "@keyv/postgres";
import { defineSession, type SessionStore } from "@madeleine/session";
import { keyvStore, type KeyvLike } from "@madeleine/session/keyv";
import { TestClient } from "@madeleine/testing";
import { Keyv, type KeyvStoreAdapter } from "keyv";
import Database from "libsql";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, deferred, setClock } from "../harness.ts";
import { canConnect } from "../services.ts";
import { lifetimeOf, newKey, rowOf, testStore, type OpenStore } from "../store-suite.ts";
import { testUsers } from "../user-suite.ts";

/** SQLite for Keyv in a few lines: `@keyv/sqlite` compiles its database when it is installed. */
function sqlite(path: string): KeyvStoreAdapter {
  const database = new Database(path);
  database.exec(
    "PRAGMA journal_mode = wal; PRAGMA busy_timeout = 1000; CREATE TABLE IF NOT EXISTS keyv (key TEXT PRIMARY KEY, value TEXT)",
  );
  const [get, set, remove] = [
    database.prepare("SELECT value FROM keyv WHERE key = ?"),
    database.prepare("INSERT OR REPLACE INTO keyv VALUES (?, ?)"),
    database.prepare("DELETE FROM keyv WHERE key = ?"),
  ];
  return {
    opts: {},
    get: async (key: string) => (get.get(key) as { value: string } | undefined)?.value as never,
    set: async (key: string, value: string) => set.run(key, value).changes === 1,
    delete: async (key: string) => remove.run(key).changes === 1,
    clear: async () => void database.exec("DELETE FROM keyv"),
    disconnect: async () => void database.close(),
    on: () => undefined as never,
  } as unknown as KeyvStoreAdapter; // what Keyv itself asks for; its type asks for the whole of an event emitter
}

async function openMemory(): Promise<OpenStore> {
  const keyv = new Keyv();
  const store = keyvStore(keyv);
  return { store, other: store, close: () => keyv.disconnect() };
}

async function openSqlite(): Promise<OpenStore> {
  const folder = mkdtempSync(join(tmpdir(), "madeleine-session-"));
  const [one, two] = [new Keyv(sqlite(join(folder, "s.db"))), new Keyv(sqlite(join(folder, "s.db")))];
  const close = async () => {
    await Promise.all([one.disconnect(), two.disconnect()]);
    rmSync(folder, { recursive: true });
  };
  return { store: keyvStore(one), other: keyvStore(two), close };
}

async function openPostgres(): Promise<OpenStore | string> {
  if (!(await canConnect(5432))) return "no PostgreSQL at 127.0.0.1:5432";
  const uri = process.env["POSTGRES_URL"] ?? "postgres://postgres@127.0.0.1:5432/test";
  const open = () => new Keyv(new KeyvPostgres({ uri, table: "madeleine_sessions" }), { useKeyPrefix: false });
  const [one, two] = [open(), open()];
  return { store: keyvStore(one), other: keyvStore(two), close: () => one.disconnect() }; // the two share a pool
}

testStore("keyvStore in memory", openMemory);
testUsers("keyvStore in memory", openMemory);
testStore("keyvStore on SQLite", openSqlite);
testUsers("keyvStore on SQLite", openSqlite);
testStore("keyvStore on PostgreSQL", openPostgres);
testUsers("keyvStore on PostgreSQL", openPostgres);

test("SE-04: what a logout deletes is not in the database any more, but for the note that it has ended", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madeleine-session-"));
  const path = join(folder, "s.db");
  const keyv = new Keyv(sqlite(path));
  const store = keyvStore(keyv);
  const key = newKey();
  await store.write(key, rowOf({ user: "ada", data: '{"data":{"card":"4111"},"flashes":[]}' }), 0);
  await store.delete(key);
  const database = new Database(path);
  const rows = database.prepare("SELECT key, value FROM keyv").all() as { key: string; value: string }[];
  assert.equal(
    rows.map((row) => row.key),
    [`keyv:ended:${key}`],
  );
  assert.not.match(JSON.stringify(rows), "4111");
  database.close();
  await keyv.disconnect();
  rmSync(folder, { recursive: true });
});

/** A Keyv in memory that waits before it sets a key that begins so, until it is told to go on. */
function slowKeyv(prefix: string) {
  const keyv = new Keyv();
  const [begun, goOn] = [deferred(), deferred()];
  let isSlow = false;
  const slow: KeyvLike = {
    throwOnErrors: true,
    get: (key) => keyv.get(key),
    async set(key, value, ttl) {
      if (isSlow && key.startsWith(prefix)) {
        begun.resolve();
        await goOn.promise;
      }
      return keyv.set(key, value, ttl);
    },
    delete: (key) => keyv.delete(key),
    on: () => undefined,
  };
  const beSlow = () => void (isSlow = true);
  return { store: keyvStore(slow), other: keyvStore(keyv), keyv, beSlow, begun: begun.promise, goOn: goOn.resolve };
}

test("SE-07: a write that another process's revocation overtakes does not bring the session back", async () => {
  const key = newKey();
  const { store, other, beSlow, begun, goOn } = slowKeyv(key);
  await store.write(key, rowOf({ user: "ada" }), 0);
  beSlow();
  const writing = store.write(key, rowOf({ user: "ada", revision: 2 }), 1);
  await begun;
  await other.endUser?.("ada", undefined);
  goOn();
  await writing;
  assert.is(await store.read(key), undefined);
  assert.is(await other.read(key), undefined);
});

test("SE-07: so does a login; who is being logged out everywhere logs in again", async () => {
  const key = newKey();
  const { store, other, beSlow, begun, goOn } = slowKeyv(key);
  beSlow();
  const writing = store.write(key, rowOf({ user: "ada" }), 0);
  await begun;
  await other.endUser?.("ada", undefined);
  goOn();
  await writing;
  assert.is(await store.read(key), undefined);
});

for (const [what, change] of [
  ["write", (store, key) => store.write(key, rowOf({ revision: 2, lifetime: lifetimeOf(30 * 86_400) }), 1)],
  ["touch", (store, key) => store.touch(key, lifetimeOf(30 * 86_400), 1)],
] as const satisfies [string, (store: SessionStore, key: string) => Promise<boolean>][]) {
  test(`SE-07: a ${what} that another process's logout overtakes leaves no row, which would outlast the note of its end`, async () => {
    const key = newKey();
    const { store, other, keyv, beSlow, begun, goOn } = slowKeyv(key);
    await store.write(key, rowOf(), 0);
    beSlow();
    const changing = change(store, key);
    await begun;
    assert.is(await other.delete(key), true);
    goOn();
    assert.is(await changing, false);
    assert.is(await keyv.get(key), undefined);
    using _clock = setClock(86_460_000); // the note is kept for a day
    assert.is(await other.read(key), undefined);
  });
}

test("a session that the list has lost is ended with the others, and listed again once it is written", async () => {
  const keyv = new Keyv();
  const store = keyvStore(keyv);
  const [lost, found] = [newKey(), newKey()];
  await store.write(lost, rowOf({ user: "ada" }), 0);
  await keyv.delete("user:ada"); // as where another process writes the list it had read before
  await store.write(found, rowOf({ user: "ada" }), 0);
  assert.equal(await store.listByUser?.("ada"), [found]);
  await store.touch(lost, lifetimeOf(60), 1);
  assert.equal(await store.listByUser?.("ada"), [found, lost]);
  await keyv.delete("user:ada");
  await store.endUser?.("ada", undefined);
  assert.equal([await store.read(lost), await store.read(found)], [undefined, undefined]);
});

test("a revocation holds for good, also in a Keyv with a time to live of its own", async () => {
  const keyv = new Keyv({ ttl: 60_000 });
  const store = keyvStore(keyv);
  const [lost, later] = [newKey(), newKey()];
  await store.write(lost, rowOf({ user: "ada", lifetime: lifetimeOf(600) }), 0);
  await keyv.delete("user:ada"); // as where another process writes the list it had read before
  await store.endUser?.("ada", undefined);
  await store.write(later, rowOf({ user: "ada", lifetime: lifetimeOf(600) }), 0);
  using _clock = setClock(61_000);
  assert.is(await store.read(lost), undefined);
  assert.is((await store.read(later))?.revision, 1);
});

test("the list of a user ends with the last of the sessions, and holds none that is over", async () => {
  const keyv = new Keyv();
  const store = keyvStore(keyv);
  const [short, long] = [newKey(), newKey()];
  await store.write(short, rowOf({ user: "ada", lifetime: lifetimeOf(60) }), 0);
  await store.write(long, rowOf({ user: "ada", lifetime: lifetimeOf(600) }), 0);
  using clock = setClock(61_000);
  assert.equal(await store.listByUser?.("ada"), [long]);
  clock.shift(600_000);
  assert.is(await keyv.get("user:ada"), undefined);
});

/** A Keyv whose database fails, or hangs. */
function broken(act: () => Promise<never>): Keyv {
  const adapter = { opts: {}, get: act, set: act, delete: act, clear: act, on: () => undefined };
  return new Keyv(adapter as unknown as KeyvStoreAdapter);
}

for (const [how, act] of [
  ["fails", () => Promise.reject(new Error("connection refused"))],
  ["hangs", () => new Promise<never>(() => {})],
] as const) {
  test(`a database that ${how} is an error, and no absent session`, async () => {
    const store = keyvStore(broken(act), { timeoutMs: 50 });
    for (const ask of [
      async () => store.read(newKey()),
      () => store.write(newKey(), rowOf(), 0),
      () => store.touch(newKey(), rowOf().lifetime, 1),
      () => store.delete(newKey()),
    ]) {
      const outcome = await ask().then(
        () => "an answer",
        (error: unknown) => String(error),
      );
      assert.match(outcome, /connection refused|did not answer within 50 ms/);
    }
  });

  test(`OP-06: a request that needs its session is 503 while the database ${how}`, async () => {
    const { app, log } = createApp();
    const store = keyvStore(broken(act), { timeoutMs: 50 });
    const Login = defineSession({ cookie: "sid", data: z.object({}), maxAge: 60, store, logger: log });
    app.get("/", { session: Login }, ({ session }) => session.isNew);
    await using client = await TestClient.open(app);
    const response = await client.get("/", { cookies: { sid: "A".repeat(43) } });
    assert.equal([response.status, response.headers.get("retry-after")], [503, "1"]);
    assert.is(log.messages.length, 1);
  });
}

test.run();
