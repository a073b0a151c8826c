/**
 * Shows where the microseconds of one workload go: `npm run profile hello`, with `-- --node 24 --peer fastify` as wanted.
 *
 * Each peer, `raw` and `madeleine` unless told otherwise, runs alone under V8's CPU profiler and the same load; self time is
 * grouped by what spends it and divided by the requests answered.
 */
import { parseArgs } from "node:util";
import { checkAnswers } from "./check-answers.mjs";
import { loadWindow } from "./load.mjs";
import { peers } from "./peers.mjs";
import { prepare } from "./prepare.mjs";
import { ServerProcess } from "./process.mjs";
import { groupProfile } from "./profile/group.mjs";
import { printProfiles } from "./profile/print.mjs";
import { signIn } from "./sign-in.mjs";
import { workloads } from "./workloads.mjs";

try {
  await profile(readOptions());
} catch (error) {
  console.error(`profile: ${error.message}`);
  process.exitCode = 1;
}

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      peer: { type: "string", multiple: true },
      node: { type: "string" },
      core: { type: "string", default: "0" },
      "no-build": { type: "boolean", default: false },
    },
  });
  const [workload] = positionals;
  if (workloads[workload] === undefined) throw new Error(`name a workload: ${Object.keys(workloads).join(", ")}`);
  const unknown = values.peer?.find((peer) => peers[peer] === undefined);
  if (unknown !== undefined) throw new Error(`there is no peer "${unknown}"; there are: ${Object.keys(peers).join(", ")}`);
  return {
    workload,
    peers: ["raw", ...(values.peer ?? ["madeleine"])],
    node: values.node,
    core: Number(values.core),
    builds: !values["no-build"],
  };
}

async function profile({ workload, peers: chosen, node: version, core, builds }) {
  const node = await prepare({ node: version, builds });
  const profiles = [];
  for (const peer of chosen) profiles.push({ peer, ...(await profileOne(peer, workload, { node, core })) });
  printProfiles(workload, profiles);
}

/** Recorded when everything is compiled and warm: neither the start of the process nor V8's first thoughts count. */
async function profileOne(peer, workload, { node, core }) {
  const server = await ServerProcess.start(peer, workload, { node, core });
  try {
    const { load, checks } = await signIn(server.url, workloads[workload]);
    await checkAnswers(peer, server.url, checks);
    await loadWindow(server.url, load, { seconds: 3, core });
    await server.record();
    const { answers } = await loadWindow(server.url, load, { seconds: 5, core });
    return groupProfile(await server.recorded(), answers);
  } finally {
    await server.stop();
  }
}
