import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkCharset, isJson, isUrlencoded } from "../../src/body/media-type.ts";
import { HTTPException } from "../../src/http-exception.ts";

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

test("JB-11: 15 kB of parameters take a few milliseconds", () => {
  const started = performance.now();
  for (const type of [`a/b${";".repeat(15_000)}`, `a/b;${" ".repeat(15_000)}x`, `a/b;charset${"=".repeat(15_000)}`]) {
    try {
      checkCharset(type);
    } catch {
      // a 415 is as good
    }
    isJson(type);
  }
  assert.ok(performance.now() - started < 50);
});

test.run();
