import { compileText } from "@madeleine/http";
import * as assert from "uvu/assert";
import { test } from "uvu";
import { z } from "zod";
import * as mini from "zod/mini";
import { safeParse, type $ZodType } from "zod/v4/core";
import { type Problem, toProblems } from "../../src/validation/index.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

/** The problems of a JSON body. */
function ofJson(schema: $ZodType, value: unknown, exposeInput = false): Problem[] {
  return toProblems(safeParse(schema, value).error?.issues ?? [], { loc: ["body"], schema, value, exposeInput });
}

/** The problems of a query value. */
function ofText(schema: $ZodType, text: string): Problem[] {
  const value = compileText(schema).decode(text);
  const issues = safeParse(schema, value).error?.issues ?? [];
  return toProblems(issues, { loc: ["query", "q"], schema, value, received: text, exposeInput: true });
}

function typesOf(problems: readonly Problem[]): string[] {
  return problems.map(({ type }) => type);
}

test("bounds name their bound", () => {
  assert.equal(ofJson(z.number().gt(1), 1), [
    { type: "greater_than", loc: ["body"], msg: "Input should be greater than 1", ctx: { gt: 1 } },
  ]);
  assert.equal(ofJson(z.number().gt(Infinity), 1)[0]?.ctx, { gt: "Infinity" }); // what JSON does not have would be a 500
  assert.equal(ofJson(z.number().min(1), 0), [
    { type: "greater_than_equal", loc: ["body"], msg: "Input should be greater than or equal to 1", ctx: { ge: 1 } },
  ]);
  assert.equal(ofJson(z.number().lt(1), 1), [
    { type: "less_than", loc: ["body"], msg: "Input should be less than 1", ctx: { lt: 1 } },
  ]);
  assert.equal(ofJson(z.number().max(1), 2), [
    { type: "less_than_equal", loc: ["body"], msg: "Input should be less than or equal to 1", ctx: { le: 1 } },
  ]);
  assert.equal(ofJson(z.int().multipleOf(3), 1), [
    { type: "multiple_of", loc: ["body"], msg: "Input should be a multiple of 3", ctx: { multiple_of: 3 } },
  ]);
});

test("the bounds of bigints and dates are JSON", () => {
  assert.equal(ofText(z.bigint().min(9007199254740993n), "1")[0]?.ctx, { ge: "9007199254740993" });
  assert.equal(ofText(z.date().min(new Date("2024-01-01")), "2020-01-01")[0]?.ctx, { ge: "2024-01-01T00:00:00.000Z" });
});

test("what has the wrong type is told once, although zod measures its length, too", () => {
  assert.equal(typesOf(ofJson(z.string().min(2).max(3), [])), ["string_type"]);
  assert.equal(typesOf(ofJson(z.array(z.int()).min(2), "a")), ["list_type"]);
  const Item = z.object({ name: z.string().min(3), tags: z.array(z.string()).min(2) });
  assert.equal(
    ofJson(Item, { name: [1], tags: "x" }).map(({ type, loc }) => [type, ...loc]),
    [
      ["string_type", "body", "name"],
      ["list_type", "body", "tags"],
    ],
  );
  assert.equal(typesOf(ofJson(z.array(z.string().min(2)), [5, "a"])), ["string_type", "string_too_short"]);
  assert.equal(typesOf(ofJson(z.union([z.string().min(2), z.int()]), [])), ["string_type", "int_type"]);
});

test("lengths name what has them", () => {
  assert.equal(ofJson(z.string().min(3), "ab")[0]?.msg, "String should have at least 3 characters");
  assert.equal(ofJson(z.string().min(1), "")[0], {
    type: "string_too_short",
    loc: ["body"],
    msg: "String should have at least 1 character",
    ctx: { min_length: 1 },
  });
  assert.equal(ofJson(z.array(z.int()).min(2), [1]), [
    {
      type: "too_short",
      loc: ["body"],
      msg: "List should have at least 2 items after validation, not 1",
      ctx: { field_type: "List", min_length: 2, actual_length: 1 },
    },
  ]);
  assert.equal(ofJson(z.tuple([z.int()]), [1, 2])[0]?.msg, "Tuple should have at most 1 item after validation, not 2");
  assert.equal(ofJson(z.set(z.int()).max(1), new Set([1, 2]))[0]?.ctx, { field_type: "Set", max_length: 1, actual_length: 2 });
});

test("a value of the wrong type has the type's name", () => {
  const wrong: [$ZodType, unknown, string][] = [
    [z.string(), 5, "string_type"],
    [z.int(), [1], "int_type"],
    [z.number(), {}, "float_type"],
    [z.boolean(), [], "bool_type"],
    [z.date(), 5, "datetime_type"],
    [z.array(z.int()), "x", "list_type"],
    [z.set(z.int()), "x", "set_type"],
    [z.tuple([z.int()]), "x", "tuple_type"],
    [z.record(z.string(), z.int()), [], "dict_type"],
    [z.object({}), [], "model_attributes_type"],
    [z.null(), 5, "none_required"],
    [z.file(), "str", "value_error"],
    [z.instanceof(URL), "str", "is_instance_of"],
    [z.int(), 1.5, "int_from_float"],
  ];
  for (const [schema, value, type] of wrong) assert.equal(typesOf(ofJson(schema, value)), [type]);
});

test("JSON is never coerced: a string that would be a number as text is of the wrong type, another one cannot be parsed", () => {
  assert.equal(typesOf(ofJson(z.object({ a: z.int(), b: z.number(), c: z.boolean() }), { a: "5", b: "1.5", c: "true" })), [
    "int_type",
    "float_type",
    "bool_type",
  ]);
  assert.equal(typesOf(ofJson(z.object({ a: z.int(), b: z.number(), c: z.boolean() }), { a: "x", b: "x", c: "x" })), [
    "int_parsing",
    "float_parsing",
    "bool_parsing",
  ]);
});

test("JB-05: infinity, and integers beyond 2^53, are refused", () => {
  assert.equal(typesOf(ofJson(z.number(), Number.POSITIVE_INFINITY)), ["finite_number"]);
  assert.equal(typesOf(ofJson(z.int(), JSON.parse("12345678901234567890"))), ["less_than_equal"]);
  assert.equal(typesOf(ofText(z.int(), "12345678901234567890")), ["int_parsing_size"]);
});

test("text is told apart from wrong text", () => {
  assert.equal(typesOf(ofText(z.number().int(), "x")), ["int_parsing"]);
  assert.equal(typesOf(ofText(z.number(), "x")), ["float_parsing"]);
  assert.equal(typesOf(ofText(z.bigint(), "x")), ["int_parsing"]);
  assert.equal(typesOf(ofText(z.date(), "x")), ["datetime_from_date_parsing"]);
  assert.equal(ofText(z.date(), "2024-02-30")[0]?.ctx, { error: "day value is outside expected range" });
  assert.equal(typesOf(ofText(z.stringbool(), "x")), ["bool_parsing"]);
});

test("formats have pydantic's names, or say which format it is", () => {
  const formats: [$ZodType, string][] = [
    [z.uuid(), "uuid_parsing"],
    [z.url(), "url_parsing"],
    [z.iso.date(), "date_from_datetime_parsing"],
    [z.iso.datetime(), "datetime_parsing"],
    [z.iso.time(), "time_parsing"],
    [z.iso.duration(), "time_delta_parsing"],
    [z.ipv4(), "ip_v4_address"],
    [z.ipv6(), "ip_v6_address"],
    [z.email(), "value_error"],
    [z.jwt(), "value_error"],
    [z.string().startsWith("a."), "string_pattern_mismatch"],
    [z.string().lowercase(), "string_pattern_mismatch"],
    [z.templateLiteral(["a", z.int()]), "string_pattern_mismatch"],
  ];
  for (const [schema, type] of formats) assert.equal(typesOf(ofText(schema, "X")), [type]);
  assert.is(ofText(z.string().startsWith("a."), "X")[0]?.msg, "String should match pattern '^a\\.'");
  assert.is(ofText(z.string().regex(/^fix/i), "X")[0]?.msg, "String should match pattern '/^fix/i'");
});

test("each forbidden key is a problem of its own", () => {
  const problems = ofJson(z.strictObject({ a: z.int() }), { a: 1, b: 2, c: 3 }, true);
  assert.equal(
    problems.map(({ loc, input }) => [loc, input]),
    [
      [["body", "b"], 2],
      [["body", "c"], 3],
    ],
  );
});

test("each member of a union tells its problem, under its name", () => {
  assert.equal(
    ofText(z.union([z.int(), z.boolean()]), "x").map(({ type, loc }) => [type, ...loc]),
    [
      ["int_parsing", "query", "q", "int"],
      ["bool_parsing", "query", "q", "bool"],
    ],
  );
  assert.equal(
    ofText(z.union([z.int(), z.null()]), "x").map(({ loc }) => loc),
    [["query", "q"]],
  );
  assert.equal(typesOf(ofJson(z.object({ u: z.union([z.int(), z.boolean()]) }), {})), ["missing"]);
});

test("a union whose members all stand for absence has a problem with what is there", () => {
  const none = [{ type: "none_required", loc: ["body"], msg: "Input should be null" }];
  assert.equal(ofJson(z.union([z.null(), z.undefined()]), "x"), none);
  assert.equal(ofJson(z.union([z.null(), z.union([z.undefined(), z.null().optional()])]), "x").length, 1);
});

test("a discriminated union tells the tags that it knows, and the sent one only where input may be shown", () => {
  const schema = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("a"), n: z.int() }),
    z.object({ kind: z.literal("b") }),
  ]);
  const shown = "Input tag 'c' found using 'kind' does not match any of the expected tags: 'a', 'b'";
  const hidden = "Input tag found using 'kind' does not match any of the expected tags: 'a', 'b'";
  assert.equal(ofJson(schema, { kind: "c" }, true)[0]?.msg, shown);
  assert.equal(ofJson(schema, { kind: "c" })[0], {
    type: "union_tag_invalid",
    loc: ["body"],
    msg: hidden,
    ctx: { discriminator: "'kind'", expected_tags: "'a', 'b'" },
  });
  assert.equal(ofJson(schema, { kind: [{ toString: 1 }] }, true)[0]?.msg, shown.replace("c", '[{"toString":1}]'));
  assert.equal(typesOf(ofJson(schema, {})), ["union_tag_not_found"]);
  assert.equal(
    ofJson(schema, { kind: "a" }).map(({ type, loc }) => [type, ...loc]),
    [["missing", "body", "n"]],
  );
});

test("keys and values of records and maps are told at their place", () => {
  const problems = ofJson(z.record(z.string().min(2), z.int()), { a: 1, bb: "x" });
  assert.equal(
    problems.map(({ type, loc }) => [type, ...loc]),
    [
      ["string_too_short", "body", "a", "[key]"],
      ["int_parsing", "body", "bb"],
    ],
  );
});

test("a refinement is a value_error with the author's message", () => {
  const even = z.int().refine((value) => value % 2 === 0, "must be even");
  assert.equal(ofJson(even, 3), [
    { type: "value_error", loc: ["body"], msg: "Value error, must be even", ctx: { error: "must be even" } },
  ]);
  const same = z.object({ a: z.string(), b: z.string().optional() }).refine(() => false, { path: ["b"], message: "differs" });
  assert.equal(ofJson(same, { a: "x" }), [
    { type: "value_error", loc: ["body", "b"], msg: "Value error, differs", ctx: { error: "differs" } },
  ]);
});

test("a message that the author wrote is the message, also where something is missing", () => {
  assert.equal(ofJson(z.string().min(3, "Too short!"), "a")[0], {
    type: "string_too_short",
    loc: ["body"],
    msg: "Too short!",
    ctx: { min_length: 3 },
  });
  assert.equal(ofJson(z.object({ a: z.string({ error: "Who are you?" }) }), {})[0], {
    type: "missing",
    loc: ["body", "a"],
    msg: "Who are you?",
    input: null,
  });
});

test("schemas of zod/mini are told in the same words", () => {
  const schema = mini.object({ n: mini.int().check(mini.gte(1)), s: mini.string().check(mini.maxLength(2)) });
  assert.equal(
    ofJson(schema, { n: 0, s: "abc" }).map(({ msg }) => msg),
    ["Input should be greater than or equal to 1", "String should have at most 2 characters"],
  );
});

test("what a transform made is never taken for what was sent", () => {
  const parsed = z.codec(z.string(), z.object({ a: z.int() }), {
    decode: (text) => JSON.parse(text) as { a: number },
    encode: (value) => JSON.stringify(value),
  });
  assert.equal(typesOf(ofText(parsed, '{"a":"x"}')), ["int_type"]);
  assert.equal(typesOf(ofText(z.string().transform(Number).pipe(z.number().min(3)), "1")), ["greater_than_equal"]);
});

test("the input is what was sent, before it was decoded", () => {
  assert.is(ofText(z.int().min(10), "+5.0")[0]?.input, "+5.0");
});

test("a recursive schema is told at any depth", () => {
  interface Tree {
    kids: Tree[];
    n: number;
  }
  const tree: z.ZodType<Tree> = z.lazy(() => z.object({ kids: z.array(tree), n: z.int() }));
  assert.equal(
    ofJson(tree, { n: 1, kids: [{ n: "x", kids: [] }] }).map(({ type, loc }) => [type, ...loc]),
    [["int_parsing", "body", "kids", 0, "n"]],
  );
});

test("JB-03: a hundred thousand wrong items are a hundred problems, in linear time", async () => {
  const schema = z.array(z.int());
  const raw = new Map(
    [6250, 100_000].map((length) => {
      const value = Array.from({ length }, () => "x");
      const raw = schema._zod.run({ value, issues: [] }, { async: false });
      if (raw instanceof Promise) throw new Error("the schema is synchronous");
      return [length, { value, issues: raw.issues }];
    }),
  );
  const toldOf = (length: number): void => {
    const { value, issues } = raw.get(length)!;
    assert.is(toProblems(issues, { loc: ["body"], schema, value, exposeInput: true }).length, 100);
  };
  await assertLinear("wrong items", toldOf, 100_000);
});

test("JB-14: a key of a megabyte is named by its beginning", () => {
  const [problem] = ofJson(z.strictObject({}), { ["k".repeat(1_000_000)]: 1 });
  assert.ok(JSON.stringify(problem).length < 500);
});

test.run();
