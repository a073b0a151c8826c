import type { SessionLifetime, SessionRow, SessionStore } from "@madeleine/session";
import { suite } from "uvu";
import * as assert from "uvu/assert";

/** A store to be tested, and what is cleaned up afterwards. `undefined` where what it needs does not answer. */
export interface OpenStore {
  readonly store: SessionStore;
  /** A second way into the same storage, as another process has it. */
  readonly other: SessionStore;
  close(): Promise<void>;
}

let made = 0;

/** 43 characters that no other test of any run uses. */
export function newKey(): string {
  return `${process.pid}x${Date.now()}x${made++}`.padEnd(43, "_").slice(0, 43);
}

export function lifetimeOf(seconds: number): SessionLifetime {
  const now = Date.now();
  return { begunAt: now, usedAt: now, expiresAt: now + seconds * 1000, endsAt: null, idleMs: seconds * 1000, isLasting: false };
}

export function rowOf(row: Partial<SessionRow> = {}): SessionRow {
  return { revision: 1, lifetime: lifetimeOf(60), user: undefined, data: '{"data":{},"flashes":[]}', ...row };
}

/** What every store must do. Ends with the suite's `run`. */
export function testStore(name: string, open: () => Promise<OpenStore | string>): void {
  const tests = suite(name);
  let opened: OpenStore | string;
  tests.before(async () => void (opened = await open()));
  tests.after(async () => void (typeof opened !== "string" && (await opened.close())));
  const test = (title: string, body: (stores: OpenStore) => Promise<void>): void =>
    tests(`${name}: ${title}`, async () => (typeof opened === "string" ? console.log(`SKIP: ${opened}`) : body(opened)));

  test("what was never written is not there", async ({ store }) => {
    assert.is(await store.read(newKey()), undefined);
    assert.is(await store.touch(newKey(), lifetimeOf(60), 1), false);
    assert.is(await store.delete(newKey()), false);
  });

  test("a row is read as it was written, also elsewhere", async ({ store, other }) => {
    const [key, row] = [
      newKey(),
      rowOf({ data: JSON.stringify({ data: { text: "a\nb\u2028\0“ü”😀", list: [1, null] } }), user: newKey() }),
    ];
    assert.is(await store.write(key, row, 0), true);
    assert.equal(await store.read(key), row);
    assert.equal(await other.read(key), row);
  });

  test("a row is written only where the stored one has the revision that was read (SE-06)", async ({ store }) => {
    const key = newKey();
    assert.is(await store.write(key, rowOf(), 1), false);
    assert.is(await store.write(key, rowOf(), 0), true);
    assert.is(await store.write(key, rowOf(), 0), false);
    assert.is(await store.write(key, rowOf({ revision: 2, data: "2" }), 1), true);
    assert.is(await store.write(key, rowOf({ revision: 2, data: "other" }), 1), false);
    assert.is((await store.read(key))?.data, "2");
  });

  test("of many writes of one revision at once one succeeds", async ({ store }) => {
    const key = newKey();
    await store.write(key, rowOf(), 0);
    const written = await Promise.all(
      Array.from({ length: 10 }, (_, index) => store.write(key, rowOf({ revision: 2, data: String(index) }), 1)),
    );
    assert.is(written.filter(Boolean).length, 1);
    assert.is((await store.read(key))?.data, String(written.indexOf(true)));
  });

  test("what was deleted is not brought back by a write or a touch, here or elsewhere (SE-07)", async ({ store, other }) => {
    const key = newKey();
    await store.write(key, rowOf(), 0);
    assert.is(await other.delete(key), true);
    assert.is(await store.write(key, rowOf({ revision: 2 }), 1), false);
    assert.is(await store.touch(key, lifetimeOf(60), 1), false);
    assert.is(await store.read(key), undefined);
    assert.is(await store.delete(key), false);
  });

  test("of many deletions at once one finds the row", async ({ store }) => {
    const key = newKey();
    await store.write(key, rowOf(), 0);
    const found = await Promise.all(Array.from({ length: 5 }, () => store.delete(key)));
    assert.is(found.filter(Boolean).length, 1);
  });

  test("a touch changes the lifetime and nothing else", async ({ store }) => {
    const [key, row, lifetime] = [newKey(), rowOf({ user: newKey(), data: '{"a":"\\n"}' }), lifetimeOf(600)];
    await store.write(key, row, 0);
    assert.is(await store.touch(key, lifetime, 1), true);
    assert.equal(await store.read(key), { ...row, lifetime });
  });

  test("a touch by who has read another revision is refused: the later write has said how long it lasts", async ({ store }) => {
    const [key, row] = [newKey(), rowOf({ revision: 2, data: "2", user: newKey(), lifetime: lifetimeOf(600) })];
    await store.write(key, rowOf(), 0);
    await store.write(key, row, 1);
    assert.is(await store.touch(key, lifetimeOf(60), 1), false);
    assert.equal(await store.read(key), row);
  });

  test("keys that look like patterns and prototypes are keys like others (SE-09)", async ({ store }) => {
    const [one, other] = [newKey(), newKey()];
    await store.write(one, rowOf(), 0);
    for (const key of ["*", "__proto__", "constructor", `${one}*`, `${one}'; DROP TABLE keyv; --`]) {
      assert.is(await store.read(key), undefined);
      assert.is(await store.delete(key), false);
    }
    assert.ok(await store.read(one));
    assert.is(await store.read(other), undefined);
  });

  test("a lifetime that is over already is no error (SE-12)", async ({ store }) => {
    const key = newKey();
    assert.is(await store.write(key, rowOf({ lifetime: lifetimeOf(-60) }), 0), true);
    await store.touch(key, lifetimeOf(-60), 1);
  });

  test("the rows of a user are listed, where the store can tell", async ({ store, other }) => {
    if (store.listByUser === undefined) return;
    const [ada, bob, one, two, bobs] = [newKey(), newKey(), newKey(), newKey(), newKey()];
    await store.write(one, rowOf({ user: ada }), 0);
    await other.write(two, rowOf({ user: ada }), 0);
    await store.write(bobs, rowOf({ user: bob }), 0);
    const rows = async (user: string) => {
      const keys = (await store.listByUser?.(user)) ?? [];
      const found = await Promise.all(keys.map(async (key) => ((await store.read(key)) === undefined ? [] : [key])));
      return found.flat().sort();
    };
    assert.equal(await rows(ada), [one, two].sort());
    assert.equal(await rows(bob), [bobs]);
    await store.delete(one);
    assert.equal(await rows(ada), [two]);
    assert.equal(await rows(newKey()), []);
  });

  test("all rows of a user can be ended but one, also those that are not listed, where the store needs a way of its own", async ({
    store,
    other,
  }) => {
    if (store.endUser === undefined) return;
    const [ada, bob, one, two, bobs, later] = [newKey(), newKey(), newKey(), newKey(), newKey(), newKey()];
    await store.write(one, rowOf({ user: ada }), 0);
    await other.write(two, rowOf({ user: ada }), 0);
    await store.write(bobs, rowOf({ user: bob }), 0);
    await store.endUser(ada, two);
    const there = async () => Promise.all([one, two, bobs, later].map(async (key) => (await other.read(key)) !== undefined));
    assert.equal(await there(), [false, true, true, false]);
    assert.is(await store.write(one, rowOf({ user: ada, revision: 2 }), 1), false);
    assert.is(await store.touch(one, lifetimeOf(60), 1), false);
    assert.is(await other.write(later, rowOf({ user: ada }), 0), true, "a login after it is another matter");
    assert.is(await store.write(two, rowOf({ user: ada, revision: 2 }), 1), true, "the one that stays goes on");
    assert.equal(await there(), [false, true, true, true]);
    await other.endUser?.(ada, undefined);
    assert.equal(await there(), [false, false, true, false]);
  });

  tests.run();
}
