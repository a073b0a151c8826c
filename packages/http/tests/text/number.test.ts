import * as assert from "uvu/assert";
import { test } from "uvu";
import * as fc from "fast-check";
import { decodeBigInt, decodeInteger, decodeNumber } from "../../src/text/number.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

test("an integer may have a sign, leading zeros and a fraction of zeros", () => {
  const read = ["5", "+5", "-5", "05", "5.0", "-5.00", "00.0", "9007199254740991"].map(decodeInteger);
  assert.equal(read, [5, 5, -5, 5, 5, -5, 0, Number.MAX_SAFE_INTEGER]);
});

test("PA-18: exponents, prefixes, white space, separators, words and digits of other scripts are no integer", () => {
  for (const text of [
    "1e3",
    "1e0",
    "0x10",
    " 1",
    "1 ",
    "\t1",
    "1_0",
    "1,0",
    "Infinity",
    "NaN",
    "١٢",
    "- 5",
    "+-5",
    "",
    ".0",
    "5.",
    "5.5",
  ]) {
    assert.is(decodeInteger(text), text);
  }
});

test("PA-18: an integer that a number cannot hold is refused instead of rounded", () => {
  for (const text of ["9007199254740992", "9007199254740993", "-9007199254740993", "1".repeat(400)])
    assert.is(decodeInteger(text), text);
  assert.is(decodeNumber("9007199254740993"), "9007199254740993");
});

test("PA-18: a negative zero is zero", () => {
  for (const text of ["-0", "-0.0"]) {
    assert.ok(Object.is(decodeInteger(text), 0));
    assert.ok(Object.is(decodeNumber(text), 0));
  }
});

test("a number may have a fraction and an exponent", () => {
  const read = ["1.5", ".5", "5.", "+.5", "1e3", "1E3", "1.5e-3", "1E+2", "42"].map(decodeNumber);
  assert.equal(read, [1.5, 0.5, 5, 0.5, 1000, 1000, 0.0015, 100, 42]);
});

test("JB-05: what is no finite decimal number stays text", () => {
  for (const text of [
    "",
    " ",
    "-",
    ".",
    "-.",
    "1e",
    "1e+",
    "1e5.5",
    "1.2.3",
    "1e400",
    "inf",
    "Infinity",
    "nan",
    "0x5",
    "1_0.5",
    "1d",
    "٢",
  ]) {
    assert.is(decodeNumber(text), text);
  }
});

test("a bigint has any size that can be read in no time", () => {
  assert.is(decodeBigInt("-9007199254740993"), -9007199254740993n);
  assert.is(decodeBigInt("+5.0"), 5n);
  assert.is(typeof decodeBigInt("9".repeat(4300)), "bigint");
  for (const text of ["9".repeat(4301), "", "+", "1n", "0x5", "1e3", " 1"]) assert.is(decodeBigInt(text), text);
});

test("every number comes back from its own text", () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (value) => Object.is(decodeInteger(String(value)), value)));
  fc.assert(fc.property(fc.bigInt(), (value) => decodeBigInt(String(value)) === value));
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => decodeNumber(String(value)) === value),
    { numRuns: 1000 },
  );
});

test("a text that is read as a number is a number to JavaScript too, and the same one", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789+-.eE_ x") });
  fc.assert(
    fc.property(digits, (text) => {
      const value = decodeNumber(text);
      if (typeof value === "number") assert.is(value, Number(text) + 0);
    }),
    { numRuns: 2000 },
  );
});

test("a megabyte of digits is refused in linear time", async () => {
  for (const read of [decodeInteger, decodeNumber, decodeBigInt])
    await assertLinear(read.name, (size) => read(`${"1".repeat(size)}x`), 1_000_000);
});

test.run();
