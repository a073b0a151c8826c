import * as assert from "uvu/assert";
import { test } from "uvu";
import { z } from "zod";
import { encodeText, invertible } from "../../src/text/index.ts";

test("single values are their plain text", () => {
  assert.is(encodeText(z.string(), "a b"), "a b");
  assert.is(encodeText(z.number(), 1.5), "1.5");
  assert.is(encodeText(z.boolean(), false), "false");
  assert.is(encodeText(z.bigint(), 10n), "10");
  assert.is(encodeText(z.date(), new Date(0)), "1970-01-01T00:00:00.000Z");
  assert.is(encodeText(z.stringbool(), true), "true");
});

test("structures are JSON", () => {
  const schema = z.object({ at: z.date(), big: z.bigint(), tags: z.set(z.string()) });
  assert.is(
    encodeText(schema, { at: new Date(0), big: 1n, tags: new Set(["a"]) }),
    '{"at":"1970-01-01T00:00:00.000Z","big":"1","tags":["a"]}',
  );
});

test("a codec is encoded by zod", () => {
  const url = z.codec(z.string(), z.instanceof(URL), { decode: (text) => new URL(text), encode: String });
  assert.is(encodeText(url, new URL("http://a/")), "http://a/");
});

test("a value that the schema refuses is never written", () => {
  assert.throws(() => encodeText(z.enum(["light", "dark"]), "blue"));
  assert.throws(() => encodeText(z.number(), Number.NaN));
  assert.throws(() => encodeText(z.date(), new Date(Number.NaN)));
});

test("a value that would be read back as another one is never written", () => {
  assert.throws(() => encodeText(z.string().optional(), undefined), /undefined has no text/);
  assert.throws(() => encodeText(z.string().nullable(), null), /null has no text/);
  assert.throws(() => encodeText(z.date(), new Date(Date.UTC(10_000, 0))), /outside the years/);
  assert.is(encodeText(z.int().nullable(), null), "null");
});

test("CK-10: a date outside the years 1 to 9999 inside an object is refused too", () => {
  assert.throws(() => encodeText(z.object({ at: z.date() }), { at: new Date(Date.UTC(10_000, 0)) }), /outside the years/);
});

test("a one-way schema is named as such, wherever it is", () => {
  const oneWay = z.string().transform(Number);
  for (const schema of [
    oneWay,
    z.object({ a: oneWay }),
    z.array(oneWay).optional(),
    z.union([z.string(), oneWay]),
    z.preprocess(Number, z.int()),
  ]) {
    assert.match(invertible(schema) ?? "", "one direction");
  }
  assert.match(invertible(z.codec(z.string(), oneWay, { decode: String, encode: String })) ?? "", "one direction");
  assert.match(invertible(z.instanceof(URL)) ?? "", "no text");
  assert.match(invertible(z.file()) ?? "", "no text");
});

test("codecs, wrappers and recursive schemas are invertible", () => {
  const loop: z.ZodType = z.lazy(() => z.array(loop));
  const url = z.codec(z.string(), z.instanceof(URL), { decode: (text) => new URL(text), encode: String });
  for (const schema of [z.string().trim(), url, z.stringbool(), z.enum(["a"]).default("a"), z.tuple([z.int()], z.date()), loop]) {
    assert.is(invertible(schema), undefined);
  }
});

test.run();
