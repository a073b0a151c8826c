import { test } from "uvu";
import * as assert from "uvu/assert";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findUnrunSuites } from "../test/unrun-suites.mjs";

const runner = fileURLToPath(new URL("../test.mjs", import.meta.url));
const root = fileURLToPath(new URL("./fixtures/runner", import.meta.url));

function runTests(filters, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [runner, ...filters], {
      env: { ...process.env, CI: "", ...env, TEST_ROOT: root, MADELEINE_BOOTSTRAP: "skip" },
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("close", (code) => resolve({ code, output, last: output.trimEnd().split("\n").at(-1) }));
  });
}

/** Each way to be broken: the fixture, what the runner says of it, and how it counts it. */
const broken = [
  ["forgotten-run", /forgotten-run\.test\.mjs runs no test: the file does not end with `test\.run\(\)`/, "0 passed, 1 failed"],
  ["late-test", /has tests after the last `test\.run\(\)`/, "1 passed, 1 failed"],
  ["no-test", /has no test: it runs, but registers none/, "0 passed, 1 failed"],
  ["failing", /FAIL {2}"fails"/, "1 passed, 1 failed"],
  ["hang", /hangs: not finished after 5 s, tests done: 1; open: Timeout/, "0 passed, 1 failed"],
  ["busy-loop", /hangs: not finished after 2 s, tests done: 0; it does not say/, "0 passed, 1 failed"],
  ["leaked-server", /leaks: .* the process lives on; open: server on 127\.0\.0\.1:\d+/, "1 passed, 1 failed"],
  ["leaked-process", /leaks a process/, "1 passed, 1 failed"],
  ["never-settles", /a test waits for something that never comes/, "0 passed, 1 failed"],
  ["unhandled-rejection", /broke off with exit code 1: unhandled rejection: Error: nobody listens/, "0 passed, 1 failed"],
  [
    "late-crash",
    /ended with exit code 1 after its tests had finished: uncaught exception: Error: too late/,
    "1 passed, 1 failed",
  ],
  ["process-exit", /broke off with exit code 1: .* or calls process\.exit/, "0 passed, 1 failed"],
  ["broken-import", /broke off with exit code 1: .*no-such-file\.mjs/, "0 passed, 1 failed"],
  ["killed", /broke off with signal SIGKILL/, "0 passed, 1 failed"],
  ["silent-skip", /skips 1 of its tests without saying why/, "1 passed, 1 failed"],
  ["only", /skips 1 of its tests without saying why/, "1 passed, 1 failed"],
];

const brokenRun = runTests(["packages/broken/"]); // one run for all of them: some take seconds to be sure

for (const [name, message, count] of broken) {
  test(`the runner fails ${name}.test.mjs and says why`, async () => {
    const { output } = await brokenRun;
    const file = `packages/broken/tests/${name}.test.mjs`;
    assert.ok(output.includes(`FAIL ${file}  ${count}`), output);
    const [, story = ""] = output.split(`──── ${file}\n`);
    assert.match(story.split("────")[0], message);
  });
}

test("failures of tests and broken files make the exit code 1 and are counted last", async () => {
  const run = await brokenRun;
  assert.is(run.code, 1);
  assert.match(run.last, /^\d+ passed, 16 failed$/);
});

test("sound files pass, with a line for each and the count last", async () => {
  const run = await runTests(["sound.test"]);
  assert.match(run.output, /ok {3}packages\/sound\/tests\/sound\.test\.mjs {2}2 passed/);
  assert.is(run.last, "2 passed, 0 failed");
  assert.is(run.code, 0);
});

test("what fails beside others and passes alone counts as passed, and is told whole", async () => {
  const directory = mkdtempSync(join(tmpdir(), "madeleine-unstable-"));
  try {
    const run = await runTests(["sound.test", "unstable"], { UNSTABLE_MARK: join(directory, "mark") });
    assert.match(run.output, /FAIL packages\/sound\/tests\/unstable\.test\.mjs {2}0 passed, 1 failed/);
    assert.match(run.output, /ok, alone packages\/sound\/tests\/unstable\.test\.mjs {2}1 passed/);
    assert.match(run.output, /unstable\.test\.mjs {2}UNSTABLE: failed beside others, and passed alone\n[^]*the machine is busy/);
    assert.is(run.last, "3 passed, 0 failed");
    assert.is(run.code, 0);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("what fails alone again fails", async () => {
  const run = await runTests(["sound.test", "failing"]);
  assert.match(run.output, /FAIL again, alone packages\/broken\/tests\/failing\.test\.mjs {2}1 passed, 1 failed/);
  assert.is(run.last, "3 passed, 1 failed");
  assert.is(run.code, 1);
});

test("a file that takes long to clean up after its tests leaks nothing", async () => {
  const run = await runTests(["slow-end"]);
  assert.is(run.last, "1 passed, 0 failed");
});

test("an announced skip is listed with its reason and counts neither way", async () => {
  const run = await runTests(["announced"]);
  assert.match(run.output, /Skipped:\n {2}packages\/sound\/tests\/announced\.test\.mjs: no Chromium on this machine/);
  assert.is(run.last, "1 passed, 0 failed");
});

test("with CI=true an announced skip fails", async () => {
  const run = await runTests(["announced"], { CI: "true" });
  assert.match(run.output, /with CI=true nothing may: no Chromium/);
  assert.is(run.code, 1);
});

test("a filter that matches no file is an error", async () => {
  const run = await runTests(["no-such-test"]);
  assert.match(run.output, /^madeleine: no test file matches\.$/m);
  assert.is(run.code, 1);
});

test("a suite whose run() is missing is found in the source", () => {
  const source = 'import { suite } from "uvu";\nconst one = suite("one");\none("works", () => {});\n';
  assert.equal(findUnrunSuites(source), ["one"]);
  assert.equal(findUnrunSuites(`${source}one.run();\n`), []);
});

test.run();
