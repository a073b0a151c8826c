import { test } from "uvu";
import * as assert from "uvu/assert";
import { readLastEventId, RequestHeaders } from "../../../src/index.ts";

const read = (value: string, maxBytes?: number): string | undefined =>
  readLastEventId({ headers: new RequestHeaders({ rawHeaders: ["Last-Event-ID", value] }) }, maxBytes);

test("the id is the text that the server sent, UTF-8 included", () => {
  assert.is(read("42"), "42");
  assert.is(read(Buffer.from("ä-7").toString("latin1")), "ä-7");
  assert.is(readLastEventId({ headers: new RequestHeaders({ rawHeaders: [] }) }), undefined);
});

test("ST-13: what no server sent as an id is none: too long, no UTF-8, control characters", () => {
  for (const value of ["", "x".repeat(16_384), "x".repeat(257), "a\rb", "a\nb", "a\0b", "\x7f", "\xe4"])
    assert.is(read(value), undefined);
  assert.is(read("x".repeat(256)), "x".repeat(256));
  assert.is(read("12345", 4), undefined);
});

test.run();
