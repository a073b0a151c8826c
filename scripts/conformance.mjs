/**
 * Counts how far this repository answers as FastAPI does: `npm run conformance`.
 *
 * Runs the tests of packages/madeleine/tests/conformance, each file in a process of its own, and adds up by area what they note
 * in the file that CONFORMANCE_RESULTS names. Ends with code 1 if a case fails or has no test, or a file does not end well.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrapThen } from "./bootstrap.mjs";
import { killRunning, runTestFile } from "./test/run-test-file.mjs";
import { repository } from "./workspace.mjs";

const folder = "packages/madeleine/tests/conformance";
const untested = { outcome: "failing", reason: "no test ran" };
const outcomes = ["passing", "differing", "failing", "waiting"];

await bootstrapThen(async () => {
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
  process.on("exit", killRunning);
  const { notes, broken } = await runAll();
  const waiting = readWaiting();
  const cases = readData("cases.json");
  const results = cases.map(({ id, area }) => ({ id, area, ...(notes.get(id) ?? waiting.get(id) ?? untested) }));
  print(results, broken);
  process.exitCode = select(results, "failing").length > 0 || broken.length > 0 ? 1 : 0;
});

async function runAll() {
  const temporary = mkdtempSync(join(tmpdir(), "madeleine-conformance-"));
  try {
    return await runInto(join(temporary, "results.jsonl"));
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

async function runInto(file) {
  writeFileSync(file, "");
  process.env.CONFORMANCE_RESULTS = file; // the tests inherit it
  const tests = readdirSync(join(repository, folder)).filter((name) => name.endsWith(".test.ts"));
  const runs = await Promise.all(tests.map((name) => runTestFile(repository, `${folder}/${name}`, { limitMs: 60_000 })));
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  const notes = new Map(lines.map((line) => JSON.parse(line)).map(({ id, outcome, reason }) => [id, { outcome, reason }]));
  return { notes, broken: tests.filter((_, index) => runs[index].code !== 0) };
}

/** The cases that need what is not there yet, by id. */
function readWaiting() {
  const reasons = Object.entries(readData("waiting.json"));
  return new Map(reasons.flatMap(([reason, ids]) => ids.map((id) => [id, { outcome: "waiting", reason }])));
}

function readData(name) {
  return JSON.parse(readFileSync(join(repository, folder, name), "utf8"));
}

function select(results, outcome) {
  return results.filter((result) => result.outcome === outcome);
}

function print(results, broken) {
  printTable(results);
  printReasons("differing on purpose", select(results, "differing"));
  printReasons("not yet possible", select(results, "waiting"));
  printReasons("failing", select(results, "failing"));
  for (const file of broken) console.log(`\n${file} did not end well: npm test ${file}`);
  const counts = outcomes.map((outcome) => `${select(results, outcome).length} ${outcome}`);
  console.log(`\n${results.length} cases: ${counts.join(", ")}`);
}

function printTable(results) {
  const areas = [...new Set(results.map(({ area }) => area))];
  printRow("area", ["cases", ...outcomes]);
  for (const area of areas) printRow(area, countsOf(results.filter((result) => result.area === area)));
  printRow("all", countsOf(results));
}

function countsOf(results) {
  return [results.length, ...outcomes.map((outcome) => select(results, outcome).length || "")];
}

function printRow(name, cells) {
  console.log(name.padEnd(18) + cells.map((cell) => String(cell).padStart(11)).join(""));
}

function printReasons(title, results) {
  if (results.length === 0) return;
  console.log(`\n${title}`);
  const reasons = new Set(results.map(({ reason }) => reason));
  for (const reason of reasons) {
    const ids = results.filter((result) => result.reason === reason).map(({ id }) => id);
    console.log(`  ${reason}\n    ${ids.join(", ")}`);
  }
}
