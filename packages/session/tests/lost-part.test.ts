import { test } from "uvu";
import * as assert from "uvu/assert";
import { findLostPart } from "../src/lost-part.ts";

class Cart {
  items = 1;
}

class Tags extends Array<string> {}

for (const [name, value, problem] of [
  ["a Date", new Date(0), "is a Date, which would come back as what its toJSON gives"],
  ["a URL", new URL("https://example.com"), "is a URL, which would come back as what its toJSON gives"],
  ["a Buffer", Buffer.from("a"), "is a Buffer, which would come back as what its toJSON gives"],
  ["a toJSON of its own", { toJSON: () => 1 }, "is an Object, which would come back as what its toJSON gives"],
  ["an instance of a class", new Cart(), "is a Cart, which would come back as a plain object"],
  ["a list of a class", Tags.of("a"), "is a Tags, which would come back as a plain list"],
  ["a key that is a symbol", { [Symbol("at")]: 1 }, "has the key Symbol(at), which would be left out"],
  ["a function", () => 1, "is a function, which JSON does not have"],
  ["a symbol", Symbol("at"), "is a symbol, which JSON does not have"],
  ["a bigint", 1n, "is a bigint, which JSON does not have"],
] as const) {
  test(`a part that would come back as something else is found with the way to it: ${name}`, () => {
    const loss = findLostPart({ list: [0, { "a-b": value }] }, undefined);
    assert.equal(loss && `${loss.path} ${loss.problem}`, `$.list[1]["a-b"] ${problem}`);
  });
}

test("undefined is lost in a list, also where it is a hole, and nowhere else", () => {
  const problem = "is undefined in a list, which would come back as null";
  assert.is(findLostPart({ member: undefined }, undefined), undefined);
  assert.equal(findLostPart([[1, undefined]], undefined), { path: "$[0][1]", problem, mend: "leave it out, or null" });
  assert.is(findLostPart([, 1], undefined)?.path, "$[0]"); // oxlint-disable-line no-sparse-arrays -- it is what is tested
});

test("a Date that comes back as one is not lost", () => {
  assert.is(findLostPart({ at: new Date(0) }, { at: new Date(0) }), undefined);
  assert.is(findLostPart({ at: new Date(0) }, { at: "1970-01-01T00:00:00.000Z" })?.path, "$.at");
});

test("plain data is not lost, also without a prototype, frozen, or of another realm", async () => {
  const { runInNewContext } = await import("node:vm");
  const { groups } = /(?<year>\d+)/.exec("2026")!;
  for (const value of [
    { a: [1, "", null, true, { b: {} }], toJSON: "a text" },
    Object.assign(Object.create(null) as object, { a: 1 }),
    groups,
    new URLSearchParams("a=1").getAll("a"),
    Object.freeze({ a: Object.freeze([1]) }),
    runInNewContext("({ a: [{ b: 1 }] })") as unknown,
    JSON.parse('{"__proto__":{"constructor":1}}') as unknown,
  ])
    assert.is(findLostPart(value, undefined), undefined);
});

test.run();
