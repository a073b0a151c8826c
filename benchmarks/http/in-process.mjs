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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: "string" }, "no-build": { type: "boolean", default: false } },
});
const node = await prepare({ node: values.node, builds: !values["no-build"] });
// A session would need an answer's cookie, and answers are thrown away here.
const measurable = Object.keys(workloads).filter((name) => workloads[name].signInAt === undefined);
console.log(["ns for one request".padEnd(20), ...peers.map((peer) => peer.padStart(10))].join(""));
for (const workload of positionals.length > 0 ? positionals : measurable) await measure(workload);

async function measure(workload) {
  const child = fileURLToPath(new URL("in-process/child.mjs", import.meta.url));
  const running = peers.map((peer) => ({ process: fork(child, [peer, workload], { execPath: node }), seen: [] }));
  await Promise.all(running.map((one) => once(one.process, "message")));
  for (let round = 0; round < rounds; round++) {
    for (const one of running) one.seen.push(await timeRound(one.process));
  }
  for (const one of running) one.process.disconnect();
  const fastest = running.map(({ seen }) =>
    Math.min(...seen)
      .toFixed(0)
      .padStart(10),
  );
  console.log([workload.padEnd(20), ...fastest].join(""));
}

async function timeRound(child) {
  child.send("round");
  const [{ nanoseconds }] = await once(child, "message");
  return nanoseconds;
}
