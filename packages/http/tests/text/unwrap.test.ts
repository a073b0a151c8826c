import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { unwrap } from "../../src/text/unwrap.ts";

const inner = z.string();

test("what lets a value be absent, null, replaced or frozen is one layer around its schema", () => {
  const wrappers = [
    inner.optional(),
    inner.nullable(),
    inner.default("a"),
    inner.prefault("a"),
    inner.catch("a"),
    inner.readonly(),
    z.nonoptional(inner),
    z.lazy(() => inner),
  ];
  for (const wrapper of wrappers) {
    assert.is(unwrap(wrapper, "in"), inner);
    assert.is(unwrap(wrapper, "out"), inner);
  }
});

test("a pipe has two sides, and z.success() gives another value than it takes", () => {
  const number = z.number();
  const pipe = inner.pipe(z.codec(inner, number, { decode: Number, encode: String }));
  assert.is(unwrap(pipe, "in"), inner);
  assert.is(unwrap(unwrap(pipe, "out")!, "out"), number);
  assert.is(unwrap(z.success(inner), "in"), inner);
  assert.is(unwrap(z.success(inner), "out"), undefined);
});

test("a schema of a value, of parts, or of alternatives is no wrapper", () => {
  for (const schema of [inner, z.object({}), z.array(inner), z.union([inner, z.null()]), z.promise(inner)]) {
    assert.is(unwrap(schema, "in"), undefined);
  }
});

test.run();
