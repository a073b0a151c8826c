/**
 * One server for one workload, in a process of its own: `node server.mjs madeleine hello`.
 *
 * Tells its parent the port, and on "usage" the processor time and memory so far.
 */
import { peers } from "./peers.mjs";

const [peer, workload] = process.argv.slice(2);
const { listen } = await import(new URL(peers[peer].module, import.meta.url));
const port = await listen(workload);

process.on("message", (message) => {
  if (message !== "usage") return;
  const { user, system } = process.cpuUsage();
  process.send({ cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() });
});
process.on("disconnect", () => process.exit());
if (process.send === undefined) console.log(`http://localhost:${port}`);
else process.send({ port });
