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

test("endings that return no promise are over at once, their failures included", () => {
  const unwinding = new Unwinding();
  unwinding.add(() => {}, "handler");
  unwinding.add(fail("too late"), "response");
  assert.is(unwinding.handlerDone(undefined), undefined);
  assert.equal(unwinding.responseDone(undefined), { error: "too late" });
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

test("an error that replaces another is told with it, and is not changed: it may be a constant that is thrown in many runs", async () => {
  const [first, second] = [new Error("first"), Object.freeze(new Error("second"))];
  const unwinding = new Unwinding();
  unwinding.add(fail(second), "handler");
  assert.equal(await unwinding.handlerDone({ error: first }), { error: second, replaced: { error: first } });
  assert.is(second.cause, undefined);
});

test("an error that is thrown again replaces nothing", async () => {
  const failure = { error: new Error("first") };
  const unwinding = new Unwinding();
  unwinding.add(fail(failure.error), "handler");
  assert.is(await unwinding.handlerDone(failure), failure);
});

test("DI-06: an ending that hangs is given up and named, and the others run", async () => {
  const events: string[] = [];
  const unwinding = new Unwinding(20);
  unwinding.add(() => void events.push("first"), "handler");
  unwinding.add(() => new Promise(() => {}), "handler", "database");
  const failure = await unwinding.handlerDone(undefined);
  assert.match(String((failure as { error: Error }).error.message), /^database was not torn down within 20 ms\. mend: /);
  assert.equal(events, ["first"]);
});

test("an ending that fails when it has been given up leaves nothing unhandled", async () => {
  const unwinding = new Unwinding(5);
  unwinding.add(() => new Promise((_, reject) => setTimeout(reject, 10, new Error("late"))), "handler", "database");
  await unwinding.handlerDone(undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
});

test("what is added when all is over ends at once, and is told how the run ended", async () => {
  const failure = { error: new Error("first") };
  const unwinding = new Unwinding();
  await unwinding.responseDone(failure);
  const seen: unknown[] = [];
  unwinding.add((told) => void seen.push(told), "response");
  assert.equal(seen, [failure]);
});

test("an ending runs once, also when both moments come", async () => {
  let ended = 0;
  const unwinding = new Unwinding();
  unwinding.add(() => void (ended += 1), "handler");
  await Promise.all([unwinding.handlerDone(undefined), unwinding.responseDone(undefined)]);
  await unwinding.responseDone(undefined);
  assert.is(ended, 1);
});

test("what only looks, after the response, holds nothing open", () => {
  const events: string[] = [];
  const unwinding = new Unwinding();
  unwinding.add(() => void events.push("handler"), "handler");
  unwinding.addLook((failure) => void events.push(failure === undefined ? "look" : "look at a failure"));
  assert.is(unwinding.holdsNothing, false);
  unwinding.handlerDone(undefined);
  assert.equal([unwinding.holdsNothing, unwinding.isEmpty, events], [true, false, ["handler"]]);
  unwinding.responseDone(undefined);
  assert.equal([unwinding.isEmpty, events], [true, ["handler", "look"]]);
});

test("what an ending adds while all of them end is ended, too", async () => {
  const events: string[] = [];
  const unwinding = new Unwinding();
  unwinding.add(() => void events.push("outer"), "handler");
  unwinding.add(async () => {
    await Promise.resolve();
    unwinding.add(() => void events.push("added"), "response");
    events.push("inner");
  }, "handler");
  await unwinding.responseDone(undefined);
  assert.equal(events, ["inner", "added", "outer"]);
  assert.is(unwinding.isEmpty, true);
});

test.run();
