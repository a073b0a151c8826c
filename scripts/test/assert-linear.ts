import * as assert from "uvu/assert";

const FACTOR = 16;
const [MIN_ROUNDS, MAX_ROUNDS] = [3, 12];
const MEASURABLE_MS = 4;

/**
 * Asserts that the cost of something grows as its size does: a large one may cost four times what sixteen do that are a
 * sixteenth of it, where linear growth lets it cost the same, and quadratic growth sixteen times as much.
 *
 * Cost is the processor's time of this process, and the least of several alternated measures counts: neither how fast the machine
 * is nor what else it does plays a part.
 */
export async function assertLinear(what: string, run: (size: number) => unknown, size: number): Promise<void> {
  const small = Math.ceil(size / FACTOR);
  const repeats = await findRepeats(run, small);
  const least = { small: Infinity, large: Infinity };
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    least.small = Math.min(least.small, await measureMs(run, small, FACTOR * repeats));
    least.large = Math.min(least.large, await measureMs(run, size, repeats));
    if (round >= MIN_ROUNDS && least.large < 4 * least.small) return;
  }
  const ratio = (least.large / least.small).toFixed(1);
  assert.unreachable(`${what}: one of size ${size} costs ${ratio} times what ${FACTOR} of size ${small} do`);
}

/** How often a run has to be repeated so that the cost can be measured; and the code is warm after it. */
async function findRepeats(run: (size: number) => unknown, small: number): Promise<number> {
  let repeats = 1;
  while ((await measureMs(run, small, FACTOR * repeats)) < MEASURABLE_MS) repeats *= 2;
  return repeats;
}

async function measureMs(run: (size: number) => unknown, size: number, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) {
    const running = run(size);
    if (running instanceof Promise) await running; // a wait costs more than some of what is measured
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
