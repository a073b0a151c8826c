import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { JSONResponse } from "../../src/responses/json.ts";
import { JSONSerializationError, serializeCarried, serializeJson } from "../../src/responses/serialize-json.ts";

test("what JSON carries is written as JSON.stringify writes it", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => serializeJson(value) === JSON.stringify(value)));
});

test("empty objects and lists, null and an undefined property are carried", () => {
  const value = { a: {}, b: [], c: null, d: undefined, e: [{}], f: Object.create(null) };
  assert.is(serializeJson(value), '{"a":{},"b":[],"c":null,"e":[{}],"f":{}}');
});

test("a Date is ISO 8601, and toJSON is honoured", () => {
  const money = { toJSON: () => ({ amount: "5", currency: null }) };
  assert.is(
    serializeJson({ at: new Date(0), money }),
    '{"at":"1970-01-01T00:00:00.000Z","money":{"amount":"5","currency":null}}',
  );
});

test("methods are not data, and an instance without fields is an empty object", () => {
  class Point {
    x = 1;
    double = () => this.x * 2;
    norm() {
      return this.x;
    }
  }
  class Nothing {}
  assert.is(serializeJson([new Point(), new Nothing()]), '[{"x":1},{}]');
});

test("one value in two places is no cycle", () => {
  const owner = { id: 1, note: null };
  assert.is(serializeJson([owner, { owner }]), '[{"id":1,"note":null},{"owner":{"id":1,"note":null}}]');
});

const cycle: Record<string, unknown> = { name: "a" };
cycle["self"] = { cycle };

class Query {
  table = "users";
  // oxlint-disable-next-line unicorn/no-thenable -- what query builders are
  then() {}
}

class Secret {
  #text = "s";
  get length() {
    return this.#text.length;
  }
  get [Symbol.toStringTag]() {
    return "Secret";
  }
}

const refused: [what: string, value: unknown, path: string, message: RegExp][] = [
  [
    "a promise without await",
    { u: Promise.resolve(1) },
    "$.u",
    /^\$\.u is a Promise, which has no value yet\. mend: await it first$/,
  ],
  ["a query that runs when it is awaited", { u: new Query() }, "$.u", /^\$\.u is a promise, which has no value yet/],
  ["a Map", { items: [{}, { owner: new Map() }] }, "$.items[1].owner", /is a Map.*Object\.fromEntries/],
  ["a Set", [new Set()], "$[0]", /is a Set.*\[\.\.\.set\]/],
  [
    "an Error",
    { "the error": new Error("x") },
    '$["the error"]',
    /is an Error, which would arrive as \{\}\. mend: send its message/,
  ],
  ["a RegExp", { a: /x/ }, "$.a", /is a RegExp/],
  ["a generator", { a: (function* () {})() }, "$.a", /is a Generator.*mend: \[\.\.\.values\]/],
  ["an iterator", { a: [1].values() }, "$.a", /is an Array Iterator.*mend: \[\.\.\.values\]/],
  ["bytes without a view", { a: new ArrayBuffer(1) }, "$.a", /is an ArrayBuffer.*base64/],
  ["bytes inside a value", { a: [new Uint8Array([1])] }, "$.a[0]", /is a Uint8Array, which would arrive as an object.*base64/],
  ["an object whose fields are private", new Secret(), "$", /is a Secret.*toJSON/],
  ["a bigint", { a: [1, 2n] }, "$.a[1]", /is a bigint.*String\(value\)/],
  ["a cycle", cycle, "$.self.cycle", /contains itself/],
  ["NaN (conformance respmodel-nan)", { x: Number.NaN }, "$.x", /is NaN.*RFC 8259 §6/],
  ["Infinity", { x: -Infinity }, "$.x", /is -Infinity/],
  ["an invalid Date", { at: new Date(Number.NaN) }, "$.at", /is an invalid Date/],
  ["a function in a list", [() => 1], "$[0]", /is a function in a list/],
  ["a symbol in a list", [Symbol("a")], "$[0]", /is a symbol in a list/],
  [
    "a toJSON that throws",
    {
      a: {
        toJSON: () => {
          throw new Error("secret");
        },
      },
    },
    "$.a",
    /has a toJSON that throws/,
  ],
  ["a Map behind toJSON", { a: { toJSON: () => ({ m: new Map() }) } }, "$.a.m", /is a Map/],
  [
    "a getter that throws",
    {
      get a() {
        throw new Error("secret");
      },
    },
    "$",
    /throws when it is read/,
  ],
  ["undefined itself", undefined, "$", /is undefined.*null, or a Response without a body/],
  ["a function itself", () => 1, "$", /is a function/],
  ["a toJSON that gives nothing", { toJSON: () => undefined }, "$", /^\$ has a toJSON that gives nothing\. mend: return from it/],
];

for (const [what, value, path, message] of refused) {
  test(`ST-09: ${what} is refused with its path`, () => {
    const error = errorOf(() => serializeJson(value));
    assert.is(error.path, path);
    assert.match(error.message, message);
    assert.not.match(error.message, /secret/);
  });
}

test("ST-09: a value of 100,000 levels ends in an error that says so, where it is too deep for this node", () => {
  let deep: unknown = null;
  for (let level = 0; level < 100_000; level++) deep = [deep];
  assert.match(errorOf(() => serializeJson(deep)).message, /^\$ is nested too deeply/);
});

test("the cause is kept for the log", () => {
  assert.instance(errorOf(() => serializeJson({ a: 1n })).cause, TypeError);
});

function errorOf(run: () => unknown): JSONSerializationError {
  try {
    run();
  } catch (error) {
    assert.instance(error, JSONSerializationError);
    return error as JSONSerializationError;
  }
  return assert.unreachable("nothing was thrown") as never;
}

test("what is known to be carried is written unseen", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => serializeCarried(value) === JSON.stringify(value)));
  assert.is(serializeCarried([NaN]), "[null]");
});

test("nesting beyond the stack is told as ever, where JSON.stringify needs a stack", () => {
  let deep: unknown[] = [];
  for (let level = 0; level < 100_000; level++) deep = [deep];
  try {
    JSON.stringify(deep);
  } catch {
    assert.match(errorOf(() => serializeCarried(deep)).message, /nested too deeply/);
    return;
  }
  assert.is(serializeCarried(deep).length, 200_002); // node 26 goes through lists without one
});

test("a response may be written by a function of its own", () => {
  const response = new JSONResponse({ id: 7 }, { status: 201 }, (content) => JSON.stringify(content, null, 1));
  assert.equal([response.status, response.body, response.contentType], [201, '{\n "id": 7\n}', "application/json"]);
});

test.run();
