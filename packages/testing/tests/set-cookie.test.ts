import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseSetCookie } from "../src/index.ts";

test("every attribute is read, in any case and order", () => {
  const line =
    "prefs=a%20b=c; expires=Wed, 21 Oct 2026 07:28:00 GMT; MAX-AGE=0; path=/x; Domain=.shop.test; Secure; httponly; SameSite=None; Partitioned; Priority=High";
  assert.equal(parseSetCookie(line), {
    name: "prefs",
    value: "a%20b=c",
    maxAge: 0,
    expires: new Date("2026-10-21T07:28:00Z"),
    path: "/x",
    domain: ".shop.test",
    secure: true,
    httpOnly: true,
    sameSite: "none",
    partitioned: true,
    priority: "high",
  });
});

test("an attribute that was not written, or cannot be read, is absent", () => {
  const cookie = parseSetCookie("theme=dark; Max-Age=soon; Expires=never");
  assert.equal(cookie, { name: "theme", value: "dark", secure: false, httpOnly: false, partitioned: false });
  assert.not.ok("maxAge" in cookie);
});

test("of an attribute given twice the last one counts (RFC 6265 §5.3)", () => {
  assert.is(parseSetCookie("a=1; Path=/x; Path=/y").path, "/y");
});

test.run();
