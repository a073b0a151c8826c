/**
 * Compares requests per second: `npm run bench`, with `-- --quick --peer fastify --workload hello --node 24` as wanted.
 *
 * Prints one table of ratios to node:http by hand, or to another peer, and one of startup times.
 */
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { loadTool } from "./load.mjs";
import { measureStartup } from "./startup.mjs";
import { measureWorkload } from "./measure.mjs";
import { readOptions } from "./options.mjs";
import { prepare } from "./prepare.mjs";
import { toStartupTable, toTable } from "./table.mjs";
import { workloads } from "./workloads.mjs";

try {
  await compare(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

async function compare(options) {
  const node = await prepare(options);
  const settings = { ...options, node };
  console.log(describeRun(settings));
  const results = {};
  for (const name of options.workloads.filter((each) => each !== "startup")) {
    results[name] = await measureWorkload(name, workloads[name], settings);
  }
  if (Object.keys(results).length > 0) console.log(`\n${toTable(results, options.peers)}`);
  if (options.workloads.includes("startup")) console.log(`\n${toStartupTable(await measureStartup(settings), options.peers)}`);
}

/** The class of the machine, not its name. */
function describeRun({ node, passes, core, against }) {
  const version = spawnSync(node, ["-v"], { encoding: "utf8" }).stdout.trim();
  const cores = cpus();
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, node ${version}, ${cores.length} × ${cores[0]?.model.trim() || "unknown processor"}, server on core ${core}, ${loadTool} with 64 connections, ${passes} passes; ratio to ${against} [95 %], server processor time per request`;
}
