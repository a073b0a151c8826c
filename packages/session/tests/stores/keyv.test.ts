import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeyvPostgres } from "@keyv/postgres";
import { defineSession } from "@madeleine/session";
import { keyvStore } from "@madeleine/session/keyv";
import { TestClient } from "@madeleine/testing";
import { Keyv, type KeyvStoreAdapter } from "keyv";
import Database from "libsql";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";
import { canConnect } from "../services.ts";
import { newKey, rowOf, testStore } from "../store-suite.ts";

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

testStore("keyvStore in memory", async () => {
  const keyv = new Keyv();
  const store = keyvStore(keyv);
  return { store, other: store, close: () => keyv.disconnect() };
});

testStore("keyvStore on SQLite", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madeleine-session-"));
  const [one, two] = [new Keyv(sqlite(join(folder, "s.db"))), new Keyv(sqlite(join(folder, "s.db")))];
  const close = async () => {
    await Promise.all([one.disconnect(), two.disconnect()]);
    rmSync(folder, { recursive: true });
  };
  return { store: keyvStore(one), other: keyvStore(two), close };
});

testStore("keyvStore on PostgreSQL", async () => {
  if (!(await canConnect(5432))) return "no PostgreSQL at 127.0.0.1:5432";
  const uri = process.env["POSTGRES_URL"] ?? "postgres://postgres@127.0.0.1:5432/test";
  const open = () => new Keyv(new KeyvPostgres({ uri, table: "madeleine_sessions" }), { useKeyPrefix: false });
  const [one, two] = [open(), open()];
  return { store: keyvStore(one), other: keyvStore(two), close: () => one.disconnect() }; // the two share a pool
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
      () => store.read(newKey()),
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

test("a store that cannot list the sessions of a user is refused where they are wanted", () => {
  const store = keyvStore(new Keyv());
  const data = z.object({ name: z.string().optional() });
  assert.throws(
    () => defineSession({ cookie: "sid", data, maxAge: 60, store, user: ({ name }) => name }),
    /cannot list the sessions of a user/,
  );
});

test.run();
