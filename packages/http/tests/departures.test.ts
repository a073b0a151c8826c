import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Departures } from "../src/departures.ts";

const dateNow = Date.now;

test.after.each(() => {
  Date.now = dateNow;
});

/** Answers by name, and which of them have left. */
function track(departures: Departures): { add: (name: string) => void; left: string[] } {
  const left: string[] = [];
  const add = (name: string): void =>
    departures.add({ end: (content: string) => left.push(content) } as unknown as ServerResponse, name);
  return { add, left };
}

/** Turns with so many answers each. */
async function play(departures: Departures, turns: number, answers: number): Promise<void> {
  const { add } = track(departures);
  for (let played = 0; played < turns; played++) {
    for (let added = 0; added < answers; added++) add("");
    await turn();
  }
}

test("answers of a turn leave at its end, in their order", async () => {
  Date.now = () => 0;
  const { add, left } = track(new Departures());
  ["a", "b", "c"].forEach(add);
  assert.equal(left, []);
  await turn();
  assert.equal(left, ["a", "b", "c"]);
  add("d");
  assert.equal(left, ["a", "b", "c"]);
  await turn();
  assert.equal(left, ["a", "b", "c", "d"]);
});

test("in a turn that takes long, what has waited for more than a millisecond leaves with the next answer", async () => {
  let now = 0;
  Date.now = () => now;
  const { add, left } = track(new Departures());
  add("a");
  now = 1;
  add("b");
  assert.equal(left, []);
  now = 2;
  add("c");
  assert.equal(left, ["a", "b", "c"]);
  add("d");
  assert.equal(left, ["a", "b", "c"]);
  await turn();
  assert.equal(left, ["a", "b", "c", "d"]);
});

test("leave() lets all go that wait, and the end of the turn finds none of them again", async () => {
  Date.now = () => 0;
  const departures = new Departures();
  const { add, left } = track(departures);
  add("a");
  departures.leave();
  assert.equal(left, ["a"]);
  add("b");
  await turn();
  assert.equal(left, ["a", "b"]);
});

test("an answer that is made while others leave is not lost", async () => {
  Date.now = () => 0;
  const departures = new Departures();
  const { add, left } = track(departures);
  departures.add({ end: () => add("b") } as unknown as ServerResponse, "a");
  await turn();
  await turn();
  assert.equal(left, ["b"]);
});

test("an answer with a request behind it leaves when it comes, and no other with it", async () => {
  Date.now = () => 0;
  const departures = new Departures();
  const { add, left } = track(departures);
  add("a");
  const hurried = { end: (content: string) => left.push(content) } as unknown as ServerResponse;
  departures.hurry(hurried);
  await turn();
  add("b");
  departures.add(hurried, "c");
  assert.equal(left, ["a", "c"]);
  await turn();
  assert.equal(left, ["a", "c", "b"]);
});

test("DI-09 answers that leave together do not leave in the AsyncLocalStorage context of one of them", async () => {
  Date.now = () => 0;
  const storage = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const departures = new Departures();
  const add = (name: string): void =>
    storage.run(name, () => departures.add({ end: () => seen.push(storage.getStore()) } as unknown as ServerResponse, name));
  add("a");
  add("b");
  storage.run("c", () => departures.leave());
  add("d");
  add("e");
  await turn();
  assert.equal(seen, [undefined, undefined, undefined, undefined]);
});

test("answers leave under the timers of a test that plays with time", async () => {
  const own = globalThis.setImmediate;
  const { add, left } = track(new Departures());
  Object.assign(globalThis, { setImmediate: () => {} });
  try {
    add("a");
    await turn();
  } finally {
    Object.assign(globalThis, { setImmediate: own });
  }
  assert.equal(left, ["a"]);
});

test("where few come together each leaves at once, until a look some time later finds many", async () => {
  Date.now = () => 0;
  const departures = new Departures();
  await play(departures, 64, 7);
  const alone = track(departures);
  for (let answer = 0; answer < 1000; answer++) alone.add(String(answer));
  assert.is(alone.left.length, 1000);
  await play(departures, 64, 8);
  const together = track(departures);
  together.add("a");
  assert.equal(together.left, []);
  await turn();
  assert.equal(together.left, ["a"]);
});

test.run();
