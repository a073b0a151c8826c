/**
 * One server for one workload, in a process of its own: `node server.mjs madeleine hello`.
 *
 * Tells its parent the port, and answers each message: "usage" with the processor time and memory so far, "record" when the CPU
 * profiler runs, "recorded" with what it saw.
 */
import { peers } from "./peers.mjs";

const sampleMicroseconds = 200;
let session;

const [peer, workload] = process.argv.slice(2);
const { listen } = await import(new URL(peers[peer].module, import.meta.url));
const port = await listen(workload);

const answers = { usage, record, recorded };
process.on("message", async (message) => process.send(await answers[message]()));
process.on("disconnect", () => process.exit());
if (process.send === undefined) console.log(`http://localhost:${port}`);
else process.send({ port });

function usage() {
  const { user, system } = process.cpuUsage();
  return { cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() };
}

async function record() {
  const { Session } = await import("node:inspector/promises"); // only here: it would be a part of the startup that is measured
  session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: sampleMicroseconds });
  await session.post("Profiler.start");
  return { isRecording: true };
}

async function recorded() {
  const { profile } = await session.post("Profiler.stop");
  return profile;
}
