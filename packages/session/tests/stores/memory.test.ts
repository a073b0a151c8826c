import { memoryStore } from "@madeleine/session";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { setClock } from "../harness.ts";
import { lifetimeOf, rowOf, testStore } from "../store-suite.ts";
import { testUsers } from "../user-suite.ts";

testStore("memoryStore", async () => {
  const store = memoryStore();
  return { store, other: store, close: async () => {} };
});

testUsers("memoryStore", async () => ({ store: memoryStore(), close: async () => {} }));

test("a full store drops the session that was not used for the longest time", async () => {
  const store = memoryStore({ maxSessions: 3 });
  for (const key of ["a", "b", "c"]) await store.write(key, rowOf(), 0);
  await store.touch("a", lifetimeOf(60), 1);
  await store.write("d", rowOf(), 0);
  assert.is(store.size, 3);
  assert.equal(await Promise.all(["a", "b", "c", "d"].map(async (key) => (await store.read(key)) !== undefined)), [
    true,
    false,
    true,
    true,
  ]);
});

test("sessions that are over leave as others come, and what is known of their users with them", async () => {
  const store = memoryStore();
  for (let i = 0; i < 1000; i++) await store.write(`old ${i}`, rowOf({ user: "ada" }), 0);
  using _clock = setClock(61_000);
  for (let i = 0; i < 1000; i++) await store.write(`new ${i}`, rowOf(), 0);
  assert.is(store.size, 1000);
  assert.equal(await store.listByUser?.("ada"), []);
});

test("sessions that are over leave also while others are in use all the time", async () => {
  const store = memoryStore();
  for (let i = 0; i < 10; i++) await store.write(`used ${i}`, rowOf({ lifetime: lifetimeOf(86_400) }), 0);
  using clock = setClock(0);
  for (let i = 0; i < 1000; i++) {
    clock.shift(1_000);
    await store.write(`guest ${i}`, rowOf(), 0); // for a minute
    await store.touch(`used ${i % 10}`, lifetimeOf(86_400), 1);
  }
  assert.ok(store.size < 200, `${store.size} rows`);
});

test("a limit that is none is refused", () => {
  for (const maxSessions of [0, -1, 1.5, Number.NaN, Infinity])
    assert.throws(() => memoryStore({ maxSessions }), /whole number from 1/);
});

test.run();
