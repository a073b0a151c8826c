import { setImmediate as turn } from "node:timers/promises";

const rounds = 60;
const runsPerRound = 4000;
const runsPerTurn = 50; // as under load: what is put off to the next turn counts, and does not pile up

/** Times contestants in turns and prints the fastest round of each, in microseconds of one run. A run may give a promise. */
export async function takeTurns(contestants) {
  const fastest = new Map(Object.keys(contestants).map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) fastest.set(name, Math.min(fastest.get(name), await timeRound(run)));
  }
  for (const [name, microseconds] of fastest) console.log(name.padEnd(44), `${microseconds.toFixed(2)} µs`);
}

async function timeRound(run) {
  const from = process.hrtime.bigint();
  for (let count = 0; count < runsPerRound; count++) {
    const pending = run();
    if (pending instanceof Promise) await pending;
    if (count % runsPerTurn === 0) await turn();
  }
  return Number(process.hrtime.bigint() - from) / runsPerRound / 1000;
}
