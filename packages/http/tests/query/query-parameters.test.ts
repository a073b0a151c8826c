import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { HTTPException } from "../../src/http-exception.ts";
import { QueryParameters } from "../../src/query/query-parameters.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

test("get gives the last of several values, getAll gives all in order", () => {
  const query = new QueryParameters("q=1&tag=a&q=2&tag=b");
  assert.is(query.get("q"), "2");
  assert.equal(query.getAll("tag"), ["a", "b"]);
  assert.is(query.get("absent"), undefined);
  assert.equal(query.getAll("absent"), []);
});

test("iteration gives each value, keys each name once", () => {
  const query = new QueryParameters("a=1&b=2&a=3");
  assert.equal(
    [...query],
    [
      ["a", "1"],
      ["a", "3"],
      ["b", "2"],
    ],
  );
  assert.equal([...query.keys()], ["a", "b"]);
});

test("a name without a value has an empty one, and an empty pair is nothing", () => {
  const query = new QueryParameters("&&a&b=&=c");
  assert.equal(
    [...query],
    [
      ["a", ""],
      ["b", ""],
      ["", "c"],
    ],
  );
});

test("QS-03: brackets belong to the name", () => {
  const query = new QueryParameters("q[x]=1&q[]=2");
  assert.not(query.has("q"));
  assert.is(query.get("q[x]"), "1");
});

test("names of Object.prototype are names like any other", () => {
  const query = new QueryParameters("__proto__=x&constructor=y");
  assert.is(query.get("__proto__"), "x");
  assert.is(query.get("toString"), undefined);
});

test("QS-05: more parameters than the limit are a 400, without reading them", async () => {
  assert.throws(
    () => new QueryParameters("a=1&".repeat(5000)),
    (error: unknown) => error instanceof HTTPException && error.status === 400,
  );
  assert.is([...new QueryParameters("a=1&".repeat(1000))].length, 1000);
  assert.is([...new QueryParameters(";".repeat(15_000))].length, 1);
  await assertLinear("pairs", (size) => new QueryParameters("a=1&".repeat(size)).getAll("a"), 1000);
  await assertLinear("semicolons", (size) => new QueryParameters(";".repeat(size)).getAll("a"), 15_000);
});

test("well-formed queries read as URLSearchParams reads them", () => {
  const pair = fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const search = new URLSearchParams(pairs).toString();
      const query = new QueryParameters(search);
      const expected = new URLSearchParams(search);
      for (const name of expected.keys()) assert.equal(query.getAll(name), expected.getAll(name));
      assert.equal([...query.keys()], [...new Set(expected.keys())]);
    }),
  );
});

test("what get finds in a query is the last value of the parsed one, whatever stands where", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "=", "&", "+", "%", "%61"), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (search, name) => {
      assert.is(new QueryParameters(search).get(name), new QueryParameters(search).getAll(name).at(-1));
    }),
    { numRuns: 2000 },
  );
  const long = "a=1&ab=2&".repeat(100);
  assert.is(new QueryParameters(long).get("a"), "1");
});

test.run();
