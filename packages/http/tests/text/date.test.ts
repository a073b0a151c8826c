import * as assert from "uvu/assert";
import { test } from "uvu";
import * as fc from "fast-check";
import { decodeDate } from "../../src/text/date.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

function iso(text: string): string {
  const date = decodeDate(text);
  return date instanceof Date ? date.toISOString() : `text ${date}`;
}

test("a date is its midnight in UTC", () => {
  assert.is(iso("2024-01-31"), "2024-01-31T00:00:00.000Z");
  assert.is(iso("2024-02-29"), "2024-02-29T00:00:00.000Z");
  assert.is(iso("0099-12-31"), "0099-12-31T00:00:00.000Z");
});

test("a date and time may leave out seconds and offset, and is in UTC then", () => {
  assert.is(iso("2024-01-31T10:00"), "2024-01-31T10:00:00.000Z");
  assert.is(iso("2024-01-31 10:00:01.5"), "2024-01-31T10:00:01.500Z");
  assert.is(iso("2024-01-31t10:00:00z"), "2024-01-31T10:00:00.000Z");
});

test("an offset is taken into account", () => {
  assert.is(iso("2024-01-31T10:00:00+05:30"), "2024-01-31T04:30:00.000Z");
  assert.is(iso("2024-01-31T23:30:00-0100"), "2024-02-01T00:30:00.000Z");
});

test("digits below the millisecond are dropped", () => {
  assert.is(iso("2024-01-31T10:00:00.123999Z"), "2024-01-31T10:00:00.123Z");
});

test("PA-19: a day that does not exist stays text", () => {
  for (const text of [
    "2024-02-30",
    "2023-02-29",
    "1900-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-04-31",
    "2024-01-00",
    "0000-01-01",
    "0000-00-00T",
  ]) {
    assert.is(decodeDate(text), text);
  }
});

test("what is no ISO date stays text: other notations, epochs, the hour 24, a leap second, white space", () => {
  const texts = [
    "",
    "x",
    "Jan 1 2024",
    "2024-1-1",
    "1700000000",
    "1700000000000",
    " 2024-01-31",
    "2024-01-31T24:00",
    "2024-01-31T10:00:60",
    "2024-01-31T10",
  ];
  for (const text of [...texts, "2024-01-31T", "2024-01-31T10:00:00+24:00", "10000-01-01", "2024-01-31T10:00:00-05"])
    assert.is(decodeDate(text), text);
});

test("PA-19: ten kilobytes of digits are refused in linear time", () =>
  assertLinear("digits", (size) => decodeDate(`2024-01-31T10:00:00.${"1".repeat(size)}`), 10_000));

test("every moment of the years 1 to 9999 comes back from its ISO text", () => {
  const moments = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  fc.assert(fc.property(moments, (date) => iso(date.toISOString()) === date.toISOString()));
});

test.run();
