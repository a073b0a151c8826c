import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { compileCheck } from "../../src/inputs/check.ts";
import type { Problem } from "../../src/validation/index.ts";

/** Checks one value after the other, as one parameter of many requests. */
function checker(schema: z.ZodType): (value: unknown) => { value: unknown; problems: readonly Problem[] } {
  const check = compileCheck({ schema, slot: 0, loc: ["body"], exposeInput: false });
  return (value) => {
    const values: unknown[] = [];
    const problems: Problem[] = [];
    assert.is(check(value, undefined, values, problems), undefined);
    return { value: values[0], problems };
  };
}

test("a value that does not fit leaves the next ones to the compiled schema", () => {
  const name = z.string();
  const { run } = name._zod;
  let runs = 0;
  name._zod.run = (payload, context) => {
    runs++;
    return run(payload, context);
  };
  const check = checker(z.object({ name }));
  assert.equal(check({ name: "tea" }), { value: { name: "tea" }, problems: [] });
  assert.is(runs, 0, "compiled");
  assert.is(check({ name: 7 }).problems.length, 1);
  assert.is(runs, 1, "the schema has the words");
  assert.equal(check({ name: "tea" }), { value: { name: "tea" }, problems: [] });
  assert.is(runs, 1, "compiled again");
});

test("a recursive schema looks at the same object anew each time", () => {
  const Node = z.object({
    name: z.string(),
    get children() {
      return z.array(Node);
    },
  });
  const check = checker(Node);
  const child = { name: "leaf", children: [] };
  const node = { name: "root", children: [child] };
  assert.equal(check(node).value, node);
  child.name = "other";
  assert.equal(check(node).value, { name: "root", children: [{ name: "other", children: [] }] });
});

test.run();
