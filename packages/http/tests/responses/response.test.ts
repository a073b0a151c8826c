import { test } from "uvu";
import * as assert from "uvu/assert";
import { SetCookies } from "../../src/cookies/set-cookies.ts";
import { JSONResponse } from "../../src/responses/json.ts";
import { PlainTextResponse } from "../../src/responses/plain-text.ts";
import { Response, type ResponseBody } from "../../src/responses/response.ts";

test("an empty response is 200 without a body and a type", () => {
  const response = new Response();
  assert.is(response.status, 200);
  assert.is(response.body, null);
  assert.is(response.contentType, undefined);
});

test("headers and cookies are made when they are asked for", () => {
  const response = new Response();
  assert.not(response.hasHeaders);
  assert.not(response.hasCookies);
  assert.is(response.cookies.size, 0);
  assert.not(response.hasCookies, "an empty list is no cookie");
  response.headers.set("x", "1");
  assert.ok(response.hasHeaders);
});

test("the header Content-Type counts before the media type, and a charset is given once", () => {
  const response = new PlainTextResponse("x", { headers: { "Content-Type": "text/csv; charset=latin1" } });
  assert.is(response.contentType, "text/csv; charset=latin1");
  assert.is(new PlainTextResponse("x", { mediaType: "text/csv; Charset=utf-8" }).contentType, "text/csv; Charset=utf-8");
  assert.is(new JSONResponse({}, { mediaType: "application/problem+json" }).contentType, "application/problem+json");
});

for (const status of [99, 100, 199, 600, 1000, 200.5, Number.NaN, "200"]) {
  test(`HD-03: the status ${JSON.stringify(status)} is refused where it is given`, () => {
    assert.throws(() => new Response(null, { status: status as number }), /is not the status of a response/);
    const response = new Response();
    assert.throws(() => (response.status = status as number), /mend: an integer from 200 to 599/);
    assert.is(response.status, 200);
  });
}

test("CK-01: a refused cookie changes nothing, the others stay", () => {
  const response = new Response().setCookie("a", "1");
  assert.throws(() => response.setCookie("a\r\nX-Evil: 1" as string, "v"), /COOKIE_NAME/);
  assert.equal(response.cookies.lines(false), ["a=1; Path=/; SameSite=lax"]);
});

test("a body that is an object is refused with the class that takes it", () => {
  assert.throws(() => new Response({ a: 1 } as unknown as ResponseBody), /mend: new JSONResponse\(value\)/);
});

test("a copy is of the same class, and changes alone", () => {
  const original = new JSONResponse({ a: 1 }, { status: 201, headers: { x: "1" } }).setCookie("a", "1");
  const copy = original.copy();
  copy.status = 202;
  copy.headers.set("x", "2");
  copy.setCookie("b", "2");
  assert.instance(copy, JSONResponse);
  assert.is(copy.body, '{"a":1}');
  assert.is(original.status, 201);
  assert.is(original.headers.get("x"), "1");
  assert.is(original.cookies.size, 1);
});

test("a response that is closed refuses every change, says which, and can still be read", () => {
  const response = new Response("x", { status: 201 });
  response.close((change) => {
    throw new Error(`late: ${change}`);
  });
  assert.throws(() => response.headers.set("x-late", "1"), "late: response.headers");
  assert.throws(() => response.cookies, "late: response.cookies");
  assert.throws(() => (response.cookies = new SetCookies()), "late: response.cookies");
  assert.throws(() => response.setCookie("late", "1"), "late: response.setCookie(…)");
  assert.throws(() => response.deleteCookie("late"), "late: response.deleteCookie(…)");
  assert.throws(() => (response.status = 500), "late: response.status = …");
  assert.is(response.status, 201);
  assert.is(response.copy().setCookie("early", "1").cookies.size, 1);
});

test.run();
