// test-timeout: 120
import { test } from "uvu";
import * as assert from "uvu/assert";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packPackages } from "../pack.mjs";
import { listFiles, repository } from "../workspace.mjs";
import { readUnreachable, run } from "./install-packages.mjs";

const folder = mkdtempSync(join(tmpdir(), "madeleine-tarballs-"));
test.after(() => rmSync(folder, { recursive: true }));

const publint = join(repository, "node_modules", "publint", "src", "cli.js");
const attw = join(repository, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");

for (const [name, tarball] of await pack()) {
  const unpacked = join(folder, name);
  mkdirSync(unpacked, { recursive: true });
  spawnSync("tar", ["xzf", tarball, "-C", unpacked, "--strip-components=1"]);
  const files = [...listFiles(join(unpacked, "dist")), ...listFiles(join(unpacked, "src"))];

  test(`${name} is packed with its license, its page, JavaScript, declarations and maps whose sources are there`, () => {
    const maps = name === "madeleine" ? ["dist/index.d.ts.map"] : ["dist/index.js.map", "dist/index.d.ts.map"]; // no code of its own
    for (const file of ["LICENSE", "README.md", "dist/index.js", "dist/index.d.ts", ...maps]) {
      assert.ok(existsSync(join(unpacked, file)), `${file} is missing`);
    }
    assert.equal(files.flatMap(findMissingSources), []);
  });

  test(`${name} is packed without tests and without the compiler's own records`, () => {
    assert.equal(
      files.filter((file) => /\.test\.|\/tests\/|tsbuildinfo/.test(file)),
      [],
    );
  });

  test(`the classes of ${name} are called in its bundle as they are in its source, since errors name them`, () => {
    const bundles = files.filter((file) => file.endsWith(".js")).map((file) => readFileSync(file, "utf8"));
    assert.equal(
      bundles.flatMap((code) => code.match(/\bclass \w+\$\d|\w+\$\d+ = class/g) ?? []),
      [],
    );
  });

  test(`the declarations of ${name} import what is packed, not the TypeScript that they were made from`, () => {
    const declarations = files.filter((file) => file.endsWith(".d.ts"));
    assert.equal(
      declarations.filter((file) => /["']\.{1,2}\/[^"']*\.ts["']/.test(readFileSync(file, "utf8"))),
      [],
    );
  });

  test(`${name} asks for the other packages in exactly its own version, so that none is loaded twice`, () => {
    const { version, dependencies = {} } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8"));
    const siblings = Object.entries(dependencies).filter(([name]) => name.startsWith("@madeleine/"));
    assert.equal(
      siblings.filter(([, wanted]) => wanted !== version),
      [],
    );
  });

  test(`publint finds nothing in ${name}`, async () => {
    const { output } = await run(process.execPath, [publint, "run", "--strict", tarball], folder);
    assert.match(output, "All good!");
  });

  test(`"are the types wrong?" finds nothing in ${name}, which is for import only`, async () => {
    const { code, output } = await run(process.execPath, [attw, tarball, "--profile", "esm-only", "--format", "ascii"], folder);
    assert.is(code, 0, output);
  });
}

/** pnpm comes from the registry. */
async function pack() {
  try {
    return await packPackages(folder);
  } catch (error) {
    const reason = readUnreachable(error);
    test("every package is packed", () => console.log(`SKIP: ${reason}`));
    return [];
  }
}

function findMissingSources(file) {
  if (!file.endsWith(".map")) return [];
  return JSON.parse(readFileSync(file, "utf8")).sources.filter((source) => !existsSync(join(dirname(file), source)));
}

test.run();
