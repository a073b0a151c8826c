import { test } from "uvu";
import * as assert from "uvu/assert";
import { readHttpDate } from "../../../src/responses/file/http-date.ts";
import { checkPreconditions } from "../../../src/responses/file/preconditions.ts";
import { matchesIfRange, matchesStrongly, matchesWeakly, toValidators } from "../../../src/responses/file/validators.ts";
import { assertLinear } from "../../../../../scripts/test/assert-linear.ts";

test("dates are read in all three forms (RFC 9110 §5.6.7), and garbage is none", () => {
  const forms = ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"];
  for (const form of forms) assert.is(readHttpDate(form), Date.UTC(1994, 10, 6, 8, 49, 37), form);
  for (const text of ["", "garbage", "1994", "2024-01-01", "Sun, 06 Nov 1994 08:49:37", "Sun, 99 Nov 1994 08:49:37 GMT", "0"])
    assert.is(readHttpDate(text), undefined, text);
});

test("a tag changes with time and size, and is weak while another change might not show (RFC 9110 §8.8.1)", () => {
  const now = 1_700_000_000_000;
  const at = (mtimeMs: number, size: number): string => toValidators({ mtimeMs, size }, now).etag;
  const tags = [at(now - 5000, 10), at(now - 5000.25, 10), at(now - 5000, 11), at(now - 9000, 10)];
  assert.is(new Set(tags).size, 4);
  for (const tag of tags) assert.match(tag, /^"[\da-z]+-[\da-z]+"$/);
  assert.match(at(now - 500, 10), /^W\/"/);
  assert.match(at(now + 5000, 10), /^W\/"/);
});

test("tags are compared weakly and strongly (RFC 9110 §8.8.3.2)", () => {
  assert.ok(matchesWeakly('"a", W/"b" ,"c"', '"b"'));
  assert.ok(matchesWeakly('W/"b"', 'W/"b"'));
  assert.ok(matchesWeakly('"x,y"', '"x,y"'));
  assert.ok(matchesWeakly(" * ", '"b"'));
  assert.not(matchesWeakly('"a", "bb", b', '"b"'));
  assert.ok(matchesStrongly('"a", "b"', '"b"'));
  assert.not(matchesStrongly('W/"b"', '"b"'));
  assert.not(matchesStrongly('W/"b"', 'W/"b"'));
});

test("HT-10: a list of 100,000 tags, of quotes or of commas is read in linear time", async () => {
  for (const [piece, count] of [
    ['"a", ', 100_000],
    ['"', 200_001],
    ['W/"', 100_000],
    [",", 500_000],
    ["W/", 200_000],
  ] as const) {
    const text = piece.repeat(count); // only once: to make it costs the kernel's pages, which are more than linear
    await assertLinear(piece, (size) => assert.not(matchesWeakly(text.slice(0, size * piece.length), '"b"')), count);
  }
});

const validators = { etag: '"v2"', lastModified: "Sun, 06 Nov 1994 08:49:37 GMT", isSettled: true };
const earlier = "Sun, 06 Nov 1994 08:49:36 GMT";
const later = "Sun, 06 Nov 1994 08:49:38 GMT";

// RFC 9110 §13.2.2, step by step
const conditions: readonly (readonly [Record<string, string>, 304 | 412 | undefined])[] = [
  [{}, undefined],
  [{ "if-match": '"v2"' }, undefined],
  [{ "if-match": "*" }, undefined],
  [{ "if-match": '"v1"' }, 412],
  [{ "if-match": '"v2"', "if-unmodified-since": earlier }, undefined],
  [{ "if-unmodified-since": earlier }, 412],
  [{ "if-unmodified-since": later }, undefined],
  [{ "if-unmodified-since": "garbage" }, undefined],
  [{ "if-none-match": '"v1", W/"v2"' }, 304],
  [{ "if-none-match": "*" }, 304],
  [{ "if-none-match": '"v1"' }, undefined],
  [{ "if-none-match": '"v1"', "if-modified-since": later }, undefined],
  [{ "if-modified-since": validators.lastModified }, 304],
  [{ "if-modified-since": later }, 304],
  [{ "if-modified-since": earlier }, undefined],
  [{ "if-modified-since": "garbage" }, undefined],
  [{ "if-match": '"v1"', "if-none-match": '"v2"' }, 412],
  [{ "if-match": '"v2"', "if-none-match": '"v2"' }, 304],
];
for (const [headers, status] of conditions) {
  test(`${JSON.stringify(headers)} answers ${status ?? "with the file"} (RFC 9110 §13.2.2)`, () => {
    assert.is(
      checkPreconditions((name) => headers[name], validators),
      status,
    );
  });
}

test("If-Range takes one strong tag or the exact date (RFC 9110 §13.1.5)", () => {
  assert.ok(matchesIfRange('"v2"', validators));
  assert.not(matchesIfRange('W/"v2"', validators));
  assert.ok(matchesIfRange(validators.lastModified, validators));
  assert.not(matchesIfRange(later, validators));
  assert.not(matchesIfRange(validators.lastModified, { ...validators, isSettled: false }));
  assert.not(matchesIfRange("garbage", validators));
});

test.run();
