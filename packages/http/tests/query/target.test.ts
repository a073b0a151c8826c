import { test } from "uvu";
import * as assert from "uvu/assert";
import { authorityOf, toOriginForm } from "../../src/query/target.ts";

test("an origin-form target is itself", () => {
  for (const target of ["/", "/p?q=1", "//evil.com/p", "/a#b?c", "/http://evil/p"]) assert.is(toOriginForm(target), target);
});

test("PA-17: an absolute-form target counts by its path", () => {
  assert.is(toOriginForm("http://evil/admin?q=1"), "/admin?q=1");
  assert.is(toOriginForm("HTTPS://evil"), "/");
  assert.is(toOriginForm("http://evil?q=1"), "/?q=1");
  assert.is(toOriginForm("http://a/http://b/c"), "/http://b/c");
});

test("the authority is the part up to the path, with whatever is in it", () => {
  assert.is(authorityOf("http://user@evil:80/p"), "user@evil:80");
  assert.is(authorityOf("http:///p"), "");
  assert.is(authorityOf("/p"), undefined);
  assert.is(authorityOf("*"), undefined);
  assert.is(authorityOf("ftp://a/p"), undefined);
});

test.run();
