import { test } from "uvu";
import * as assert from "uvu/assert";
import { Unwinding } from "../src/index.ts";

const fail = (error: unknown) => () => {
  throw error;
};

test("endings run in the reverse order of making, those that live until the handler first", async () => {
  const events: string[] = [];
  const unwinding = new Unwinding();
  unwinding.add(() => void events.push("first, handler"), "handler");
  unwinding.add(() => void events.push("second, response"), "response");
  unwinding.add(() => void events.push("third, handler"), "handler");
  unwinding.add(() => void events.push("fourth, response"), "response");
  assert.is(await unwinding.handlerDone(undefined), undefined);
  assert.equal(events.splice(0), ["third, handler", "first, handler"]);
  assert.is(unwinding.isEmpty, false);
  assert.is(await unwinding.responseDone(undefined), undefined);
  assert.equal(events, ["fourth, response", "second, response"]);
  assert.is(unwinding.isEmpty, true);
});

test("an ending is awaited before the next one begins", async () => {
  const events: string[] = [];
  const unwinding = new Unwinding();
  unwinding.add(() => void events.push("outer"), "handler");
  unwinding.add(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    events.push("inner");
  }, "handler");
  await unwinding.handlerDone(undefined);
  assert.equal(events, ["inner", "outer"]);
});

test("DI-07: after a failure all endings run at once, and each sees it", async () => {
  const seen: unknown[] = [];
  const unwinding = new Unwinding();
  unwinding.add((failure) => void seen.push(failure?.error), "handler");
  unwinding.add((failure) => void seen.push(failure?.error), "response");
  assert.equal(await unwinding.handlerDone({ error: "boom" }), { error: "boom" });
  assert.equal(seen, ["boom", "boom"]);
  assert.is(unwinding.isEmpty, true);
});

test("DI-06: an ending that throws does not keep the others from running, and its error is the failure from then on", async () => {
  const seen: unknown[] = [];
  const unwinding = new Unwinding();
  unwinding.add((failure) => void seen.push(failure?.error), "handler");
  unwinding.add(fail("commit failed"), "handler");
  unwinding.add((failure) => void seen.push(failure?.error), "response");
  assert.equal(await unwinding.handlerDone(undefined), { error: "commit failed" });
  assert.equal(seen, ["commit failed", "commit failed"], "also the one that was to live until the response");
});

test("undefined can be thrown, and is a failure", async () => {
  const unwinding = new Unwinding();
  unwinding.add(fail(undefined), "handler");
  assert.equal(await unwinding.handlerDone(undefined), { error: undefined });
});

test("an error that replaces another keeps it as its cause", async () => {
  const [first, second] = [new Error("first"), new Error("second")];
  const unwinding = new Unwinding();
  unwinding.add(fail(second), "handler");
  assert.is((await unwinding.handlerDone({ error: first }))?.error, second);
  assert.is(second.cause, first);
});

test("two errors that replace each other in turns do not become their own causes", async () => {
  const [first, second] = [new Error("first"), new Error("second")];
  const unwinding = new Unwinding();
  unwinding.add(fail(first), "handler");
  unwinding.add(fail(second), "handler");
  assert.is((await unwinding.handlerDone({ error: first }))?.error, first);
  assert.is(second.cause, first);
  assert.is(first.cause, undefined);
});

test("an error that cannot take a cause is the failure all the same, and the other endings run", async () => {
  let ended = 0;
  const accessor = Object.defineProperty(new Error("accessor"), "cause", { get: fail(new Error("no")) });
  for (const error of [Object.freeze(new Error("frozen")), accessor, null, "text"]) {
    const unwinding = new Unwinding();
    unwinding.add(() => void (ended += 1), "handler");
    unwinding.add(fail(error), "handler");
    assert.is((await unwinding.handlerDone({ error: new Error("first") }))?.error, error);
  }
  assert.is(ended, 4);
});

test("an ending runs once, also when both moments come", async () => {
  let ended = 0;
  const unwinding = new Unwinding();
  unwinding.add(() => void (ended += 1), "handler");
  await Promise.all([unwinding.handlerDone(undefined), unwinding.responseDone(undefined)]);
  await unwinding.responseDone(undefined);
  assert.is(ended, 1);
});

test.run();
