import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkCharset, isJson, isJsonLines, isMultipart, isUrlencoded, parameterOf } from "../../src/body/media-type.ts";
import { HTTPException } from "../../src/http-exception.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

test("JSON is application/json or a +json suffix, in any case and with parameters (RFC 6839 §3.1)", () => {
  for (const type of [
    "application/json",
    "Application/JSON ; charset=utf-8",
    "application/problem+json",
    "application/geo+json;a=b",
  ]) {
    assert.ok(isJson(type), type);
  }
});

test("JB-09: other types, and none, are not JSON", () => {
  for (const type of [
    undefined,
    "",
    "text/plain",
    "text/json",
    "application/geo+json-seq",
    "application/jsonx",
    "x/y; application/json",
    "text/x+json",
  ]) {
    assert.not(isJson(type), type);
  }
});

test("a form is application/x-www-form-urlencoded, in any case and with parameters", () => {
  assert.ok(isUrlencoded("Application/X-WWW-Form-Urlencoded; charset=UTF-8"));
  assert.not(isUrlencoded("multipart/form-data; boundary=x"));
  assert.not(isUrlencoded(undefined));
});

test("JB-11: UTF-8, ASCII and no charset are read, others are a 415", () => {
  for (const type of [
    undefined,
    "a/b",
    "a/b; charset=UTF-8",
    'a/b; x=1; Charset="utf-8"',
    "a/b;charset=us-ascii",
    "a/b; charset",
  ])
    checkCharset(type);
  for (const charset of ["utf-16le", "utf-7", "latin1", '""', "", "x".repeat(9000)]) {
    assert.throws(
      () => checkCharset(`a/b; charset=${charset}`),
      (error: unknown) => error instanceof HTTPException && error.status === 415,
    );
  }
});

test("JB-11: 15 kB of parameters are read in linear time", async () => {
  for (const [before, repeated, after] of [
    ["a/b", ";", ""],
    ["a/b;", " ", "x"],
    ["a/b;charset", "=", ""],
  ] as const) {
    const read = (size: number): void => {
      const type = before + repeated.repeat(size) + after;
      try {
        checkCharset(type);
      } catch {
        // a 415 is as good
      }
      isJson(type);
    };
    await assertLinear(`${before}${repeated}…`, read, 15_000);
  }
});

test("a form with files, and JSON by line, are known by their names in any case", () => {
  for (const type of ["multipart/form-data; boundary=x", "Multipart/Form-Data"]) assert.ok(isMultipart(type), type);
  for (const type of ["multipart/mixed", "multipart/form-data-x", undefined]) assert.not(isMultipart(type), type);
  for (const type of ["application/x-ndjson", "application/jsonl; charset=utf-8", "Application/NDJSON"])
    assert.ok(isJsonLines(type), type);
  for (const type of ["application/json", "application/json-seq", "text/plain", undefined]) assert.not(isJsonLines(type), type);
});

test("the first of equal parameters counts, with or without quotes", () => {
  assert.is(parameterOf('multipart/form-data; Boundary="a b"; boundary=c', "boundary"), "a b");
  assert.is(parameterOf("multipart/form-data; boundary", "boundary"), undefined);
});

test.run();
