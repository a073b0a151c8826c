import { readFileSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as madeleine from "madeleine";
import * as session from "madeleine/session";
import * as testing from "madeleine/testing";

// A name that comes or goes changes what users can rely on: a line in CHANGELOG.md goes with it, and
// `UPDATE_PUBLIC_NAMES=1` writes the file anew. Types are held by the programs of types/.
const file = new URL("public-names.json", import.meta.url);
const names = { ".": listNames(madeleine), "./session": listNames(session), "./testing": listNames(testing) };

if (process.env["UPDATE_PUBLIC_NAMES"] === "1") writeFileSync(file, `${JSON.stringify(names, undefined, 2)}\n`);
const known = JSON.parse(readFileSync(file, "utf8")) as typeof names;

for (const [entry, found] of Object.entries(names)) {
  test(`"${entry.replace(".", "madeleine")}" exports the names that users know, and no others`, () => {
    assert.equal(found, known[entry as keyof typeof names]);
  });
}

function listNames(entry: object): string[] {
  return Object.keys(entry).toSorted();
}

test.run();
