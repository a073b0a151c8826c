/** Answers a workload's request again and again in this process, and tells the nanoseconds of one when it is asked. */
import { peers } from "../peers.mjs";
import { workloads } from "../workloads.mjs";
import { OutgoingResponse, requestMaker } from "./message.mjs";

const requestsPerRound = 2000;

const [peer, workload] = process.argv.slice(2);
const { callback } = await import(new URL(`../${peers[peer].module}`, import.meta.url));
const listener = await callback(workload);
const { load } = workloads[workload] ?? workloads.hello; // who has more around hello is asked the same
const makeRequest = requestMaker(load);

for (let round = 0; round < 10; round++) await timeRound(); // until everything is compiled
process.on("message", async () => process.send({ nanoseconds: await timeRound() }));
process.send({ isReady: true });

async function timeRound() {
  const from = process.hrtime.bigint();
  for (let request = 0; request < requestsPerRound; request++) {
    const status = await answer();
    if (status >= 300) throw new Error(`${peer} answers ${workload} with ${status}`);
  }
  return Number(process.hrtime.bigint() - from) / requestsPerRound;
}

function answer() {
  return new Promise((resolve) => {
    const request = makeRequest();
    listener(request, new OutgoingResponse(request, resolve));
  });
}
