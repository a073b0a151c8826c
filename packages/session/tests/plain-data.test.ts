import { array, assert as check, constantFrom, dictionary, jsonValue, letrec, oneof, property } from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { copyPlain, isSamePlain } from "../src/plain-data.ts";

const isSame = (before: unknown, after: unknown) => isSamePlain(copyPlain(before), after);

/** JSON text in which the order of keys does not count. */
function toSortedJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

test("data that was read from JSON is the same until it is changed", () => {
  const withoutPrototypes = jsonValue().filter((value) => !JSON.stringify(value).includes("__proto__"));
  check(property(withoutPrototypes, (value) => isSame(value, structuredClone(value))));
});

test("two values that are taken for the same have the same JSON", () => {
  const small = letrec((tie) => ({
    value: oneof(
      { maxDepth: 3 },
      constantFrom<unknown>(0, -0, 1, "", "1", null, undefined, true, Number.NaN, new Date(0)),
      array(tie("value"), { maxLength: 2 }),
      dictionary(constantFrom("a", "b", "constructor", "__proto__"), tie("value"), { maxKeys: 2 }),
    ),
  })).value;
  check(
    property(small, small, (a, b) => !isSame(a, b) || toSortedJson(a) === toSortedJson(b)),
    { numRuns: 20_000 },
  );
});

test("a change to what was copied is seen, however deep", () => {
  const cart = { items: [{ id: 1, tags: ["a"] }], owner: { name: "ada" } as { name?: string } };
  const copy = copyPlain(cart);
  assert.ok(isSamePlain(copy, cart));
  cart.items[0]!.tags.push("b");
  assert.not.ok(isSamePlain(copy, cart));
  cart.items[0]!.tags.pop();
  assert.ok(isSamePlain(copy, cart));
  delete cart.owner.name;
  assert.not.ok(isSamePlain(copy, cart));
});

for (const [name, value] of Object.entries({
  date: new Date(0),
  map: new Map(),
  function: () => 1,
  "own __proto__": JSON.parse('{"__proto__":{}}') as unknown,
  "instance of a class": new (class Visit {
    count = 1;
  })(),
})) {
  test(`what is not plain is never taken for the same: ${name}`, () => {
    assert.not.ok(isSame({ value }, { value }));
    assert.not.ok(isSame([value], [value]));
  });
}

test.run();
