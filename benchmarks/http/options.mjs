import { parseArgs } from "node:util";
import { peers } from "./peers.mjs";
import { workloads } from "./workloads.mjs";

/**
 * Reads the command line: `--peer fastify --workload hello --quick --node 24 --passes 21 --core 0 --no-build --against raw`. Peers
 * and workloads may be given several times; who ratios are taken against always runs.
 *
 * Errors: an `Error` of one line for what is not there.
 */
export function readOptions(commandLine) {
  const { values } = parseArgs({
    args: commandLine,
    options: {
      peer: { type: "string", multiple: true },
      workload: { type: "string", multiple: true },
      quick: { type: "boolean", default: false },
      node: { type: "string" },
      passes: { type: "string" },
      core: { type: "string", default: "0" },
      against: { type: "string", default: "raw" },
      "no-build": { type: "boolean", default: false },
    },
  });
  const chosen = choose(values.peer, Object.keys(peers), "peer");
  const [against] = choose([values.against], Object.keys(peers), "peer");
  return {
    peers: chosen.includes(against) ? chosen : [against, ...chosen],
    against,
    workloads: choose(values.workload, [...Object.keys(workloads), "startup"], "workload"),
    passes: Number(values.passes ?? (values.quick ? 5 : 21)),
    node: values.node,
    core: Number(values.core),
    builds: !values["no-build"],
  };
}

function choose(wanted, known, kind) {
  const unknown = wanted?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`there is no ${kind} "${unknown}"; there are: ${known.join(", ")}`);
  return wanted ?? known;
}
