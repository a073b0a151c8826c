import { appendFileSync } from "node:fs";
import type { Logger } from "madeleine";
import { TestClient, type Application } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { findCase, type Expectation, type RecordedCase, type RecordedRequest } from "./cases.ts";
import { compare } from "./compare.ts";
import { differences } from "./differences.ts";
import { send } from "./send.ts";

/** For applications that fail on purpose. */
export const silent: Logger = { error: () => {}, warn: () => {}, info: () => {} };

/**
 * Tests that an application answers as recorded, or as the table of differences says. It is made anew for each case.
 *
 * Shape: `answers(() => new App({ controllers: [Items] }), { "query-skip": "a number is read from the query" })`; what the
 *        application writes to the log that it is given is compared with the recorded order.
 */
export function answers(create: (log: string[]) => Application, names: Readonly<Record<string, string>>): void {
  for (const [id, name] of Object.entries(names)) {
    const recorded = findCase(id);
    const outcome = id in differences ? "differing" : "passing";
    test(`${name} (${id})`, () => noting(recorded, outcome, () => ask(recorded, create)));
  }
}

/** Tests a case that is no exchange of one request and one answer. */
export function holds(id: string, name: string, run: () => Promise<void> | void): void {
  const recorded = findCase(id);
  const outcome = id in differences ? "differing" : "passing";
  test(`${name} (${id})`, () => noting(recorded, outcome, run));
}

async function ask(recorded: RecordedCase, create: (log: string[]) => Application): Promise<void> {
  const log: string[] = [];
  const client = await TestClient.open(create(log), { redirects: false, baseUrl: "http://testserver" });
  const received: Awaited<ReturnType<typeof send>>[] = [];
  try {
    for (const request of requestsOf(recorded)) received.push(await send(client, request));
  } finally {
    await client.close(); // what comes after the answer is in the log now
  }
  const compareAll = (expected: readonly Expectation[]) => {
    for (const [index, answer] of received.entries()) compare(answer, expected[index]!);
    if (expected[0]?.log_order !== undefined) assert.equal(log, expected[0].log_order, "order");
  };
  const difference = differences[recorded.id];
  if (difference === undefined) return compareAll(expectationsOf(recorded));
  compareAll([difference.expect!]); // only a case that `holds` tests has none
  assert.not(
    passes(() => compareAll(expectationsOf(recorded))),
    "this is no difference any more",
  );
}

// Not assert.throws, which lets failed assertions through.
function passes(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

function requestsOf({ request }: RecordedCase): readonly RecordedRequest[] {
  return "steps" in request ? request.steps : [request];
}

function expectationsOf({ expect }: RecordedCase): readonly Expectation[] {
  return "steps" in expect ? expect.steps : [expect];
}

async function noting(recorded: RecordedCase, outcome: "passing" | "differing", run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    note(recorded, "failing", error instanceof Error ? error.message : String(error));
    throw error;
  }
  note(recorded, outcome, differences[recorded.id]?.reason);
}

/** For `npm run conformance`, which adds up what the files of all areas found. */
function note({ id, area }: RecordedCase, outcome: string, reason?: string): void {
  const file = process.env.CONFORMANCE_RESULTS;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ id, area, outcome, reason })}\n`);
}
