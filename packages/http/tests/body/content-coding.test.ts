import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseContentCoding } from "../../src/body/content-coding.ts";
import { type HTTPException } from "../../src/http-exception.ts";

test("gzip, x-gzip, deflate and br are read, in any case, and identity is none (RFC 9110 §8.4.1)", () => {
  const codings: [string | undefined, string | undefined][] = [
    [undefined, undefined],
    ["", undefined],
    ["identity", undefined],
    ["GZip", "gzip"],
    ["x-gzip", "gzip"],
    [" deflate ", "deflate"],
    ["identity, br", "br"],
  ];
  for (const [header, coding] of codings) assert.is(parseContentCoding(header), coding, header);
});

test("LM-15: a chain, and a coding that is not known, are a 415 that says what is (RFC 9110 §12.5.3)", () => {
  for (const header of [
    "gzip, gzip",
    "gzip,br",
    "x",
    "zstd",
    "compress",
    "toString",
    "__proto__",
    "gzip;q=1",
    "gzip,".repeat(4000),
  ]) {
    try {
      parseContentCoding(header);
      assert.unreachable(header);
    } catch (error) {
      const { status, headers } = error as HTTPException;
      assert.equal([status, headers], [415, { "accept-encoding": "gzip, deflate, br" }]);
    }
  }
});

test.run();
