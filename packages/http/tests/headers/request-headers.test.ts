import { test } from "uvu";
import * as assert from "uvu/assert";
import { RequestHeaders } from "../../src/headers/request-headers.ts";

const headers = (...rawHeaders: string[]): RequestHeaders => new RequestHeaders({ rawHeaders });

test("names match in any case", () => {
  assert.is(headers("X-TOKEN", "v").get("x-token"), "v");
  assert.is(headers("x-token", "v").get("X-Token"), "v");
});

test("of a header sent twice the first counts, and getAll gives both", () => {
  const sent = headers("X-A", "1", "Host", "a", "x-a", "2");
  assert.is(sent.get("x-a"), "1");
  assert.equal(sent.getAll("X-A"), ["1", "2"]);
});

test("a comma in one line is never split", () => {
  assert.equal(headers("X-Token", "foo, bar").getAll("x-token"), ["foo, bar"]);
});

test("several lines of a list are one list (RFC 9110 §5.3), of Cookie with semicolons (RFC 9113 §8.2.3)", () => {
  assert.is(headers("Accept", "a/b", "Accept", "c/d").get("accept"), "a/b, c/d");
  assert.is(headers("Cookie", "a=abc", "Cookie", "b=def").get("cookie"), "a=abc; b=def");
});

test("HD-05: names of Object.prototype are names like any other", () => {
  const sent = headers("__proto__", "x", "constructor", "y");
  assert.is(sent.get("__proto__"), "x");
  assert.is(sent.get("constructor"), "y");
  assert.is(headers().get("__proto__"), undefined);
  assert.is(headers().get("toString"), undefined);
});

test("iteration gives every line, names in lower case", () => {
  assert.equal(
    [...headers("Host", "a", "X-A", "1", "X-A", "2")],
    [
      ["host", "a"],
      ["x-a", "1"],
      ["x-a", "2"],
    ],
  );
});

test("an empty value is a value", () => {
  assert.is(headers("X-A", "").get("x-a"), "");
  assert.ok(headers("X-A", "").has("x-a"));
  assert.not(headers("X-A", "").has("x-b"));
});

test.run();
