import { test } from "uvu";
import * as assert from "uvu/assert";
import { Place } from "../src/index.ts";

function declareSomething() {
  return new Place(declareSomething);
}

test("a place is that of the caller, relative to the working directory", () => {
  assert.match(String(declareSomething()), /^packages\/di\/tests\/place\.test\.ts:\d+:\d+$/);
});

test("taking a place leaves the limit of stack traces as it was", () => {
  const limit = Error.stackTraceLimit;
  declareSomething();
  assert.is(Error.stackTraceLimit, limit);
});

test("a place is unknown where stacks are not text", () => {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_, sites) => sites;
  const place = declareSomething();
  assert.is(place.toString(), undefined);
  Error.prepareStackTrace = prepareStackTrace;
});

test.run();
