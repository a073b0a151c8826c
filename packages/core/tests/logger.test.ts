import { standardLogger } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { describeThrown } from "../src/errors/describe-thrown.ts";
import { captureStderr } from "./harness.ts";

/** What the standard logger writes to a terminal, or elsewhere. */
async function written(isTTY: boolean, log: () => void): Promise<string> {
  const before = process.stderr.isTTY;
  process.stderr.isTTY = isTTY;
  try {
    return await captureStderr(log);
  } finally {
    process.stderr.isTTY = before;
  }
}

const hostile = "a\r\nERROR forged\n\u001b[2J\u009b2J\u2028\u202e\u0000";

test("elsewhere than on a terminal each entry is one line of JSON", async () => {
  const text = await written(false, () => standardLogger.error({ route: "GET /", err: new Error("bug") }, "GET / failed"));
  assert.is(text.split("\n").length, 2);
  const entry = JSON.parse(text) as Record<string, string>;
  assert.equal([entry["level"], entry["message"], entry["route"]], ["error", "GET / failed", "GET /"]);
  assert.match(entry["err"] ?? "", /^Error: bug\n +at /);
  assert.match(text, /^\{"time":"\d{4}-/);
});

test("DX-05 no text of a client can begin a line, move a terminal's cursor or take the place of a field", async () => {
  const details = { route: hostile, level: "info", message: "forged" };
  const line = await written(false, () => standardLogger.warn(details, hostile));
  assert.is(line.split("\n").length, 2);
  // oxlint-disable-next-line no-control-regex -- what must not be there
  assert.not.match(line.trimEnd(), /[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
  assert.equal([JSON.parse(line).level, JSON.parse(line).route], ["warn", hostile]);

  const lines = await written(true, () => standardLogger.warn({ route: hostile }, hostile));
  assert.not.match(lines, /^ERROR/m);
  // oxlint-disable-next-line no-control-regex -- what must not be there
  assert.not.match(lines, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
});

test("a terminal gets readable lines, each further one indented", async () => {
  const text = await written(true, () => standardLogger.error({ err: "first\nsecond" }, "it failed"));
  assert.is(text, "ERROR it failed\n    err: first\n    second\n");
});

test("a text of any length is cut", async () => {
  for (const isTTY of [true, false]) {
    const text = await written(isTTY, () => standardLogger.info({ path: "x".repeat(100_000) }, "y".repeat(100_000)));
    assert.ok(text.length < 17_000);
    assert.match(text, /… \(92000 more\)/);
  }
});

test("an error is told with its causes and with what it gathers, and a circle of them ends", () => {
  const cause = new TypeError("the cause");
  assert.match(describeThrown(new Error("outer", { cause })), /^Error: outer\n[^]*\ncaused by: TypeError: the cause\n/);
  assert.match(
    describeThrown(new AggregateError([new Error("one"), "two"])),
    /^AggregateError[^]*caused by: Error: one\n[^]*caused by: two$/,
  );
  const circle = new Error("circle");
  circle.cause = circle;
  assert.ok(describeThrown(circle).split("caused by").length <= 8);
});

test("ST-04 everything that can be thrown has a description", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  const mute = Object.defineProperties(new Error("x"), { stack: { get: fail }, message: { get: fail }, name: { get: fail } });
  const trapped = new Proxy({}, { get: fail, getPrototypeOf: fail });
  const values = [null, undefined, "text", 1n, Symbol("s"), { a: 1 }, circle, mute, trapped, Object.create(null)];
  assert.equal(values.map(describeThrown), [
    "null",
    "undefined",
    "text",
    "1",
    "Symbol(s)",
    '{"a":1}',
    "[object Object]",
    "(an error whose description throws)",
    "(something whose description throws)",
    "{}",
  ]);
});

function fail(): never {
  throw new Error("trapped");
}

test.run();
