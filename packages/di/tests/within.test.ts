import { test } from "uvu";
import * as assert from "uvu/assert";
import { within } from "../src/within.ts";

const late = (): Error => new Error("late");

/** How each promise ended, waited for no longer than `ms`. */
function outcomes(promises: readonly PromiseLike<unknown>[], ms: number): Promise<unknown[]> {
  return Promise.all(promises.map((promise) => within(promise, ms, late).catch((error: Error) => error.message)));
}

function after(ms: number, value: unknown): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}

test("of many that are waited for at once, those are given up that take too long, wherever they stand among the others", async () => {
  const never = new Promise<never>(() => {});
  const promises = [never, Promise.resolve(1), after(5, 2), never, Promise.reject(new Error("3")), Promise.resolve(4), never];
  assert.equal(await outcomes(promises, 200), ["late", 1, 2, "late", "3", 4, "late"]);
});

test("a turn that ended everything leaves the next one its limits", async () => {
  assert.equal(await outcomes([Promise.resolve(1)], 5), [1]);
  assert.equal(await outcomes([new Promise(() => {})], 5), ["late"]);
  await new Promise(setImmediate);
  assert.equal(await outcomes([new Promise(() => {}), Promise.resolve(2)], 5), ["late", 2]);
});

test("what is settled in time keeps no timer, which would hold the process", async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  await within(Promise.resolve(), 60_000, late);
  await within(after(5, 1), 60_000, late);
  await new Promise(setImmediate);
  assert.is(timers(), before);
});

test("a thenable that answers at once is none too soon, and Infinity and more than a timer can hold wait for ever", async () => {
  // oxlint-disable-next-line unicorn/no-thenable -- the case under test
  const thenable = { then: (resolve: (value: number) => void) => resolve(7) } as PromiseLike<number>;
  assert.equal(await outcomes([thenable], 5), [7]);
  for (const ms of [Infinity, 2 ** 31]) assert.equal(await outcomes([after(20, "in time")], ms), ["in time"]);
});

test.run();
