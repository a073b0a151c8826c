import { test } from "uvu";
import * as assert from "uvu/assert";
import { CookieError } from "../../src/cookies/cookie-error.ts";
import { mergeCookies, SetCookies } from "../../src/cookies/set-cookies.ts";
import { Response } from "../../src/responses/response.ts";

test("cookies are sent in the order in which they were set", () => {
  const response = new Response().setCookie("a", "1").setCookie("b", "2");
  assert.equal(response.cookies.lines(false), ["a=1; Path=/; SameSite=lax", "b=2; Path=/; SameSite=lax"]);
});

test("of two with the same name, domain, path and partition the later one is sent, once", () => {
  const response = new Response().setCookie("a", "1", { httpOnly: true }).setCookie("b", "2").setCookie("a", "3", { maxAge: 5 });
  assert.equal(response.cookies.lines(false), ["b=2; Path=/; SameSite=lax", "a=3; Max-Age=5; Path=/; SameSite=lax"]);
});

test("another domain, path or partition, or another case of the name, is another cookie", () => {
  const response = new Response().setCookie("a", "1");
  response
    .setCookie("a", "2", { path: "/x" })
    .setCookie("a", "3", { domain: "e.com" })
    .setCookie("A", "4")
    .setCookie("a", "5", { path: null });
  response.setCookie("a", "6", { partitioned: true, secure: true });
  assert.is(response.cookies.size, 6);
});

test("a domain is the same with a leading dot and in any case (RFC 6265 §5.2.3)", () => {
  const response = new Response().setCookie("a", "1", { domain: "Example.com" }).setCookie("a", "2", { domain: ".example.com" });
  assert.equal(response.cookies.lines(false), ["a=2; Domain=.example.com; Path=/; SameSite=lax"]);
});

test("set, then deleted, is deleted; deleted, then set, is set", () => {
  const deleted = new Response().setCookie("a", "1").deleteCookie("a");
  assert.equal(deleted.cookies.lines(false), ["a=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; SameSite=lax"]);
  assert.equal(deleted.setCookie("a", "2").cookies.lines(false), ["a=2; Path=/; SameSite=lax"]);
});

test("a finished line goes by the same rule, whatever its spelling (RFC 6265 §5.2)", () => {
  const cookies = new Response().setCookie("a", "1").setCookie("b", "2", { domain: "e.com", path: "/x" }).cookies;
  cookies.addLine("a=x; path=/; HttpOnly").addLine("b=y;DOMAIN=.E.com ;  Path=/x").addLine("c=z");
  assert.equal(cookies.lines(true), ["a=x; path=/; HttpOnly", "b=y;DOMAIN=.E.com ;  Path=/x", "c=z"]);
});

for (const line of ["", "novalue", "=x", "a b=1", "a=1\r\nX: y", "a=é"]) {
  test(`CK-01: the line ${JSON.stringify(line)} is refused`, () => {
    assert.throws(
      () => new SetCookies().addLine(line),
      (error: unknown) => error instanceof CookieError,
    );
  });
}

test("merging changes neither list, and the later one wins", () => {
  const earlier = new Response().setCookie("a", "1").setCookie("b", "1").cookies;
  const later = new Response().setCookie("a", "2").cookies;
  const merged = mergeCookies(earlier, later);
  assert.equal(
    [...merged].map(({ pair }) => pair),
    ["b=1", "a=2"],
  );
  assert.is(earlier.size, 2);
  assert.is(later.size, 1);
});

test("whether the scheme matters is known before it is asked for", () => {
  const response = new Response().setCookie("a", "1", { secure: true }).setCookie("b", "2");
  assert.not(response.cookies.dependOnScheme);
  assert.ok(response.setCookie("c", "3", { secure: "auto" }).cookies.dependOnScheme);
});

test.run();
