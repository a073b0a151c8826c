/**
 * What cookies cost: `node benchmarks/cookies/main.mjs`, after `npm run build`. Exits 1 where a bar is missed.
 *
 * Reading, setting and verifying, each beside what one would take otherwise. Contestants take turns in one process, on texts that
 * nobody has looked at before, as those of a request are; the median of the rounds is shown.
 */
import { installPeers } from "../http/prepare.mjs";
import { median } from "../http/statistics.mjs";

installPeers();
const { reading } = await import("./reading.mjs");
const { setting } = await import("./setting.mjs");
const { verifying } = await import("./verifying.mjs");

const rounds = 801;
const runs = 500; // a round is short, so that the texts of the next one are not yet garbage that this one has to move
export let kept; // so that no result can be left out

console.log(`node ${process.version}, ns for one run, median of ${rounds} rounds`);
for (const { title, ours, other, bar } of [...reading, ...setting, ...verifying]) {
  const [our, their] = takeTurns([ours, other]);
  const ratio = bar.isFactor ? their / our : our / their;
  const isMet = bar.isFactor ? ratio >= bar.value : ratio <= bar.value;
  if (!isMet) process.exitCode = 1;
  const wanted = `${bar.isFactor ? "at least" : "at most"} ${bar.value}`;
  console.log(
    `  ${title}: ${our.toFixed(0)}, ${other.name}: ${their.toFixed(0)}; ${ratio.toFixed(2)}, ${wanted}: ${isMet ? "met" : "MISSED"}`,
  );
}

/** The median time of each, in nanoseconds. */
function takeTurns(contestants) {
  const seen = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { prepare, run }] of contestants.entries()) {
      const inputs = Array.from({ length: runs }, (_, number) => prepare(number));
      const started = process.hrtime.bigint();
      for (let number = 0; number < runs; number++) kept = run(inputs[number], number);
      seen[index].push(Number(process.hrtime.bigint() - started) / runs);
    }
  }
  return seen.map(median);
}
