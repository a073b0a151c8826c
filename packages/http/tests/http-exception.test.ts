import { test } from "uvu";
import * as assert from "uvu/assert";
import { HTTPException } from "../src/http-exception.ts";

test("status, detail and headers are what was given", () => {
  const error = new HTTPException(404, "Item not found", { "X-Error": "There goes my error" });
  assert.is(error.status, 404);
  assert.is(error.detail, "Item not found");
  assert.is(error.message, "Item not found");
  assert.equal(error.headers, { "X-Error": "There goes my error" });
});

test("without a detail it is the name of the status; null is a detail", () => {
  assert.is(new HTTPException(403).detail, "Forbidden");
  assert.is(new HTTPException(499).detail, "Bad Request", "RFC 9110 §15: an unknown status is the x00 of its class");
  assert.is(new HTTPException(404, null).detail, null);
});

test("a detail may be any JSON, and the message is text all the same", () => {
  const error = new HTTPException(409, { code: "taken" });
  assert.equal(error.detail, { code: "taken" });
  assert.is(error.message, "Conflict");
});

test("a subclass has its own name and is caught as both", () => {
  class Teapot extends HTTPException {
    constructor() {
      super(418, "short and stout");
    }
  }
  const error = new Teapot();
  assert.is(error.name, "Teapot");
  assert.instance(error, HTTPException);
  assert.instance(error, Error);
});

test("HD-03: a status that is no error is refused", () => {
  for (const status of [200, 307, 399, 600, Number.NaN])
    assert.throws(() => new HTTPException(status), /is not the status of an error/);
});

test("HD-01: a header that cannot be sent is refused where the error is made", () => {
  assert.throws(() => new HTTPException(401, "x", { "www-authenticate": "Bearer\r\nX: 1" }), /U\+000D/);
});

test.run();
