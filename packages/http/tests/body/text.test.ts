import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { decodeText } from "../../src/body/text.ts";
import { HTTPException } from "../../src/http-exception.ts";

test("every well-formed text survives", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => decodeText(Buffer.from(`a${text}`)) === `a${text}`));
});

test("JB-07: the byte order mark is not part of the text", () => {
  assert.is(decodeText(Buffer.from("\ufeff{}")), "{}");
});

test("JB-06: bytes that are no UTF-8 are a 400, not U+FFFD", () => {
  for (const bytes of [[0x22, 0xff, 0x22], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
    assert.throws(
      () => decodeText(Uint8Array.from(bytes)),
      (error: unknown) => error instanceof HTTPException && error.status === 400,
    );
  }
});

test("JB-17: U+2028 and NUL pass unmodified", () => {
  assert.is(decodeText(Buffer.from("a\u2028\0b")), "a\u2028\0b");
});

test.run();
