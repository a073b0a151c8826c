import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { SessionData } from "../src/session-data.ts";
import { SharedRows } from "../src/shared-rows.ts";

const lifetime = { begunAt: 0, usedAt: 0, expiresAt: 1, endsAt: null, idleMs: 1, isLasting: false };
const rowOf = (data: unknown, flashes: unknown[] = []) => ({
  revision: 1,
  lifetime,
  user: undefined,
  data: JSON.stringify({ data, flashes }),
});

function createRows(schema: z.ZodType) {
  const data = new SessionData("sid", schema, 1000);
  let reads = 0;
  const rows = new SharedRows((text) => (reads++, data.read(text)));
  return { rows, reads: () => reads };
}

test("a row in memory is parsed once, and what one request does to its data is not seen by another", () => {
  const { rows, reads } = createRows(z.object({ items: z.array(z.object({ id: z.int() })).default([]) }));
  const row = rowOf({ items: [{ id: 1 }] }, [{ key: "notice", value: "Hello" }]);
  for (let time = 0; time < 3; time++) {
    const content = rows.read(row)!;
    assert.equal(content.data, { items: [{ id: 1 }] });
    assert.equal(content.flashes, [{ key: "notice", value: "Hello" }]);
    assert.equal(content.original, { data: content.data, flashes: content.flashes });
    const { items } = content.data as { items: { id: number }[] };
    items[0]!.id = 7;
    items.push({ id: 8 });
    Object.assign(content.flashes[0]!, { value: "Bye" });
    content.flashes.pop();
  }
  assert.is(reads(), 1);
});

test("a row whose text was changed in place is parsed anew, and one that no longer fits reads as nothing", () => {
  const { rows } = createRows(z.object({ name: z.string().optional() }));
  const row = rowOf({ name: "ada" });
  assert.equal(rows.read(row)?.data, { name: "ada" });
  assert.equal(rows.read(Object.assign(row, { data: rowOf({ name: "bob" }).data }))?.data, { name: "bob" });
  assert.is(rows.read(Object.assign(row, { data: rowOf({ name: 1 }).data })), undefined);
});

test("what cannot be copied is parsed each time: what a codec makes, what is frozen, a key named __proto__", () => {
  const when = z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() });
  const at = "2026-05-01T00:00:00.000Z";
  for (const [schema, stored] of [
    [z.object({ at: when.optional() }), { at }],
    [z.object({ list: z.array(z.string()).readonly().optional() }), { list: ["a"] }],
    [z.object({ any: z.unknown().optional() }), { any: JSON.parse('{"__proto__":{"x":1}}') as unknown }],
  ] as const) {
    const { rows, reads } = createRows(schema);
    const row = rowOf(stored);
    const [first, second] = [rows.read(row), rows.read(row)];
    assert.is(reads(), 2);
    assert.equal(first?.data, second?.data);
    assert.is(first?.original, undefined);
  }
});

test.run();
