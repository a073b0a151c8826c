import { checkAnswers } from "./check-answers.mjs";
import { loadWindow } from "./load.mjs";
import { ServerProcess } from "./process.mjs";
import { signIn } from "./sign-in.mjs";
import { median, medianInterval } from "./statistics.mjs";

/**
 * Measures one workload on all peers: every server is alive all the time, each pass gives each a window of one second, in an
 * order that is rotated, and a ratio is taken against one peer's window of the same pass. What else the machine does then falls on all alike.
 *
 * Shape: `{ hello: … }` per peer: `{ ratio: 0.97, interval: [0.95, 0.98], perSecond: 78000, cpu: 12.4 }`; `cpu` is the server's
 *        own processor time for one request, in microseconds.
 */
export async function measureWorkload(name, workload, { peers, against, passes, node, core }) {
  const servers = [];
  try {
    for (const peer of peers) servers.push(await ServerProcess.start(peer, name, { node, core }));
    for (const server of servers) await warmUp(server, workload, core);
    const passesSeen = [];
    for (let pass = 0; pass < passes; pass++) {
      passesSeen.push(await runPass(rotate(servers, pass), core));
      process.stderr.write(`\r${name}: ${pass + 1} of ${passes} passes `);
    }
    process.stderr.write("\n");
    return Object.fromEntries(peers.map((peer) => [peer, summarize(passesSeen, peer, against)]));
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** Until everything is compiled. */
async function warmUp(server, workload, core) {
  const { load, checks } = await signIn(server.url, workload);
  await checkAnswers(server.peer, server.url, checks);
  await loadWindow(server.url, load, { seconds: 2, core });
  server.load = load;
}

async function runPass(servers, core) {
  const windows = new Map();
  for (const server of servers) {
    const before = await server.usage();
    const { answers, seconds } = await loadWindow(server.url, server.load, { seconds: 1, core });
    const after = await server.usage();
    windows.set(server.peer, { perSecond: answers / seconds, cpu: (after.cpuMicroseconds - before.cpuMicroseconds) / answers });
  }
  return windows;
}

/** By one place each pass, and backwards every other: nobody always follows the same peer. */
function rotate(servers, pass) {
  const at = pass % servers.length;
  const rotated = [...servers.slice(at), ...servers.slice(0, at)];
  return pass % 2 === 0 ? rotated : rotated.toReversed();
}

function summarize(passesSeen, peer, against) {
  const ratios = passesSeen.map((windows) => windows.get(peer).perSecond / windows.get(against).perSecond);
  return {
    ratio: median(ratios),
    interval: medianInterval(ratios),
    perSecond: median(passesSeen.map((windows) => windows.get(peer).perSecond)),
    cpu: median(passesSeen.map((windows) => windows.get(peer).cpu)),
  };
}
