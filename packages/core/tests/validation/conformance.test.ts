import { compileModel, compileText } from "@madeleine/http";
import * as assert from "uvu/assert";
import { test } from "uvu";
import { z } from "zod";
import { safeParse, type $ZodType } from "zod/v4/core";
import { invalidJson, type Problem, toProblems } from "../../src/validation/index.ts";

/** A 422 of FastAPI, from reference/conformance.json: what was sent to which schema, and the detail that came back. */
interface Case {
  readonly schema: $ZodType;
  readonly loc: readonly (string | number)[];
  /** Text of one name; text by name, for a model; or what JSON carried. */
  readonly sent: { readonly text?: string } | { readonly model: Record<string, string> } | { readonly json: unknown };
  readonly detail: readonly Problem[];
}

const Int = { type: "int_parsing", msg: "Input should be a valid integer, unable to parse string as an integer" };
const Bool = { type: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input" };
const Float = { type: "float_parsing", msg: "Input should be a valid number, unable to parse string as a number" };
const Missing = { type: "missing", msg: "Field required", input: null };

const Item = z.object({
  name: z.string(),
  description: z.string().nullable().default(null),
  price: z.number(),
  tax: z.number().nullable().default(null),
});
const Image = z.object({ url: z.string(), size: z.int().gt(0) });
const Nested = z.object({ name: z.string(), images: z.array(Image).optional(), tags: z.set(z.string()).optional() });
const Cookies = z.object({ session_id: z.string(), fatebook_tracker: z.string().optional() });

const cases: Record<string, Case> = {
  "cookie-param-required-missing": {
    schema: z.string(),
    loc: ["cookie", "session_id"],
    sent: {},
    detail: [{ ...Missing, loc: ["cookie", "session_id"] }],
  },
  "cookie-param-int-bad": {
    schema: z.int().default(0),
    loc: ["cookie", "visits"],
    sent: { text: "abc" },
    detail: [{ ...Int, loc: ["cookie", "visits"], input: "abc" }],
  },
  "cookie-param-enum-bad": {
    schema: z.literal(["light", "dark"]).default("light"),
    loc: ["cookie", "theme"],
    sent: { text: "blue" },
    detail: [
      {
        type: "literal_error",
        loc: ["cookie", "theme"],
        msg: "Input should be 'light' or 'dark'",
        input: "blue",
        ctx: { expected: "'light' or 'dark'" },
      },
    ],
  },
  "cookie-model-missing": {
    schema: Cookies,
    loc: ["cookie"],
    sent: { model: {} },
    detail: [{ ...Missing, loc: ["cookie", "session_id"] }],
  },
  "header-model2-forbid-extra": {
    schema: z.strictObject({ save_data: z.boolean() }),
    loc: ["header"],
    sent: { model: { save_data: "true", tool: "plumbus" } },
    detail: [{ type: "extra_forbidden", loc: ["header", "tool"], msg: "Extra inputs are not permitted", input: "plumbus" }],
  },
  "query-bad-int": {
    schema: z.int().default(0),
    loc: ["query", "skip"],
    sent: { text: "foo" },
    detail: [{ ...Int, loc: ["query", "skip"], input: "foo" }],
  },
  "query-empty-int": {
    schema: z.int().default(0),
    loc: ["query", "skip"],
    sent: { text: "" },
    detail: [{ ...Int, loc: ["query", "skip"], input: "" }],
  },
  "query-bool-bad-2": {
    schema: z.boolean(),
    loc: ["query", "short"],
    sent: { text: "2" },
    detail: [{ ...Bool, loc: ["query", "short"], input: "2" }],
  },
  "query-bool-bad-null": {
    schema: z.boolean(),
    loc: ["query", "short"],
    sent: { text: "null" },
    detail: [{ ...Bool, loc: ["query", "short"], input: "null" }],
  },
  "query-required-missing": {
    schema: z.string(),
    loc: ["query", "needy"],
    sent: {},
    detail: [{ ...Missing, loc: ["query", "needy"] }],
  },
  "query-multi-errors, as a model": {
    schema: z.object({ needy: z.string(), skip: z.int().default(0), limit: z.int().nullable().default(null) }),
    loc: ["query"],
    sent: { model: { skip: "a", limit: "b" } },
    detail: [
      { ...Missing, loc: ["query", "needy"] },
      { ...Int, loc: ["query", "skip"], input: "a" },
      { ...Int, loc: ["query", "limit"], input: "b" },
    ],
  },
  "query-too-long": {
    schema: z.string().min(3).max(5).regex(/^fix/),
    loc: ["query", "q"],
    sent: { text: "fixxxx" },
    detail: [
      {
        type: "string_too_long",
        loc: ["query", "q"],
        msg: "String should have at most 5 characters",
        input: "fixxxx",
        ctx: { max_length: 5 },
      },
    ],
  },
  "query-pattern": {
    schema: z.string().min(3).max(5).regex(/^fix/),
    loc: ["query", "q"],
    sent: { text: "nope" },
    detail: [
      {
        type: "string_pattern_mismatch",
        loc: ["query", "q"],
        msg: "String should match pattern '^fix'",
        input: "nope",
        ctx: { pattern: "^fix" },
      },
    ],
  },
  "query-float-bad": {
    schema: z.number(),
    loc: ["query", "x"],
    sent: { text: "a" },
    detail: [{ ...Float, loc: ["query", "x"], input: "a" }],
  },
  "query-uuid-bad": {
    schema: z.uuid(),
    loc: ["query", "u"],
    sent: { text: "abc" },
    detail: [
      {
        type: "uuid_parsing",
        loc: ["query", "u"],
        msg: "Input should be a valid UUID, invalid length: expected length 32 for simple format, found 3",
        input: "abc",
        ctx: { error: "invalid length: expected length 32 for simple format, found 3" },
      },
    ],
  },
  "path-int-bad": {
    schema: z.int(),
    loc: ["path", "item_id"],
    sent: { text: "foo" },
    detail: [{ ...Int, loc: ["path", "item_id"], input: "foo" }],
  },
  "path-enum-bad": {
    schema: z.enum(["alexnet", "resnet", "lenet"]),
    loc: ["path", "model_name"],
    sent: { text: "foo" },
    detail: [
      {
        type: "enum",
        loc: ["path", "model_name"],
        msg: "Input should be 'alexnet', 'resnet' or 'lenet'",
        input: "foo",
        ctx: { expected: "'alexnet', 'resnet' or 'lenet'" },
      },
    ],
  },
  "form-missing": {
    schema: z.object({ username: z.string(), password: z.string() }),
    loc: ["body"],
    sent: { model: { username: "Foo" } },
    detail: [{ ...Missing, loc: ["body", "password"] }],
  },
  "body-missing-field": {
    schema: Item,
    loc: ["body"],
    sent: { json: { name: "Foo" } },
    detail: [{ ...Missing, loc: ["body", "price"] }],
  },
  "body-wrong-type": {
    schema: Item,
    loc: ["body"],
    sent: { json: { name: "Foo", price: "twenty" } },
    detail: [{ ...Float, loc: ["body", "price"], input: "twenty" }],
  },
  "body-null": { schema: Item, loc: ["body"], sent: { json: null }, detail: [{ ...Missing, loc: ["body"] }] },
  "body-no-body": { schema: Item, loc: ["body"], sent: { json: undefined }, detail: [{ ...Missing, loc: ["body"] }] },
  "body-array": {
    schema: Item,
    loc: ["body"],
    sent: { json: [1] },
    detail: [
      {
        type: "model_attributes_type",
        loc: ["body"],
        msg: "Input should be a valid dictionary or object to extract fields from",
        input: [1],
      },
    ],
  },
  "body-multi-none": {
    schema: Item,
    loc: ["body", "item"],
    sent: { json: undefined },
    detail: [{ ...Missing, loc: ["body", "item"] }],
  },
  "body-nested-multi-err": {
    schema: Nested,
    loc: ["body"],
    sent: { json: { images: [{ size: "x" }] } },
    detail: [
      { ...Missing, loc: ["body", "name"] },
      { ...Missing, loc: ["body", "images", 0, "url"] },
      { ...Int, loc: ["body", "images", 0, "size"], input: "x" },
    ],
  },
  "exc-override-validation-body": {
    schema: z.object({ title: z.string(), size: z.int() }),
    loc: ["body"],
    sent: { json: { title: "towel", size: "XL" } },
    detail: [{ ...Int, loc: ["body", "size"], input: "XL" }],
  },
};

function valueOf({ schema, sent }: Case): unknown {
  if ("json" in sent) return sent.json;
  if (!("model" in sent)) return compileText(schema).decode(sent.text);
  const model = compileModel(schema)!; // the cases with `model` have object schemas
  const decoders = new Map(model.fields.map(({ key, text }) => [key, text]));
  const entries = Object.entries(sent.model).map(([key, text]) => [key, (decoders.get(key) ?? model.extras).decode(text)]);
  return Object.fromEntries(entries);
}

for (const [id, given] of Object.entries(cases)) {
  test(`${id} answers what FastAPI answers`, () => {
    const value = valueOf(given);
    const { error } = safeParse(given.schema, value);
    const place = { loc: given.loc, schema: given.schema, value };
    assert.equal(toProblems(error!.issues, { ...place, exposeInput: true }), given.detail);
  });

  test(`${id} shows no input where it may be secret`, () => {
    const value = valueOf(given);
    const { error } = safeParse(given.schema, value);
    const place = { loc: given.loc, schema: given.schema, value };
    for (const problem of toProblems(error!.issues, { ...place, exposeInput: false })) assert.is(problem.input ?? null, null);
  });

  test(`${id} is told alike from raw issues and from finished ones`, () => {
    const value = valueOf(given);
    const place = { loc: given.loc, schema: given.schema, value, exposeInput: true };
    const raw = given.schema._zod.run({ value, issues: [] }, { async: false });
    if (raw instanceof Promise) throw new Error("these schemas are synchronous");
    assert.equal(toProblems(raw.issues, place), given.detail);
  });
}

test("body-broken-json-2 answers what FastAPI answers", () => {
  assert.equal(invalidJson({ problem: "Unterminated string starting at", position: 9 }), {
    type: "json_invalid",
    loc: ["body", 9],
    msg: "JSON decode error",
    input: {},
    ctx: { error: "Unterminated string starting at" },
  });
});

test.run();
