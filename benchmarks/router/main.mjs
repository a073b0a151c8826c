/**
 * Compares routers in nanoseconds for one look-up: `node benchmarks/router/main.mjs`.
 *
 * Every look-up gets a string of its own, decoded from bytes as node's parser does it: for a constant string V8 keeps the hash,
 * which flatters every router with a Map. Routers take turns, and the median of the rounds is shown.
 */
import { installPeers } from "../http/prepare.mjs";
import { median } from "../http/statistics.mjs";
import { routeSets } from "./route-sets.mjs";

const lookupsPerRound = 20_000;
const rounds = 31;
let found = 0; // counted, so that no look-up can be left out

installPeers();
const { routers } = await import("./routers.mjs");
console.log(`node ${process.version}, ns for one look-up, median of ${rounds} rounds\n`);
for (const [name, { routes, lookups }] of Object.entries(routeSets)) compare(name, routes, lookups);
compareRegistration();

function compare(setName, routes, lookups) {
  const built = Object.entries(routers).map(([router, build]) => [router, build(routes)]);
  checkLookups(built, lookups);
  printLine(`${setName}, ${routes.length} routes`, Object.keys(routers));
  const classes = { ...lookups, mix: Object.values(lookups).flat() };
  for (const [kind, paths] of Object.entries(classes)) {
    const rows = built.map(([, { find }]) => ({ find, seen: [] }));
    for (let round = 0; round < rounds; round++) for (const row of rows) row.seen.push(timeLookups(row.find, paths));
    printLine(
      `  ${kind}`,
      rows.map(({ seen }) => median(seen).toFixed(0)),
    );
  }
  console.log("");
}

/** All must agree on what is found: a router that finds nothing is fast. */
function checkLookups(built, lookups) {
  for (const [kind, paths] of Object.entries(lookups)) {
    for (const path of paths) {
      const wrong = built.find(([, { find, isFound }]) => isFound(find(path)) === (kind === "miss"));
      if (wrong !== undefined) throw new Error(`${wrong[0]} disagrees about ${path}`);
    }
  }
}

function timeLookups(find, paths) {
  const fresh = freshStrings(paths);
  const from = process.hrtime.bigint();
  for (let index = 0; index < lookupsPerRound; index++) if (find(fresh[index])) found++;
  return Number(process.hrtime.bigint() - from) / lookupsPerRound;
}

function freshStrings(paths) {
  const bytes = paths.map((path) => Buffer.from(path));
  return Array.from({ length: lookupsPerRound }, (_, index) => bytes[index % bytes.length].latin1Slice());
}

/** Of the 1,000 generated routes, in a process that has compiled the code before. */
function compareRegistration() {
  const { routes } = routeSets.generated;
  printLine("1,000 routes registered (ms)", Object.keys(routers));
  const times = Object.values(routers).map((build) => {
    const seen = Array.from({ length: 7 }, () => timeRegistration(build, routes));
    return median(seen).toFixed(1);
  });
  printLine("", times);
}

function timeRegistration(build, routes) {
  const from = performance.now();
  build(routes).find("/api/v1/resource1"); // some compile at the first look-up
  return performance.now() - from;
}

function printLine(title, cells) {
  console.log(`${title.padEnd(32)}${cells.map((cell) => cell.padStart(13)).join("")}`);
}
