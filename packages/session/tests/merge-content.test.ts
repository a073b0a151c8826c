import { test } from "uvu";
import * as assert from "uvu/assert";
import { mergeContent } from "../src/merge-content.ts";
import type { SessionContent } from "../src/session-content.ts";

function merge(base: SessionContent, own: SessionContent, stored: SessionContent): SessionContent {
  return JSON.parse(mergeContent(JSON.stringify(base), JSON.stringify(own), JSON.stringify(stored))) as SessionContent;
}

const content = (data: unknown, ...texts: string[]): SessionContent => ({
  data,
  flashes: texts.map((value) => ({ key: "k", value })),
});

test("SE-06: of each key the last write wins, and what only one changed stays", () => {
  const merged = merge(content({ a: 1, b: 1, c: 1 }), content({ a: 2, b: 1 }), content({ a: 3, b: 3, c: 1, d: 3 }));
  assert.equal(merged.data, { a: 2, b: 3, d: 3 });
});

test("a key named __proto__ is a key like others", () => {
  const own = JSON.parse('{"data":{"__proto__":{"x":1}},"flashes":[]}') as SessionContent;
  assert.equal(Object.keys(merge(content({}), own, content({ a: 1 })).data as object).sort(), ["__proto__", "a"]);
  assert.is(({} as { x?: number }).x, undefined);
});

test("what is no record is the last write's", () => {
  assert.equal(merge(content([1]), content([1, 2]), content([1, 3])).data, [1, 2]);
});

test("messages that were shown are gone, those that others left stay, and new ones are added", () => {
  const values = ({ flashes }: SessionContent) => flashes.map(({ value }) => value);
  assert.equal(values(merge(content({}, "shown"), content({}), content({}, "shown", "theirs"))), ["theirs"]);
  assert.equal(values(merge(content({}, "old"), content({}, "old", "own"), content({}, "old", "theirs"))), [
    "old",
    "theirs",
    "own",
  ]);
  assert.equal(values(merge(content({}, "shown"), content({}, "own"), content({}, "shown", "theirs"))), ["theirs", "own"]);
});

test.run();
