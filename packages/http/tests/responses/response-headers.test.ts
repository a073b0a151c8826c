import { test } from "uvu";
import * as assert from "uvu/assert";
import { HeaderError } from "../../src/responses/header-rules.ts";
import { ResponseHeaders } from "../../src/responses/response-headers.ts";

test("names are found in any case and kept in lower case (RFC 9110 §5.1)", () => {
  const headers = new ResponseHeaders({ "X-Cat-Dog": "alone" });
  assert.is(headers.get("x-CAT-dog"), "alone");
  assert.ok(headers.has("X-Cat-Dog"));
  assert.equal([...headers], [["x-cat-dog", "alone"]]);
  assert.equal(headers.flat, ["x-cat-dog", "alone"]);
});

test("set takes the place of every earlier value, append stands beside them", () => {
  const headers = new ResponseHeaders().append("Link", "</a>").append("link", "</b>");
  assert.is(headers.get("link"), "</a>, </b>");
  assert.equal(headers.set("LINK", "</c>").flat, ["link", "</c>"]);
  assert.ok(headers.delete("Link"));
  assert.not(headers.delete("link"));
  assert.is(headers.get("link"), undefined);
});

test("they begin with a record or with pairs, and copy each other", () => {
  const pairs = new ResponseHeaders([
    ["a", "1"],
    ["a", "2"],
  ]);
  assert.equal(new ResponseHeaders(pairs).flat, ["a", "1", "a", "2"]);
});

test("__proto__ and constructor are names like others", () => {
  const headers = new ResponseHeaders([["__proto__", "1"]]).set("constructor", "2");
  assert.is(headers.get("__proto__"), "1");
  assert.is(headers.get("constructor"), "2");
  assert.is(headers.get("toString"), undefined);
});

for (const value of ["a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\0b", "a\x7fb", "日本"]) {
  test(`HD-01: the value ${JSON.stringify(value)} is refused, and nothing changes`, () => {
    const headers = new ResponseHeaders({ x: "before" });
    for (const call of [
      () => headers.set("x", value),
      () => headers.append("x", value),
      () => new ResponseHeaders({ x: value }),
    ]) {
      assert.throws(call, (error: unknown) => error instanceof HeaderError && error.header === "x");
    }
    assert.equal(headers.flat, ["x", "before"]);
  });
}

for (const name of ["", "a b", "a:b", "a\r\nb", "é", "a\0"]) {
  test(`HD-01: the name ${JSON.stringify(name)} is refused`, () => {
    assert.throws(
      () => new ResponseHeaders().set(name, "v"),
      (error: unknown) => error instanceof HeaderError,
    );
  });
}

test("the error tells where the character is, but not the value", () => {
  assert.throws(
    () => new ResponseHeaders().set("x-token", "secret\r\n"),
    (error: Error) => {
      assert.is(
        error.message,
        'Header "x-token": the value has U+000D at index 6 (RFC 9110 §5.5). mend: encodeURIComponent(value), or remove it',
      );
      return true;
    },
  );
});

test("Set-Cookie and Transfer-Encoding are not set by hand", () => {
  assert.throws(
    () => new ResponseHeaders().append("Set-Cookie", "a=1"),
    /mend: response\.setCookie\(name, value\), or response\.cookies\.addLine/,
  );
  assert.throws(() => new ResponseHeaders({ "transfer-encoding": "chunked" }), /mend: leave it out/);
  assert.throws(() => new ResponseHeaders({ Trailer: "x-checksum" }), /mend: leave it out: no trailers are sent/);
});

test("latin-1 is a value, as node sends it", () => {
  assert.is(new ResponseHeaders().set("x", "é\t").get("x"), "é\t");
});

test.run();
