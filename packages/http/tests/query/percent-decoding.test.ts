import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { decodeField, decodePercent } from "../../src/query/percent-decoding.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

test("escapes become their characters, of one byte and of several", () => {
  assert.is(decodePercent("a%20b%3D%C3%A9%E6%97%A5"), "a b=é日");
});

test("a bad escape stays as it is, and the good ones beside it are decoded", () => {
  for (const text of ["%", "100%", "%zz", "%ff", "%E0%A4%A", "%C3"]) assert.is(decodePercent(text), text);
  assert.is(decodePercent("%20x%zz%C3%A9"), " x%zzé");
});

test("+ is a space in a field, and a literal one is escaped", () => {
  assert.is(decodeField("a+b%2B"), "a b+");
});

test("every text survives encodeURIComponent", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => decodePercent(encodeURIComponent(text)) === text));
});

test("4,000 bad escapes of one header are read in linear time", () =>
  assertLinear("bad escapes", (size) => decodePercent("%ff ".repeat(size)), 4000));

test.run();
