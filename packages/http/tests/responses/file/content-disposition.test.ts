import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { writeDisposition } from "../../../src/responses/file/content-disposition.ts";
import { checkHeaderValue } from "../../../src/responses/header-rules.ts";

test("a plain name stands in quotes (RFC 6266 §4.3)", () => {
  assert.is(writeDisposition("attachment", "report 2024.pdf"), 'attachment; filename="report 2024.pdf"');
  assert.is(writeDisposition("inline", undefined), "inline");
});

for (const [name, encoded] of [
  ["你好.txt", "%E4%BD%A0%E5%A5%BD.txt"],
  ["€ rates.csv", "%E2%82%AC%20rates.csv"],
  ['say "hi".txt', "say%20%22hi%22.txt"],
  ["back\\slash.txt", "back%5Cslash.txt"],
  ["100%41.txt", "100%2541.txt"],
  ["it's (1)*é.txt", "it%27s%20%281%29%2A%C3%A9.txt"],
  ["half \ud800 pair", "half%20%EF%BF%BD%20pair"],
  ["whole 😀 pair", "whole%20%F0%9F%98%80%20pair"],
] as const) {
  test(`the name ${JSON.stringify(name)} is encoded (RFC 8187 §3.2)`, () => {
    assert.is(writeDisposition("attachment", name), `attachment; filename*=utf-8''${encoded}`);
  });
}

test("HD-01: a line end in a name is encoded, and begins no header", () => {
  assert.is(
    writeDisposition("attachment", 'x"\r\nSet-Cookie: a=1'),
    "attachment; filename*=utf-8''x%22%0D%0ASet-Cookie%3A%20a%3D1",
  );
});

test("any name makes a header that can be sent, and is read back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => {
      const header = checkHeaderValue("content-disposition", writeDisposition("attachment", name));
      const plain = /^attachment; filename="([^"\\]*)"$/.exec(header)?.[1];
      const extended = /^attachment; filename\*=utf-8''([\w!#$&+\-.^`|~%]*)$/.exec(header)?.[1];
      assert.is(plain ?? decodeURIComponent(extended!), name);
    }),
  );
});

test.run();
