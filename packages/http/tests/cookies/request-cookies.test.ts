import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { defineCookie } from "../../src/cookies/definition.ts";
import { RequestCookies } from "../../src/cookies/request-cookies.ts";

test("cookies are read by name, all of a name, or all", () => {
  const cookies = new RequestCookies("theme=dark; theme=light; a=1");
  assert.is(cookies.get("theme"), "dark");
  assert.equal(cookies.getAll("theme"), ["dark", "light"]);
  assert.ok(cookies.has("a"));
  assert.not(cookies.has("b"));
  assert.equal(
    [...cookies],
    [
      ["theme", "dark"],
      ["a", "1"],
    ],
  );
  assert.is(JSON.stringify(cookies), '{"theme":"dark","a":"1"}');
});

test("no Cookie header is no cookies", () => {
  const cookies = new RequestCookies(undefined);
  assert.is(cookies.get("a"), undefined);
  assert.equal([...cookies], []);
});

test("a definition reads its cookie as a typed value", () => {
  const Theme = defineCookie("theme", z.enum(["light", "dark"]).default("light"));
  const theme: "light" | "dark" | undefined = new RequestCookies("theme=dark").get(Theme);
  assert.is(theme, "dark");
  assert.is(new RequestCookies("").get(Theme), "light");
});

test("CK-15: a definition sees every cookie of its name", () => {
  const signed = { name: "sid", decode: (candidates: readonly string[]) => candidates.find((value) => value === "victim") };
  assert.is(new RequestCookies("sid=attacker; sid=victim").get(signed), "victim");
});

test("a cookie named __proto__ becomes an own property and pollutes nothing", () => {
  const json = new RequestCookies("__proto__=x").toJSON();
  assert.equal(Object.entries(json), [["__proto__", "x"]]);
  assert.is(Object.getPrototypeOf(json), Object.prototype);
});

test.run();
