import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import * as mini from "zod/mini";
import { CookieError } from "../../src/cookies/cookie-error.ts";
import { defineCookie } from "../../src/cookies/definition.ts";
import { Response } from "../../src/responses/response.ts";

const Theme = defineCookie("theme", z.enum(["light", "dark"]).default("light"), { maxAge: 31_536_000 });

test("a definition is secure by default", () => {
  const { cookies } = new Response().setCookie(Theme, "dark");
  assert.equal(cookies.lines(true), ["theme=dark; Max-Age=31536000; Path=/; SameSite=lax; HttpOnly; Secure"]);
  assert.equal(cookies.lines(false), ["theme=dark; Max-Age=31536000; Path=/; SameSite=lax; HttpOnly"]);
});

test("what is given takes the place of the defaults", () => {
  const Open = defineCookie("open", z.string(), { httpOnly: false, secure: false, sameSite: "strict", path: "/a" });
  assert.equal(new Response().setCookie(Open, "1").cookies.lines(true), ["open=1; Path=/a; SameSite=strict"]);
});

test("a lifetime may differ from one setting to the next", () => {
  const lines = (response: Response) => response.cookies.lines(false);
  const until = new Date(Date.UTC(2037, 0, 1));
  assert.equal(lines(new Response().setCookie(Theme, "dark", { maxAge: 60 })), [
    "theme=dark; Max-Age=60; Path=/; SameSite=lax; HttpOnly",
  ]);
  assert.equal(lines(new Response().setCookie(Theme, "dark", { expires: until })), [
    "theme=dark; Expires=Thu, 01 Jan 2037 00:00:00 GMT; Path=/; SameSite=lax; HttpOnly",
  ]);
  assert.throws(() => new Response().setCookie(Theme, "dark", { maxAge: 0.5 }), /COOKIE_MAX_AGE/);
});

test("deleting repeats path, domain, Secure and Partitioned, so that it always matches", () => {
  const Cart = defineCookie("__Host-cart", z.string().optional(), {
    secure: true,
    partitioned: true,
    sameSite: "none",
    maxAge: 60,
  });
  assert.equal(new Response().setCookie(Cart, "1").deleteCookie(Cart).cookies.lines(false), [
    "__Host-cart=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; SameSite=none; HttpOnly; Secure; Partitioned",
  ]);
});

test("deleting by name finds another path or domain, and keeps the promise of a prefix", () => {
  const line = (response: Response) => response.cookies.lines(false)[0] ?? "";
  assert.match(line(new Response().deleteCookie("a", { path: "/x", domain: "e.com" })), "; Domain=e.com; Path=/x; SameSite=lax");
  assert.match(line(new Response().deleteCookie("__Host-a")), /; Path=\/; SameSite=lax; Secure$/);
  assert.match(line(new Response().deleteCookie("__secure-a")), /; SameSite=lax; Secure$/);
  assert.match(line(new Response().deleteCookie("__Http-a", { path: "/x" })), /; Path=\/x; SameSite=lax; HttpOnly; Secure$/);
  assert.match(line(new Response().deleteCookie("__host-http-a")), /; Path=\/; SameSite=lax; HttpOnly; Secure$/);
  assert.throws(() => new Response().deleteCookie("a b"), /COOKIE_NAME/);
});

test("a value is read back as it was written", () => {
  const at = new Date(Date.UTC(2024, 0, 31, 10));
  assert.is(Theme.decode([Theme.encode("dark")]), "dark");
  const Count = defineCookie("count", z.number().int());
  assert.is(Count.decode([Count.encode(5)]), 5);
  const Visit = defineCookie("visit", z.date().optional());
  assert.equal(Visit.decode([Visit.encode(at)]), at);
  const Cart = defineCookie("cart", z.object({ items: z.array(z.string()), since: z.date() }));
  assert.equal(Cart.decode([Cart.encode({ items: ["a", "ü"], since: at })]), { items: ["a", "ü"], since: at });
  const List = defineCookie("list", z.array(z.number()));
  assert.equal(List.decode([List.encode([1, 2])]), [1, 2]);
});

test("zod/mini is enough", () => {
  const Small = defineCookie("small", mini.optional(mini.boolean()));
  assert.is(Small.decode([Small.encode(true)]), true);
  assert.is(Small.decode([]), undefined);
});

test("the first of several counts (RFC 6265 §5.4)", () => {
  assert.is(Theme.decode(["dark", "light"]), "dark");
});

test("a value that no longer fits reads as absent", () => {
  assert.is(Theme.decode(["blue"]), "light");
  assert.is(Theme.decode([]), "light");
  assert.is(defineCookie("n", z.number()).decode(["x"]), undefined);
  assert.is(defineCookie("n", z.number()).decode([]), undefined);
});

test("a value past the compiler that does not fit is refused, without showing it", () => {
  const error = errorOf(() => new Response().setCookie(Theme, "secret" as "dark"));
  assert.is(error.rule, "COOKIE_VALUE");
  assert.not.match(error.message, "secret");
});

test("a schema that goes one way only is refused where the cookie is defined", () => {
  const error = errorOf(() => defineCookie("n", z.string().transform(Number)));
  assert.is(error.rule, "COOKIE_SCHEMA");
  assert.match(error.message, /^Cookie "n": text cannot carry values of its schema: .*transform.*mend: .*z\.codec/);
  assert.is(errorOf(() => defineCookie("f", z.file())).rule, "COOKIE_SCHEMA");
});

test("a codec goes both ways", () => {
  const Url = defineCookie("u", z.codec(z.string(), z.instanceof(URL), { decode: (text) => new URL(text), encode: String }));
  assert.equal(Url.decode([Url.encode(new URL("https://e.com/"))]), new URL("https://e.com/"));
});

test("an asynchronous check is refused in words", () => {
  const Slow = defineCookie(
    "slow",
    z.string().refine(async () => true),
  );
  assert.is(errorOf(() => Slow.decode(["a"])).rule, "COOKIE_SCHEMA");
});

test("CK-02, CK-06, CK-08: a definition obeys the rules of every cookie", () => {
  assert.is(errorOf(() => defineCookie("a b" as string, z.string())).rule, "COOKIE_NAME");
  assert.is(errorOf(() => defineCookie("__Host-a" as string, z.string())).rule, "COOKIE_HOST_PREFIX");
  assert.is(errorOf(() => defineCookie("a", z.string(), { sameSite: "none" } as object)).rule, "COOKIE_SAME_SITE");
});

function errorOf(run: () => unknown): CookieError {
  try {
    run();
  } catch (error) {
    assert.instance(error, CookieError);
    return error as CookieError;
  }
  return assert.unreachable("nothing was thrown") as never;
}

test("a cookie whose own length cannot be compared reads as absent, as any that does not fit", () => {
  const cart = defineCookie("cart", z.object({ items: z.array(z.string()).max(9), seen: z.set(z.string().min(1)) }).optional());
  for (const item of ['{"length":{"toString":1}}', "7"]) {
    assert.is(cart.decode([`{"items":${item},"seen":[]}`]), undefined);
    assert.is(cart.decode([`{"items":[],"seen":[${item}]}`]), undefined);
  }
});

test.run();
