import { ServerProcess } from "./process.mjs";
import { median } from "./statistics.mjs";
import { workloads } from "./workloads.mjs";

/**
 * The time from starting a process to its first answer, and its memory after 1,000 requests; peers take turns.
 *
 * Shape: per peer `{ hello: { ms: 120, mebibytes: 70 }, routes1000: { … } }`.
 */
export async function measureStartup({ peers, passes, node, core }) {
  const seen = peers.map((peer) => ({ peer, hello: [], routes1000: [] }));
  for (let pass = 0; pass < Math.min(passes, 11); pass++) {
    for (const entry of seen) {
      for (const name of ["hello", "routes1000"]) entry[name].push(await startOnce(entry.peer, name, { node, core }));
    }
  }
  return Object.fromEntries(
    seen.map(({ peer, hello, routes1000 }) => [peer, { hello: middle(hello), routes1000: middle(routes1000) }]),
  );
}

async function startOnce(peer, name, { node, core }) {
  const { path } = workloads[name].load;
  const from = performance.now();
  const server = await ServerProcess.start(peer, name, { node, core });
  await (await fetch(server.url + path)).text();
  const ms = performance.now() - from;
  for (let request = 1; request < 1000; request++) await (await fetch(server.url + path)).text();
  const { rssBytes } = await server.usage();
  await server.stop();
  return { ms, mebibytes: rssBytes / 2 ** 20 };
}

function middle(runs) {
  return { ms: median(runs.map(({ ms }) => ms)), mebibytes: median(runs.map(({ mebibytes }) => mebibytes)) };
}
