import { readFileSync, readdirSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createSessionId, readSessionId, toStoreKey } from "../src/session-id.ts";

test("SE-03: 100,000 ids of 256 bits, none twice, and no bit that is always the same", () => {
  const ids = new Set(Array.from({ length: 100_000 }, createSessionId));
  assert.is(ids.size, 100_000);
  const [ones, zeros] = [Buffer.alloc(32, 0), Buffer.alloc(32, 0xff)];
  for (const id of ids) {
    const bytes = Buffer.from(id, "base64url");
    assert.is(bytes.length, 32);
    for (let index = 0; index < 32; index++) {
      ones[index]! |= bytes[index]!;
      zeros[index]! &= bytes[index]!;
    }
  }
  assert.equal([ones, zeros], [Buffer.alloc(32, 0xff), Buffer.alloc(32, 0)]);
});

test("SE-03: nothing in the package draws from Math.random", () => {
  const folder = new URL("../src/", import.meta.url);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")))
    assert.not.match(readFileSync(new URL(name, folder), "utf8"), "Math.random");
});

test("an id is 43 characters of base64url, and one of several distinct ones is none", () => {
  const id = createSessionId();
  assert.is(readSessionId([id]), id);
  assert.is(readSessionId([id, id]), id);
  for (const candidates of [[], [id, createSessionId()], [""], [`${id} `], [`${id}\n`], [id.slice(1)]])
    assert.is(readSessionId(candidates), undefined);
});

test("the key of an id depends on the cookie's name", () => {
  const id = createSessionId();
  assert.is(toStoreKey("a", id), toStoreKey("a", id));
  assert.is.not(toStoreKey("a", id), toStoreKey("b", id));
});

test.run();
