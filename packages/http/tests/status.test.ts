import { test } from "uvu";
import * as assert from "uvu/assert";
import { forbidsContent, reasonPhrase } from "../src/status.ts";

test("a status has its registered name, an unknown one that of its class (RFC 9110 §15)", () => {
  assert.is(reasonPhrase(404), "Not Found");
  assert.is(reasonPhrase(499), "Bad Request");
  assert.is(reasonPhrase(599), "Internal Server Error");
});

test("204 and 304 forbid content, 205 only has none", () => {
  assert.equal([200, 204, 205, 304, 404].filter(forbidsContent), [204, 304]);
});

test.run();
