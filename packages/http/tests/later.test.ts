import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Later } from "../src/later.ts";

/** What was told to whom, in order. */
function listenTo(later: Later<unknown>, name: string, heard: string[]): void {
  later.tell(
    (value) => heard.push(`${name} came to ${String(value)}`),
    (error) => heard.push(`${name} failed with ${String(error)}`),
  );
}

test("all who ask are told in the same turn, in their order, and who asks late at once", () => {
  const heard: string[] = [];
  const later = new Later<string>();
  for (const name of ["first", "second", "third"]) listenTo(later, name, heard);
  assert.equal(heard, []);
  later.resolve("tea");
  assert.equal(heard, ["first came to tea", "second came to tea", "third came to tea"]);
  listenTo(later, "late", heard);
  assert.is(heard.at(-1), "late came to tea");
});

test("only the first outcome counts", () => {
  for (const settle of [(later: Later<string>) => later.resolve("tea"), (later: Later<string>) => later.reject("spilt")]) {
    const heard: string[] = [];
    const later = new Later<string>();
    listenTo(later, "one", heard);
    settle(later);
    later.resolve("more");
    later.reject("again");
    assert.is(heard.length, 1);
    listenTo(later, "one", heard);
    assert.is(heard[1], heard[0]);
  }
});

test("what is made of it goes on as with a promise: values, promises, errors", async () => {
  const come = Later.of(2);
  assert.is(await come, 2);
  assert.is(await come.then((value) => value + 1), 3);
  assert.is(await come.then(async (value) => value * 10), 20);
  assert.is(await come.then((value) => Later.of(value + 5)), 7);
  assert.is(await come.then(undefined, undefined), 2);
  const failed = Later.failed<number>(new Error("spilt"));
  assert.is(await failed.then(undefined, (error) => (error as Error).message), "spilt");
  assert.is(
    await failed
      .then((value) => value + 1)
      .then(
        () => "came",
        () => "failed",
      ),
    "failed",
  );
  const thrown = come.then(() => {
    throw new Error("late");
  });
  assert.is(await thrown.then(undefined, (error) => (error as Error).message), "late");
  const rejected = come.then(() => Promise.reject(new Error("later")));
  assert.is(await rejected.then(undefined, (error) => (error as Error).message), "later");
});

test("what a listener throws that may not throw is not swallowed further up", () => {
  const later = new Later<string>();
  later
    .then((value) => value)
    .tell(
      () => {
        throw new Error("a bug");
      },
      () => {},
    );
  assert.throws(() => later.resolve("tea"), /a bug/);
});

test("who asks by then() is called in the AsyncLocalStorage context in which it asked", () => {
  const storage = new AsyncLocalStorage<string>();
  const later = new Later<string>();
  const seen: (string | undefined)[] = [];
  storage.run("first", () => later.then(() => seen.push(storage.getStore())));
  storage.run("second", () => later.then(() => seen.push(storage.getStore())));
  storage.run("elsewhere", () => later.resolve("tea"));
  assert.equal(seen, ["first", "second"]);
});

test("a failure that nobody asks for is told as one of a promise is", async () => {
  const told = once(process, "unhandledRejection");
  new Later<string>().reject(new Error("nobody listens"));
  const [error] = (await told) as [Error];
  assert.is(error.message, "nobody listens");
});

test("a failure that somebody asks for in time is told to nobody else", async () => {
  const told: unknown[] = [];
  const listener = (error: unknown): void => void told.push(error);
  process.on("unhandledRejection", listener);
  const [heard, late] = [new Later<string>(), Later.failed<string>(new Error("late"))];
  heard.tell(
    () => {},
    () => {},
  );
  heard.reject(new Error("heard"));
  late.tell(
    () => {},
    () => {},
  );
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", listener);
  assert.equal(told, []);
});

test.run();
