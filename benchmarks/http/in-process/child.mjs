/** Answers a workload's request again and again in this process, and tells the nanoseconds of one when it is asked. */
import { setImmediate as turn } from "node:timers/promises";
import { peers } from "../peers.mjs";
import { withSession } from "../sign-in.mjs";
import { workloads } from "../workloads.mjs";
import { OutgoingResponse, requestMaker } from "./message.mjs";

const requestsPerRound = 2000;
const requestsPerTurn = 50; // as under load: what is put off to the next turn counts

const [peer, workload] = process.argv.slice(2);
const { callback } = await import(new URL(`../${peers[peer].module}`, import.meta.url));
const listener = await callback(workload);
const asked = workloads[workload] ?? workloads.hello; // who has more around hello is asked the same
const { load } = asked.signInAt === undefined ? asked : withSession(asked, await signIn(asked.signInAt));
const makeRequest = requestMaker(load);

for (let round = 0; round < 10; round++) await timeRound(); // until everything is compiled
process.on("message", async () => process.send({ nanoseconds: await timeRound() }));
process.send({ isReady: true });

async function timeRound() {
  const from = process.hrtime.bigint();
  for (let request = 0; request < requestsPerRound; request++) {
    const { statusCode: status } = await answer(makeRequest());
    if (request % requestsPerTurn === 0) await turn();
    if (status >= 300) throw new Error(`${peer} answers ${workload} with ${status}`);
  }
  return Number(process.hrtime.bigint() - from) / requestsPerRound;
}

async function signIn(path) {
  const { setCookie } = await answer(requestMaker({ method: "POST", path })());
  return setCookie;
}

function answer(request) {
  return new Promise((resolve) => {
    listener(request, new OutgoingResponse(request, resolve));
  });
}
