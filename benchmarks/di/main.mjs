/**
 * What dependencies cost: `node benchmarks/di/main.mjs`, after `npm run build`.
 *
 * In process first, in nanoseconds for one run: a chain of functions beside the same functions called by hand, then one graph of
 * three classes beside other containers. Then over HTTP, in requests a second. Contestants take turns, medians are shown.
 */
import { installPeers } from "../http/prepare.mjs";
import { median } from "../http/statistics.mjs";

installPeers();
const { chains } = await import("./chains.mjs");
const { containers } = await import("./containers.mjs");
const { measureHttp } = await import("./over-http.mjs");

console.log(`node ${process.version}\n\nns for one run, median of 31 rounds`);
for (const [name, byHand, planned] of chains) {
  const [hand, ours] = await takeTurns([byHand, planned], 200_000);
  console.log(`  ${name}: by hand ${hand.toFixed(0)}, as dependencies ${ours.toFixed(0)}, adds ${(ours - hand).toFixed(0)}`);
}

console.log("\nns to resolve three classes of a request, median of 31 rounds");
const names = Object.keys(containers);
const times = await takeTurns(Object.values(containers), 3_000);
const ours = times[names.indexOf("madeleine")];
for (const [index, name] of names.entries())
  console.log(`  ${name}: ${times[index].toFixed(0)} (${(times[index] / ours).toFixed(1)} times ours)`);

console.log("\nrequests a second, median of the rounds");
await measureHttp(median);
process.exit(0); // Nest holds the process

/** The median time of each, in nanoseconds. */
async function takeTurns(contestants, runs) {
  const seen = contestants.map(() => []);
  for (let round = 0; round < 31; round++) {
    for (const [index, { run, isAsync }] of contestants.entries()) {
      const started = process.hrtime.bigint();
      if (isAsync) for (let count = 0; count < runs; count++) await run(count);
      else for (let count = 0; count < runs; count++) run(count);
      seen[index].push(Number(process.hrtime.bigint() - started) / runs);
    }
  }
  return seen.map(median);
}
