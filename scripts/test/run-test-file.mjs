import { spawn } from "node:child_process";
import { join } from "node:path";
import { readSummary } from "./judge.mjs";

/**
 * Runs one test file in a process of its own and watches it to its end, which it forces where there is none.
 *
 * Shape: `{ output: "• • ✘ …", code: 1, signal: null, end: "exit" | "hang" | "leak", open: ["server on …"], crash, seconds }`;
 *        `end` is "hang" `limitMs` after the process has come up, "leak" when it lives on `leakMs` after the summary of its tests
 *        and something is open: to one that still cleans up, as a busy machine lets it do for long, only the limit is an end.
 */
export function runTestFile(root, file, { limitMs, leakMs = 3000 }) {
  const child = spawnTestFile(root, file);
  running.add(child);
  const run = { output: "", code: null, signal: null, end: "exit", open: [], crash: undefined, seconds: 0, limitMs };
  const started = performance.now();
  let leakTimer;

  const ask = () => child.connected && child.send("what is open?", () => {});
  const end = (kind) => {
    run.end = kind;
    ask();
    setTimeout(() => killGroup(child), answerMs).unref(); // a busy loop never answers
  };
  let looks = 0;
  const lookForLeak = () => {
    if (child.exitCode !== null || child.signalCode !== null) return end("leak"); // what it started still has its pipes
    ask();
  };
  const hear = (message) => {
    if (message === "started") return run.end === "exit" && limitTimer.refresh(); // a busy machine is slow to start it
    Object.assign(run, message);
    if (message.open === undefined) return;
    if (run.end === "exit" && message.open.length === 0 && ++looks < 3) return; // it is about to end
    if (run.end === "exit") run.end = "leak";
    killGroup(child);
  };
  const collect = (chunk) => {
    run.output += chunk;
    if (leakTimer === undefined && readSummary(run.output)) leakTimer = setInterval(lookForLeak, leakMs);
  };
  const limitTimer = setTimeout(end, limitMs, "hang");
  child.stdout.setEncoding("utf8").on("data", collect);
  child.stderr.setEncoding("utf8").on("data", collect);
  child.on("message", hear);
  child.on("exit", (code, signal) => Object.assign(run, { code, signal }));

  return new Promise((resolve) => {
    // "close" and not "exit": a process that the test left behind still holds the pipes, and is a leak too.
    child.on("close", () => {
      clearTimeout(limitTimer);
      clearInterval(leakTimer);
      running.delete(child);
      run.seconds = (performance.now() - started) / 1000;
      resolve(run);
    });
  });
}

const answerMs = 3000;
const running = new Set();

/** Ends every test process that still runs, with all that it started. */
export function killRunning() {
  for (const child of running) killGroup(child);
}

function spawnTestFile(root, file) {
  const typescript = ["--conditions=@madeleine/source", "--import", import.meta.resolve("@oxc-node/core/register")];
  const watch = ["--import", import.meta.resolve("./watch-process.mjs")];
  return spawn(process.execPath, [...typescript, ...watch, join(root, file)], {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: process.platform !== "win32", // a group of its own, so that what a test spawned ends with it
  });
}

function killGroup(child) {
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // gone already
  }
}
