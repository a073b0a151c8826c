import { test } from "uvu";
import * as assert from "uvu/assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../start.mjs", import.meta.url));
const root = fileURLToPath(new URL("./fixtures/start", import.meta.url));

function start(...words) {
  const env = { ...process.env, EXAMPLES_ROOT: root, MADELEINE_BOOTSTRAP: "skip" };
  const child = spawn(process.execPath, [script, ...words], { env });
  const run = { child, output: "", ended: once(child, "close") };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (run.output += chunk));
  return run;
}

async function untilServing(run) {
  while (!run.output.includes("serving")) await sleep(20);
}

test("without a name the examples are listed, each with what it shows", async () => {
  const run = start();
  assert.equal(await run.ended, [0, null]);
  assert.is(
    run.output,
    "Examples:\n\n  npm run example plain    Ends at once.\n  npm run example server   Serves until it is told to stop\n",
  );
});

test("an unknown name is one line that lists the known ones", async () => {
  const run = start("nope");
  assert.equal(await run.ended, [1, null]);
  assert.is(run.output, 'madeleine: there is no example "nope"; there are: plain, server.\n');
});

test("the example gets the further arguments, and its exit code is passed on", async () => {
  assert.equal(await start("plain", "3").ended, [3, null]);
});

test("SIGTERM reaches the example, which ends in its own time and with its own code", async () => {
  const run = start("server");
  await untilServing(run);
  run.child.kill("SIGTERM");
  assert.equal(await run.ended, [7, null]);
  assert.match(run.output, /got SIGTERM/);
});

test("one Ctrl-C, which npm and the terminal both deliver, reaches the example once", async () => {
  let reached = 0;
  for (let tries = 0; tries < 5 && reached !== 1; tries++) reached = await interruptTwice();
  assert.is(reached, 1, "in none of five tries, so that not only a busy machine kept the two signals apart");
});

async function interruptTwice() {
  const run = start("server");
  await untilServing(run);
  run.child.kill("SIGINT");
  await sleep(50);
  run.child.kill("SIGINT");
  assert.equal(await run.ended, [7, null]);
  return run.output.match(/got SIGINT/g)?.length;
}

test("an example does not outlive a start script that is killed outright", async () => {
  const run = start("server");
  await untilServing(run);
  run.child.kill("SIGKILL");
  assert.equal(await run.ended, [null, "SIGKILL"]); // "close" comes when the example, which holds the same pipes, has ended too
});

test.run();
