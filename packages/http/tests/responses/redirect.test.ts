import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { HTTPException } from "../../src/http-exception.ts";
import { RedirectError } from "../../src/responses/redirect-target.ts";
import { RedirectResponse, type RedirectStatus } from "../../src/responses/redirect.ts";

test("the default is 307 without a body (conformance redir-response-default)", () => {
  const response = new RedirectResponse("/items/");
  assert.is(response.status, 307);
  assert.is(response.body, null);
  assert.is(response.headers.get("location"), "/items/");
});

test("what no URL may hold is percent-encoded, what is reserved is kept (conformance redir-quoting)", () => {
  assert.is(locationOf("/I ♥ Starlette/"), "/I%20%E2%99%A5%20Starlette/");
  assert.is(locationOf("/a%20b:/#?=@[]!$&'()*+,;~._-"), "/a%20b:/#?=@[]!$&'()*+,;~._-");
  assert.is(locationOf('/x?q="<a>"\\{|}^`'), "/x?q=%22%3Ca%3E%22%5C%7B%7C%7D%5E%60");
});

test("an absolute address, a relative one and a URL are taken", () => {
  assert.is(locationOf("https://fastapi.tiangolo.com"), "https://fastapi.tiangolo.com");
  assert.is(locationOf("../a?b#c"), "../a?b#c");
  assert.is(locationOf("myapp://callback?code=1"), "myapp://callback?code=1");
  assert.is(new RedirectResponse(new URL("https://e.com/ü")).headers.get("location"), "https://e.com/%C3%BC");
});

for (const url of [
  "javascript:alert(1)",
  "JavaScript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "blob:https://e.com/1",
  " javascript:alert(1)",
  "\u00a0javascript:alert(1)",
  "java\nscript:alert(1)",
  "java\tscript:alert(1)",
  "\x01javascript:alert(1)",
]) {
  test(`HD-07: ${JSON.stringify(url)} is refused, also as external`, () => {
    assert.throws(() => new RedirectResponse(url), isRefusal);
    assert.throws(() => new RedirectResponse(url, 303, { external: true }), isRefusal);
  });
}

for (const url of ["/a\r\nX: y", "/a\nb", "/a\0", "/a\x7f", "/\ud800"]) {
  test(`HD-08: ${JSON.stringify(url)} is refused`, () => {
    assert.throws(() => new RedirectResponse(url), isRefusal);
  });
}

for (const url of [
  "//evil.com",
  "/\\evil.com",
  "\\\\evil.com",
  "\\/evil.com",
  "https:\\\\evil.com",
  "/\t/evil.com",
  " //evil.com",
]) {
  test(`HD-11: ${JSON.stringify(url)}, which browsers read as another host, is refused`, () => {
    assert.throws(() => new RedirectResponse(url), isRefusal);
  });
}

test("external allows // and nothing else", () => {
  assert.is(new RedirectResponse("//cdn.example.com/a", 302, { external: true }).headers.get("location"), "//cdn.example.com/a");
  assert.throws(() => new RedirectResponse("/\\evil.com", 302, { external: true }), isRefusal);
});

test("no accepted relative address leaves the host, as a browser reads it", () => {
  const part = fc.constantFrom(
    "/",
    "\\",
    "//",
    ".",
    "..",
    "a",
    "@",
    ":",
    "\t",
    " ",
    "\n",
    "evil.com",
    "%5C",
    "%2F",
    "?",
    "#",
    "http",
    "javascript",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const url = `/${parts.join("")}`;
      const location = locationOrRefusal(url);
      if (location === undefined) return;
      assert.is(new URL(location, "https://here.example/x").host, "here.example");
    }),
    { numRuns: 2000 },
  );
});

test("a refusal is a 400: the address came from the client, and is not repeated", () => {
  assert.throws(
    () => new RedirectResponse("//evil.com/secret"),
    (error: unknown) => {
      assert.instance(error, HTTPException);
      assert.is((error as RedirectError).status, 400);
      assert.is((error as RedirectError).name, "RedirectError");
      assert.match(String((error as RedirectError).detail), /^The address to redirect to begins with \/\//);
      assert.not.match(String((error as RedirectError).detail), "secret");
      return true;
    },
  );
});

test("another status is refused", () => {
  for (const status of [200, 300, 304, 306, "303"]) {
    assert.throws(() => new RedirectResponse("/", status as RedirectStatus), /not the status of a redirect/);
  }
});

function locationOf(url: string): string | undefined {
  return new RedirectResponse(url).headers.get("location");
}

function locationOrRefusal(url: string): string | undefined {
  try {
    return locationOf(url);
  } catch (error) {
    assert.instance(error, RedirectError);
    return undefined;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof RedirectError && error.status === 400;
}

test.run();
