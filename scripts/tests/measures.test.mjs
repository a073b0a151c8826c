import { test } from "uvu";
import * as assert from "uvu/assert";
import { setTimeout as wait } from "node:timers/promises";
import { assertLinear } from "../test/assert-linear.ts";
import { OwnTime } from "../test/own-time.ts";

function compute(steps) {
  let sum = 0;
  for (let step = 0; step < steps; step++) sum = (sum * 31 + step) % 1_000_003;
  return sum;
}

function standStill(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test("what grows as its size does is linear, what grows faster is not", async () => {
  await assertLinear("linear", compute, 200_000);
  await assertLinear("linear, with waits", async (size) => compute(await size), 200_000);
  await assertLinear("n log n", (size) => compute(size * Math.log2(size)), 100_000);
  const error = await assertLinear("quadratic", (size) => compute(size ** 2), 2_000).catch((thrown) => thrown);
  assert.match(error.message, /^quadratic: one of size 2000 costs \d+\.\d times what 16 of size 125 do$/);
});

test("own time counts what this process computes and what it waits", async () => {
  using time = new OwnTime();
  const before = process.cpuUsage();
  while (process.cpuUsage(before).user < 200_000) compute(10_000);
  assert.ok(time.ms >= 190, `${time.ms} ms for 200 of the processor`);
  const computed = time.ms;
  const started = performance.now();
  while (time.ms - computed < 200) await wait(20); // where no wait counted, this had no end
  assert.ok(performance.now() - started >= 200);
});

test("own time does not count what others let it wait", async () => {
  using time = new OwnTime();
  await wait(20);
  const before = time.ms;
  standStill(500); // neither computing nor waiting for an event, as a process that has no processor
  await wait(1);
  assert.ok(time.ms - before < 100, `${time.ms - before} ms`);
});

test.run();
