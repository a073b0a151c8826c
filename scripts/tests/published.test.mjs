// test-timeout: 240
import { test } from "uvu";
import * as assert from "uvu/assert";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../workspace.mjs";
import { installPackages, listInstalled, run } from "./install-packages.mjs";

const [major] = process.versions.node.split(".").map(Number);
const { folder, tarballs, unreachable } = await installPackages();

const tsx = join("node_modules", "tsx", "dist", "cli.mjs");
const vitest = join("node_modules", "vitest", "vitest.mjs");

const published = unreachable === undefined ? test : () => {};
if (unreachable !== undefined) test("the packages install", () => console.log(`SKIP: ${unreachable}`));

/** Runs Node in the project. Shape: `await node("main.js", "./plain.js")` gives `"travelled\n"`, whatever the exit code. */
async function node(...words) {
  const { output } = await run(process.execPath, words, folder);
  return output;
}

published("plain JavaScript runs without a build", async () => {
  assert.is(await node("main.js", "./plain.js"), "travelled\n");
});

published("an application starts without undici, cryptography and compression, until it needs them", async () => {
  assert.is(await node("loaded.js"), "HTTP/1.1 200 OK, loaded: none of them\n");
});

if (major >= 22) {
  published("TypeScript runs under Node's own type stripping, in the form without decorators", async () => {
    assert.is(await node("--experimental-strip-types", "--no-warnings", "main.js", "./stripped.ts"), "travelled\n");
  });
}

published("a CommonJS project requires the same copy that others import", async () => {
  assert.match(await node("--no-warnings", "required.cjs"), /^booted\n$/);
});

published("decorated classes run when tsc has compiled them", async () => {
  assert.is(await node(join("node_modules", "typescript", "bin", "tsc")), "");
  assert.is(await node("main.js", "./compiled/typed.js"), "travelled\n");
  assert.is(await node("main.js", "./compiled/depends.js"), "travelled\n");
});

const bundler = ["--module", "esnext", "--moduleResolution", "bundler"];
for (const [version, ...options] of [
  ["typescript"],
  ["typescript", ...bundler],
  ["typescript-6.0"],
  ["typescript-5.9", ...bundler],
]) {
  // Without "types" in tsconfig.json, which is what TypeScript 6 and 7 begin with: the declarations bring Node's types themselves.
  published(`the declarations hold, checked themselves too, under ${[version, ...options].join(" ")}`, async () => {
    const compiler = join(repository, "node_modules", version, "bin", "tsc");
    assert.is(await node(compiler, "--noEmit", "--skipLibCheck", "false", ...options), "");
  });
}

published("decorated classes run from source under @oxc-node/core, which emits types", async () => {
  assert.is(await node("--import", "@oxc-node/core/register", "main.js", "./typed.ts"), "travelled\n");
});

published("decorated classes run under tsx where @Depends names the class", async () => {
  assert.is(await node(tsx, "main.js", "./depends.ts"), "travelled\n");
});

published("under tsx a parameter that only its type describes is a boot error that names tsx and the mend", async () => {
  const output = await node("--import", "tsx", "main.js", "./typed.ts");
  assert.match(output, /^BootError: 1 problem in this application$/m);
  assert.match(output, /Parameter 3 \(response\) of Account\.login .* the compiler emitted no types: tsx compiles with esbuild/);
  assert.match(output, /mend: write @Depends\(Response\) before it.*\[MISSING_METADATA\]/);
});

published("decorated classes run in vitest where @Depends names the class", async () => {
  assert.match(await node(vitest, "run", "depends.test.ts"), /Tests {2}1 passed/);
});

if (major < 22) {
  published("vitest on vite 7 emits no types: a boot error that names vitest and the mend", async () => {
    const output = await node(vitest, "run", "typed.test.ts");
    assert.match(output, /the compiler emitted no types: vitest compiles with/);
    assert.match(output, /mend: write @Depends\(Response\) before it.*\[MISSING_METADATA\]/);
  });
} else {
  published("vitest on vite 8 emits types where tsconfig.json says so, and nothing has to be written out", async () => {
    assert.match(await node(vitest, "run", "typed.test.ts"), /Tests {2}1 passed/);
  });
}

published("a second installation in one process is a boot error that names both", async () => {
  const second = join(folder, "plugin", "node_modules");
  for (const name of tarballs.keys()) cpSync(join(folder, "node_modules", name), join(second, name), { recursive: true });
  const output = await node("main.js", "./two-copies.js");
  for (const name of ["core", "di", "http"]) {
    const place = join("@madeleine", name, "dist");
    assert.match(output, `2 copies of @madeleine/${name} are loaded in this process`);
    assert.match(output, `${join(second, place)} and ${join(folder, "node_modules", place)}`);
  }
  assert.match(output, "[TWO_COPIES]");
});

published("an installation brings the packages that the README of madeleine lists, and no others", () => {
  const readme = readFileSync(join(repository, "packages", "madeleine", "README.md"), "utf8");
  const tree = /```text\n([^]*?)```/.exec(readme)[1];
  const listed = tree.split("\n").flatMap((line) => /^[^\w@]*([\w@][\w@/-]*)/.exec(line)?.[1] ?? []);
  assert.equal(listInstalled(folder).toSorted(), listed.toSorted());
});

test.run();
