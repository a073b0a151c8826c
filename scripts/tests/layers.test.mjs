import { test } from "uvu";
import * as assert from "uvu/assert";
import { fileURLToPath } from "node:url";
import { findViolations } from "../layers.mjs";

const fixture = (name) => fileURLToPath(new URL(`./fixtures/layers/${name}`, import.meta.url));

test("imports from lower layers, node: and listed packages keep to the layers, and comments and strings are no imports", async () => {
  assert.equal(await findViolations(fixture("sound")), []);
});

test("every kind of import that breaks the table is named with its file, line and reason", async () => {
  assert.equal(await findViolations(fixture("broken")), [
    "packages/core/src/index.ts:1 imports zod: its package.json does not list it in dependencies or peerDependencies",
    "packages/core/src/index.ts:2 imports ../package.json: a relative import stays inside src",
    "packages/http/src/index.ts:1 imports @madeleine/core: layer 0 may not import layer 1",
    "packages/http/src/index.ts:2 imports @madeleine/router: both are in layer 0, and nothing imports sideways",
    "packages/http/src/index.ts:3 imports madeleine: layer 0 may not import layer 3",
    "packages/http/src/index.ts:4 imports ../../core/src/index.ts: a relative import stays inside src",
    "packages/http/src/index.ts:5 imports undici: its package.json does not list it in dependencies or peerDependencies",
    "packages/http/src/index.ts:6 imports pg: its package.json does not list it in dependencies or peerDependencies",
    "packages/http/src/index.ts:7 imports fs: write node:fs",
    "packages/http/src/index.ts:8 imports @madeleine/http/send: a package imports itself by relative paths",
    "packages/http/src/index.ts:9 imports @madeleine/utils: no such package in the table of layers",
    "packages/surprise has no layer: add it to scripts/layers.mjs",
  ]);
});

test.run();
