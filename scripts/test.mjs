/**
 * Runs the tests: `npm test`, or `npm test cookies router` for the files whose path contains one of the words.
 *
 * Each file runs in a process of its own, as many at once as there are processors. uvu by itself passes a file that forgets
 * `test.run()` and waits for ever on a leaked server; here both fail, as does every other way to end that is not clean.
 *
 * One or two files that fail are run once more, alone: what fails only beside others, on a busy machine, counts as passed and is told at
 * the end with all that it said, as something to look into.
 */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { bootstrapThen } from "./bootstrap.mjs";
import { findTestFiles } from "./test/find-test-files.mjs";
import { judge } from "./test/judge.mjs";
import { Report } from "./test/report.mjs";
import { killRunning, runTestFile } from "./test/run-test-file.mjs";
import { repository } from "./workspace.mjs";

const root = process.env.TEST_ROOT ?? repository; // the tests of this runner bring files of their own
const mostAgain = 2; // more failing files than these are not the machine's doing

await bootstrapThen(async () => {
  const files = findTestFiles(root, process.argv.slice(2));
  if (files.length === 0) throw new Error("no test file matches.");
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
  process.on("exit", killRunning);
  const report = new Report();
  const queue = files.values(); // one iterator, shared: each worker takes the next file that nobody has
  const jobs = Number(process.env.TEST_JOBS ?? availableParallelism());
  await Promise.all(Array.from({ length: jobs }, () => work(queue, report)));
  if (files.length > 1 && report.failing.length <= mostAgain) await workAlone(report);
  process.exitCode = report.finish();
});

async function work(queue, report) {
  for (const file of queue) report.add(await runFile(file, report));
}

async function workAlone(report) {
  for (const file of report.failing) report.addAgain(await runFile(file, report));
}

async function runFile(file, report) {
  const source = readFileSync(join(root, file), "utf8");
  let seconds = 0;
  const progress = setInterval(() => report.stillRunning(file, (seconds += 10)), 10_000);
  const run = await runTestFile(root, file, { limitMs: readLimitMs(source) });
  clearInterval(progress);
  return { ...run, ...judge(run, source), file };
}

/** The seconds a file may take: its own comment `// test-timeout: 120`, else TEST_TIMEOUT, else 60. */
function readLimitMs(source) {
  const own = /^\/\/ test-timeout: (\d+)/m.exec(source)?.[1];
  return Number(own ?? process.env.TEST_TIMEOUT ?? 60) * 1000;
}
