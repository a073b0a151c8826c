import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseDisposition } from "../../src/multipart/disposition.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

test("name and filename are read as browsers, curl, undici and .NET write them (RFC 7578 §4.2)", () => {
  const dispositions: [string, string, string | undefined][] = [
    ['form-data; name="a"', "a", undefined],
    ["form-data; name=a", "a", undefined],
    ['Form-Data ;NAME = "a" ; FileName="b"', "a", "b"],
    ['form-data; name="a";', "a", undefined],
    ['form-data; name=""; filename=""', "", ""],
    ['form-data; name="a%22b%0D%0Ac%41"; filename="x%22"', 'a"b\r\nc%41', 'x"'],
    [String.raw`form-data; name="a\"b\\c"; filename="C:\fakepath\x.txt"`, String.raw`a"b\c`, String.raw`C:\fakepath\x.txt`],
    ['form-data; name="a;b=c"; filename="x;y=z"', "a;b=c", "x;y=z"],
    [Buffer.from('form-data; name="é"; filename="日本.txt"').toString("latin1"), "é", "日本.txt"],
    ["form-data; name=a; filename=plain.txt; filename*=utf-8''na%C3%AFve%2522.txt", "a", "naïve%22.txt"],
    ["form-data; name=a; filename*=UTF-8'en'x", "a", "x"],
  ];
  for (const [value, name, filename] of dispositions) assert.equal(parseDisposition(value), { name, filename }, value);
});

test("MP-04, MP-06: anything else is a 400", () => {
  const values = [
    "form-data",
    "form-data; ",
    "attachment; name=a",
    "form-data name=a",
    "form-data; filename=a",
    'form-data; name="a',
    'form-data; name="a" b',
    "form-data; name=a; name=b",
    "form-data; name=a; =b",
    "form-data; name=a; b",
    "form-data; ;name=a",
    'form-data; name="\xff"',
    "form-data; name=a; filename*=utf-8''%zz",
    "form-data; name=a; filename*=utf-8''%ff",
    "form-data; name=a; filename*=utf-16''a",
    "form-data; name=a; filename*=a'b'c'd",
  ];
  for (const value of values) {
    assert.throws(
      () => parseDisposition(value),
      (error: { status?: number }) => error.status === 400,
      value,
    );
  }
});

test("MP-06: it takes linear time", async () => {
  const hostile: [before: string, repeated: string, count: number, after?: string][] = [
    ["", ";", 100_000],
    ["", " ", 100_000],
    ["", '\\"', 50_000],
    ["", "=", 100_000],
    ["", "a=b;", 25_000],
    ['name="', "\\\\", 50_000, "\\"],
    ["name=a; filename*=utf-8''", "%41", 30_000, "%"],
  ];
  for (const [before, repeated, count, after = ""] of hostile) {
    const parse = (size: number) => assert.throws(() => parseDisposition(`form-data; ${before}${repeated.repeat(size)}${after}`));
    await assertLinear(before + repeated, parse, count);
  }
});

test.run();
