import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readRanges } from "../../../src/responses/file/ranges.ts";

const understood: Record<string, readonly (readonly [start: number, end: number])[]> = {
  "bytes=0-100": [[0, 100]],
  "BYTES=0-0": [[0, 0]],
  "bytes=500-": [[500, 525]],
  "bytes=500-9999": [[500, 525]],
  "bytes=-100": [[426, 525]],
  "bytes=-1000": [[0, 525]],
  "bytes=0-9,\t20-29 , ,": [
    [0, 9],
    [20, 29],
  ],
  "bytes=20-29,0-9": [
    [20, 29],
    [0, 9],
  ],
  "bytes=0-9,527-": [[0, 9]],
  "bytes=0-9,5-20": [[0, 20]],
  "bytes=0-9,10-20": [[0, 20]],
  "bytes=-10,500-525,0-0": [
    [0, 0],
    [500, 525],
  ],
  "bytes=0-,0-,0-,0-": [[0, 525]],
};

for (const [header, ranges] of Object.entries(understood)) {
  test(`${header} of 526 bytes`, () => {
    assert.equal(
      readRanges(header, 526)?.map(({ start, end }) => [start, end]),
      ranges,
    );
  });
}

for (const header of ["bytes=526-", "bytes=-0", "bytes=600-700,-0", "bytes=99999999999999999999999-"]) {
  test(`${header} of 526 bytes is nothing that exists: 416`, () => assert.equal(readRanges(header, 526), []));
}

const senseless = [
  "",
  "bytes",
  "bytes=",
  "bytes= , ",
  "bytes=-",
  "bytes=a-b",
  "bytes=1-2-3",
  "bytes=100-0",
  "bytes=0-9,5-1",
  "bytes=0x1-9",
  "bytes=1.5-9",
  "bytes=+1-9",
  "bytes: 0-10",
  "items=0-9",
  "bytes =0-9",
  "none",
];
for (const header of senseless) {
  test(`${JSON.stringify(header)} counts as if it was not there (RFC 9110 §14.2)`, () =>
    assert.is(readRanges(header, 526), undefined));
}

test("of an empty file there are no ranges", () => assert.is(readRanges("bytes=0-9", 0), undefined));

test("CVE-2011-3192: a thousand ranges that overlap are one, and a thousand that do not are refused", () => {
  const overlapping = Array.from({ length: 1000 }, (_, index) => `${index}-`).join();
  assert.equal(readRanges(`bytes=${overlapping}`, 5000), [{ start: 0, end: 4999 }]);
  const apart = Array.from({ length: 1000 }, (_, index) => `${index * 3}-${index * 3}`).join();
  assert.equal(readRanges(`bytes=${apart}`, 5000), []);
});

test("no header asks for more than the file, or for a byte twice", () => {
  const spec = fc.oneof(
    fc.tuple(fc.nat(600), fc.nat(600)).map(([first, more]) => `${first}-${first + more}`),
    fc.nat(600).map((first) => `${first}-`),
    fc.nat(600).map((last) => `-${last}`),
  );
  fc.assert(
    fc.property(fc.array(spec, { minLength: 1, maxLength: 80 }), (specs) => {
      const sent = new Set<number>();
      for (const { start, end } of readRanges(`bytes=${specs.join(",")}`, 526) ?? []) {
        assert.ok(0 <= start && start <= end && end < 526);
        for (let at = start; at <= end; at++) assert.ok(!sent.has(at) && sent.add(at));
      }
    }),
  );
});

test.run();
