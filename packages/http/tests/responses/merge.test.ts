import { test } from "uvu";
import * as assert from "uvu/assert";
import { JSONResponse } from "../../src/responses/json.ts";
import { mergeResponse } from "../../src/responses/merge.ts";
import { PlainTextResponse } from "../../src/responses/plain-text.ts";
import { RedirectResponse } from "../../src/responses/redirect.ts";
import { Response } from "../../src/responses/response.ts";

test("cookies of the injected response reach the returned one, whose own count as later", () => {
  const injected = new Response().setCookie("a", "1").setCookie("b", "1");
  const merged = mergeResponse(injected, new RedirectResponse("/theme", 303).setCookie("a", "2"));
  assert.equal(merged.cookies.lines(false), ["b=1; Path=/; SameSite=lax", "a=2; Path=/; SameSite=lax"]);
  assert.is(merged.status, 303);
  assert.instance(merged, RedirectResponse);
});

test("headers are added where the returned response has none, each as often as it was set", () => {
  const injected = new Response(null, { status: 201, headers: { "x-a": "1", "x-b": "1" } });
  injected.headers.append("link", "</a>").append("link", "</b>");
  const merged = mergeResponse(injected, new JSONResponse({}, { headers: { "X-A": "2" } }));
  assert.equal(
    [...merged.headers],
    [
      ["x-a", "2"],
      ["x-b", "1"],
      ["link", "</a>"],
      ["link", "</b>"],
    ],
  );
  assert.is(merged.status, 200);
  assert.is(merged.body, "{}");
});

test("Vary is united (RFC 9110 §12.5.5)", () => {
  const vary = (injected: string, returned: string) =>
    mergeResponse(
      new Response(null, { headers: { vary: injected } }),
      new Response(null, { headers: { vary: returned } }),
    ).headers.get("vary");
  assert.is(vary("Cookie, Accept", "accept, Origin"), "accept, Origin, Cookie");
  assert.is(vary("*", "Accept"), "*");
});

test("what described the content of the injected response goes with it", () => {
  const injected = new Response(null, { headers: { "content-type": "text/csv", "content-encoding": "gzip", etag: '"1"' } });
  const merged = mergeResponse(injected, new PlainTextResponse("x"));
  assert.is(merged.contentType, "text/plain; charset=utf-8");
  assert.equal(merged.headers.flat, ["etag", '"1"']);
});

test("a constant that is answered many times keeps nothing of one request", () => {
  const constant = new PlainTextResponse("Not here", { status: 404, headers: { "x-a": "1" } });
  const first = mergeResponse(new Response(null, { headers: { "x-user": "alice" } }).setCookie("sid", "alice"), constant);
  assert.is(first.body, "Not here");
  assert.is(first.cookies.size, 1);
  assert.not(constant.hasCookies);
  assert.equal(constant.headers.flat, ["x-a", "1"]);
});

test("a response that was made for this request alone is not copied", () => {
  const own = new JSONResponse({});
  const injected = new Response(null, { headers: { "x-a": "1" } }).setCookie("a", "1");
  assert.is(mergeResponse(injected, own, true), own);
  assert.equal(own.headers.flat, ["x-a", "1"]);
  assert.equal(own.cookies.lines(false), ["a=1; Path=/; SameSite=lax"]);
  const both = mergeResponse(new Response().setCookie("b", "1").setCookie("a", "2"), own, true);
  assert.equal(
    both.cookies.lines(false).map((line) => line.slice(0, 3)),
    ["b=1", "a=1"],
    "its own count as later",
  );
});

test("where there is nothing to bring, the returned response itself is sent", () => {
  const returned = new PlainTextResponse("x");
  assert.is(mergeResponse(new Response(), returned), returned);
  const injected = new Response().setCookie("a", "1");
  assert.is(mergeResponse(injected, injected), injected);
});

test.run();
