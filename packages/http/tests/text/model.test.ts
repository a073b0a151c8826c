import * as assert from "uvu/assert";
import { test } from "uvu";
import { z } from "zod";
import * as mini from "zod/mini";
import { compileModel, isModel, TextSchemaError } from "../../src/text/index.ts";

test("an object schema gives its fields in their order, each with its decoder", () => {
  const model = compileModel(z.object({ limit: z.int().default(100), tags: z.array(z.string()) }));
  assert.equal(
    model?.fields.map(({ key, text }) => [key, text.many]),
    [
      ["limit", false],
      ["tags", true],
    ],
  );
  assert.is(model?.fields[0]?.text.decode("5"), 5);
});

test("loose objects and catchalls pass extras, decoded; strict objects forbid them", () => {
  const pick = (schema: z.ZodType) => {
    const model = compileModel(schema);
    return [model?.passesExtras, model?.forbidsExtras, model?.extras.decode("5")];
  };
  assert.equal(pick(z.object({})), [false, false, "5"]);
  assert.equal(pick(z.looseObject({})), [true, false, "5"]);
  assert.equal(pick(z.object({}).catchall(z.int())), [true, false, 5]);
  assert.equal(pick(z.strictObject({})), [false, true, "5"]);
});

test("wrappers around an object are seen through", () => {
  const object = z.object({ a: z.int() });
  const wrapped = [
    object.optional(),
    object.nullable(),
    object.default({ a: 1 }),
    object.refine(() => true),
    object.readonly(),
    object.catch({ a: 1 }),
  ];
  for (const schema of [
    ...wrapped,
    object.transform(String),
    z.lazy(() => object),
    mini.optional(mini.object({ a: mini.int() })),
  ]) {
    assert.ok(isModel(schema));
    assert.is(compileModel(schema)?.fields[0]?.text.decode("1"), 1);
  }
});

test("an intersection of objects has the fields of both", () => {
  const model = compileModel(z.intersection(z.object({ a: z.int() }), z.object({ b: z.int() })));
  assert.equal(
    model?.fields.map(({ key }) => key),
    ["a", "b"],
  );
});

test("what is no object is no model", () => {
  for (const schema of [
    z.string(),
    z.array(z.object({})),
    z.record(z.string(), z.string()),
    z.union([z.object({}), z.object({})]),
  ]) {
    assert.is(isModel(schema), false);
    assert.is(compileModel(schema), undefined);
  }
});

test("the error of a field that no text can satisfy names the field", () => {
  try {
    compileModel(z.object({ filter: z.object({}) }));
    assert.unreachable();
  } catch (error) {
    assert.instance(error, TextSchemaError);
    assert.is((error as TextSchemaError).what, 'the field "filter": one text is never an object');
  }
});

test.run();
