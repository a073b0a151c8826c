import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { decodeValue, encodeCanonical, foldCase, toCanonicalPath } from "../src/percent.ts";

test("unreserved characters are decoded, reserved ones stay, hex is written in capitals (RFC 3986 §6.2.2)", () => {
  assert.is(toCanonicalPath("/%75ser/caf%c3%a9/a%2fb/%3f"), "/user/café/a%2Fb/%3F");
});

test("an encoded percent sign stays encoded, so that a value is decoded exactly once", () => {
  assert.is(toCanonicalPath("/%2525/%252f"), "/%2525/%252f");
  assert.is(decodeValue("%252f"), "%2f");
});

test("the canonical form of a path has the same value as the path, and is its own canonical form", () => {
  const encoded = fc.string({ unit: "grapheme" }).map((text) => `/${encodeURIComponent(text)}`);
  const property = fc.property(encoded, (path) => {
    const canonical = toCanonicalPath(path) ?? "";
    assert.is(decodeValue(canonical), decodeURIComponent(path));
    assert.is(toCanonicalPath(canonical), canonical);
    assert.is(toCanonicalPath(encodeCanonical(canonical)), canonical);
  });
  fc.assert(property);
});

test("a path that cannot be decoded has no canonical form, wherever the fault is", () => {
  for (const path of ["/%", "/%2", "/%zz/a", "/a/%ff", "/%25%", "/%ED%A0%80", "/%C3%25"])
    assert.is(toCanonicalPath(path), undefined, path);
});

test("folding case moves no character", () => {
  const property = fc.property(fc.string({ unit: "binary" }), (text) => foldCase(text).length === text.length);
  fc.assert(property);
  assert.is(foldCase("ÀİB"), "àİb");
});

test.run();
