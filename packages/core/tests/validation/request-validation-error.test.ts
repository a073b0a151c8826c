import * as assert from "uvu/assert";
import { test } from "uvu";
import * as fc from "fast-check";
import { echo } from "../../src/validation/echo.ts";
import { missing, type Problem, RequestValidationError } from "../../src/validation/index.ts";

function wrong(input: unknown, msg = "Input should be a valid string"): Problem {
  return { type: "string_type", loc: ["body", "a"], msg, input };
}

test("it is a 422 that keeps its problems and the body", () => {
  const error = new RequestValidationError([missing(["query", "q"])], { a: 1 });
  assert.is(error.status, 422);
  assert.equal(error.problems, [{ type: "missing", loc: ["query", "q"], msg: "Field required", input: null }]);
  assert.equal(error.body, { a: 1 });
});

test("its message is fit for a log: places and types, never what was received", () => {
  const error = new RequestValidationError([wrong("secret"), wrong("secret")]);
  assert.is(error.message, "The request is not valid: body.a (string_type) and 1 more");
});

test("JB-03: at most the first hundred problems are kept", () => {
  assert.is(new RequestValidationError(Array.from({ length: 500 }, () => wrong(1))).problems.length, 100);
});

test("JB-03: echoed input is bounded to 8,000 characters over all problems", () => {
  const { problems } = new RequestValidationError(Array.from({ length: 100 }, () => wrong("x".repeat(190))));
  assert.is(problems.length, 100);
  assert.ok(JSON.stringify(problems.map(({ input }) => input ?? 0)).length < 8_300);
});

test("JB-03: long messages do not add up to a long answer", () => {
  const { problems } = new RequestValidationError(Array.from({ length: 100 }, () => wrong(null, "m".repeat(1_000))));
  assert.ok(JSON.stringify(problems).length < 33_000);
  assert.is(new RequestValidationError([wrong(null, "m".repeat(50_000))]).problems.length, 1);
});

test("small values are echoed as JSON has them", () => {
  assert.equal(echo({ a: [1, "x", null, true], at: new Date(0), big: 1n, nan: Number.NaN }), {
    a: [1, "x", null, true],
    at: "1970-01-01T00:00:00.000Z",
    big: "1",
    nan: "NaN",
  });
});

test("long text is cut, large and deep values and class instances are left out", () => {
  assert.is(echo("x".repeat(1_000)), `${"x".repeat(200)}…`);
  assert.is(echo(Array.from({ length: 51 }, () => 1)), undefined);
  assert.is(echo([[[[[[1]]]]]]), undefined);
  assert.is(echo(new File([], "a")), undefined);
});

test("JB-02: a value that is nested beyond the stack, or contains itself, is left out", () => {
  const loop: unknown[] = [];
  loop.push(loop);
  assert.is(echo(loop), undefined);
  assert.is(echo(JSON.parse("[".repeat(100_000) + "]".repeat(100_000))), undefined);
});

test("JB-01: an echoed __proto__ pollutes nothing", () => {
  const copy = echo(JSON.parse('{"__proto__":{"polluted":true}}')) as object;
  assert.is(Object.getPrototypeOf(copy), Object.prototype);
  assert.ok(Object.hasOwn(copy, "__proto__"));
});

test("whatever was received, its echo is small JSON", () => {
  fc.assert(
    fc.property(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withNullPrototype: true,
        withTypedArray: true,
      }),
      (value) => {
        assert.ok((JSON.stringify(echo(value)) ?? "").length < 25_000);
      },
    ),
  );
});

test.run();
