import { test } from "uvu";
import * as assert from "uvu/assert";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const oxlint = fileURLToPath(new URL("../../node_modules/oxlint/bin/oxlint", import.meta.url));
const folder = fileURLToPath(new URL("./fixtures/lint", import.meta.url));

function lint(file) {
  const { stdout } = spawnSync(process.execPath, [oxlint, "-c", "oxlintrc.json", "-f", "unix", file], {
    cwd: folder,
    encoding: "utf8",
  });
  return stdout.split("\n").filter((line) => line.startsWith(file));
}

test("a global Response or Headers is found, as a type and as a value; globalThis says that it is meant", () => {
  const found = lint("globals.ts").map((line) => /^globals\.ts:(\d+):\d+: `(\w+)` is Node's global here/.exec(line)?.slice(1));
  assert.equal(found, [
    ["1", "Response"],
    ["2", "Headers"],
  ]);
});

test("imported names are fine, in decorated parameters too", () => {
  assert.equal(lint("imported.ts"), []);
});

test.run();
