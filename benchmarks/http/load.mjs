import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

const connections = 64;
const hasWrk = spawnSync("wrk", ["-v"]).error === undefined;

/** What makes the load, for the table. */
export const loadTool = hasWrk ? "wrk" : "autocannon";

/**
 * A window of load on one server, over 64 connections. Gives the number of answers and the seconds it took.
 *
 * The load runs on the cores that the server does not.
 *
 * Errors: an `Error` where an answer was no success: a server that fails is fast.
 */
export function loadWindow(url, request, { seconds, core }) {
  return hasWrk ? runWrk(url, request, seconds, core) : runAutocannon(url, request, seconds);
}

async function runWrk(url, request, seconds, core) {
  const cores = otherCores(core);
  const commandLine = [
    "wrk",
    `-t${Math.min(2, cores.length)}`,
    `-c${connections}`,
    `-d${seconds}s`,
    "-s",
    scriptOf(request),
    url + request.path,
  ];
  const [command, ...rest] = process.platform === "linux" ? ["taskset", "-c", cores.join(","), ...commandLine] : commandLine;
  const child = spawn(command, rest, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  for await (const chunk of child.stdout) text += chunk;
  const [, answers, microseconds, failures] = /^RESULT (\d+) (\d+) (\d+)$/m.exec(text) ?? [];
  if (answers === undefined || failures !== "0") throw new Error(`the load on ${url}${request.path} failed:\n${text}`);
  return { answers: Number(answers), seconds: Number(microseconds) / 1e6 };
}

function otherCores(core) {
  const cores = Array.from({ length: availableParallelism() }, (_, index) => index).filter((each) => each !== core);
  return cores.length === 0 ? [core] : cores.slice(-2);
}

const scripts = new Map();

/** wrk takes method, headers and body from a Lua script only, and tells failed answers apart there. */
function scriptOf(request) {
  const known = scripts.get(request);
  if (known !== undefined) return known;
  const { method = "GET", headers = {}, body } = request;
  const lines = [
    `wrk.method = ${JSON.stringify(method)}`,
    ...Object.entries(headers).map(([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`),
    ...(body === undefined ? [] : [`wrk.body = [==[${body}]==]`]),
    "done = function(summary)",
    "  local failures = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout",
    '  print(string.format("RESULT %d %d %d", summary.requests, summary.duration, failures))',
    "end",
  ];
  const file = join(mkdtempSync(join(tmpdir(), "madeleine-bench-")), "request.lua");
  writeFileSync(file, lines.join("\n"));
  scripts.set(request, file);
  return file;
}

async function runAutocannon(url, { method = "GET", path, headers, body }, seconds) {
  const { default: autocannon } = await import("autocannon");
  const result = await autocannon({ url: url + path, method, headers, body, connections, duration: seconds });
  if (result.non2xx + result.errors > 0) throw new Error(`the load on ${url}${path} failed: ${result.non2xx} of its answers`);
  return { answers: result.requests.total, seconds: result.duration };
}
