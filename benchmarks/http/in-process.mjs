/**
 * Measures what a framework itself costs, in nanoseconds for one request: `node benchmarks/http/in-process.mjs params`.
 *
 * No socket, no parser and no second process: node's part, nine tenths of a request, is left out with its noise, so that on a
 * busy machine a tenth of a microsecond shows. Peers take turns, and the fastest round of each counts.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { prepare } from "./prepare.mjs";
import { workloads } from "./workloads.mjs";

const rounds = 60;
const peers = ["raw", "raw-zod", "madeleine"]; // the others open their port themselves
/** What an application may have around hello, and how many there are of them. */
const additions = { "unused-parts": 1, middleware: 4 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: "string" }, "no-build": { type: "boolean", default: false } },
});
const node = await prepare({ node: values.node, builds: !values["no-build"] });
const chosen = positionals.length > 0 ? positionals : [...Object.keys(workloads), ...Object.keys(additions)];
printRow("ns for one request", peers);
for (const workload of chosen.filter((name) => !(name in additions))) {
  printRow(workload, await measure(peers.map((peer) => [peer, workload])));
}
printRow("\nns around hello", ["hello", "with it", "for each"]);
for (const name of chosen.filter((name) => name in additions)) {
  const [hello, more] = await measure(["hello", name].map((workload) => ["madeleine", workload]));
  printRow(name, [hello, more, (more - hello) / additions[name]]);
}

/** The fastest round of each, in nanoseconds for one request. */
async function measure(lanes) {
  const child = fileURLToPath(new URL("in-process/child.mjs", import.meta.url));
  const running = lanes.map((lane) => start(fork(child, lane, { execPath: node })));
  await Promise.all(running.map(hear));
  for (let round = 0; round < rounds; round++) {
    for (const one of running) one.seen.push(await timeRound(one));
  }
  for (const one of running) one.process.disconnect();
  return running.map(({ seen }) => Math.min(...seen));
}

function start(child) {
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`a server ended with ${code}`)));
  return { process: child, ended, seen: [] };
}

async function timeRound(one) {
  one.process.send("round");
  return (await hear(one)).nanoseconds;
}

/** What a server says next. Errors: that it has ended, and says nothing more. */
async function hear({ process: child, ended }) {
  const [message] = await Promise.race([once(child, "message"), ended]);
  return message;
}

function printRow(name, cells) {
  const texts = cells.map((cell) => (typeof cell === "number" ? cell.toFixed(0) : cell));
  console.log([name.padEnd(20), ...texts.map((text) => text.padStart(10))].join(""));
}
