// test-timeout: 400
import { readdirSync, readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compile, compilers } from "./compile.ts";

// `npm run check` compiles the programs with the options of this repository, which are stricter than strict; these are those of users.
const folder = new URL("types/", import.meta.url);
const programs = Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder), "utf8")]));
const strictAlone = { exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false, noImplicitOverride: false };

for (const [title, compiler] of compilers) {
  test(`the programs of types/ hold under ${title} with strict alone, too`, () => {
    const found = [...compile(compiler, programs, strictAlone)].filter(([file]) => file in programs);
    assert.equal(found, []);
  });
}

test.run();
