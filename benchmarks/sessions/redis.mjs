/**
 * Reading a session from Redis beside a bare GET of the same row on the same connection:
 * `node --import @oxc-node/core/register --conditions=@madeleine/source benchmarks/sessions/redis.mjs`, with REDIS_URL where it is elsewhere.
 *
 * Rounds of both alternate, and change who begins. The ratio is that of the two within one pair of rounds, and the median of all pairs
 * counts: what the machine does besides slows both.
 */
import { redisStore } from "@madeleine/session/redis";
import { createClient } from "redis";
import { available, readSession, storeSessions } from "./session.mjs";

const pairs = 200;
const prefix = `madeleine-benchmark-${process.pid}:`;

const client = await createClient({ url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" }).connect();
const store = redisStore(client, { prefix });
const rows = available(store);
const sessions = await storeSessions(store, 200);

const getRow = ({ key }) => client.get(`${prefix}{${key}}`);
const getSession = ({ request }) => readSession(rows, request, true);

for (const [title, atOnce] of [
  ["one after the other", 1],
  ["20 at once", 20],
]) {
  for (let warmUp = 0; warmUp < 20; warmUp++) await Promise.all([timeRound(getRow, atOnce), timeRound(getSession, atOnce)]);
  const seen = [];
  for (let pair = 0; pair < pairs; pair++) seen.push(await timePair(pair % 2 === 0, atOnce));
  const median = (pick) => seen.map(pick).toSorted((one, other) => one - other)[pairs / 2];
  const [row, session, ratio] = [median((one) => one.row), median((one) => one.session), median((one) => one.session / one.row)];
  console.log(`${title.padEnd(22)} GET ${row.toFixed(1)} µs   session ${session.toFixed(1)} µs   ratio ${ratio.toFixed(3)}`);
}
await Promise.all(sessions.map(({ key }) => client.del(`${prefix}{${key}}`)));
client.destroy();

async function timePair(rowFirst, atOnce) {
  if (rowFirst) return { row: await timeRound(getRow, atOnce), session: await timeRound(getSession, atOnce) };
  const session = await timeRound(getSession, atOnce);
  return { row: await timeRound(getRow, atOnce), session };
}

/** Microseconds of one, over all sessions. */
async function timeRound(read, atOnce) {
  const from = process.hrtime.bigint();
  for (let at = 0; at < sessions.length; at += atOnce) {
    if (atOnce === 1) await read(sessions[at]);
    else await Promise.all(sessions.slice(at, at + atOnce).map(read));
  }
  return Number(process.hrtime.bigint() - from) / sessions.length / 1000;
}
