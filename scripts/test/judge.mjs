import { findUnrunSuites } from "./unrun-suites.mjs";

/**
 * Says what a finished run of a test file is worth.
 *
 * Shape: `{ passed: 12, failed: 1, skips: ["no Chromium"], problems: ["…"] }`. `problems` is what makes a file wrong although
 *        none of its tests failed; each is a line for people, and together they count as one failure.
 */
export function judge(run, source) {
  const summary = readSummary(run.output) ?? { total: 0, passed: 0, skipped: 0 };
  const skips = readSkips(run.output);
  const problems = [...endProblems(run), ...suiteProblems(source), ...skipProblems(summary, skips)];
  // uvu counts a test that announced a skip and returned as passed.
  const returnedEarly = Math.max(0, skips.length - summary.skipped);
  return {
    passed: summary.passed - returnedEarly,
    failed: summary.total - summary.passed + (problems.length > 0 ? 1 : 0),
    skips,
    problems,
  };
}

/** Reads the summary that uvu prints after the last test, or `undefined` where it has not come. */
export function readSummary(output) {
  const found = [...output.matchAll(/^ {2}Total: +(\d+)\n {2}Passed: +(\d+)\n {2}Skipped: +(\d+)\n {2}Duration:/gm)].at(-1);
  return found && { total: Number(found[1]), passed: Number(found[2]), skipped: Number(found[3]) };
}

function readSkips(output) {
  return [...output.matchAll(/(?:^|[•✘ ])SKIP: (.+)$/gm)].map((found) => found[1]);
}

function endProblems(run) {
  const summary = readSummary(run.output);
  if (run.end === "hang") return [describeHang(run)];
  if (run.end === "leak") return [describeLeak(run)];
  if (!summary) return [describeBreak(run)];
  if (summary.total === 0) return ["has no test: it runs, but registers none."];
  const isClean = run.code === (summary.passed === summary.total ? 0 : 1) && run.crash === undefined;
  return isClean ? [] : [`ended with ${describeExit(run)} after its tests had finished${because(run)}.`];
}

function describeHang(run) {
  const finished = run.output.match(/[•✘] /g)?.length ?? 0;
  return `hangs: not finished after ${run.limitMs / 1000} s, tests done: ${finished}; ${describeOpen(run)}.`;
}

function describeLeak(run) {
  if (run.code !== null) return "leaks a process: something that it started still runs after its own end.";
  return `leaks: its tests are finished, but the process lives on; ${describeOpen(run)}.`;
}

function describeOpen(run) {
  return run.open.length > 0 ? `open: ${run.open.join(", ")}` : "it does not say what is open (a busy loop?)";
}

function describeBreak(run) {
  if (run.crash !== undefined) return `broke off with ${describeExit(run)}${because(run)}.`;
  if (/Exiting early before testing is finished/.test(run.output)) {
    return `broke off with ${describeExit(run)}: a test waits for something that never comes, or calls process.exit.`;
  }
  if (run.code === 0) return "runs no test: the file does not end with `test.run()`.";
  return `broke off with ${describeExit(run)} before its first test.`;
}

function because(run) {
  return run.crash === undefined ? "" : `: ${run.crash.split("\n")[0]}`;
}

function describeExit(run) {
  return run.signal === null ? `exit code ${run.code}` : `signal ${run.signal}`;
}

function suiteProblems(source) {
  return findUnrunSuites(source).map((name) => `has tests after the last \`${name}.run()\`, or none: they never run.`);
}

function skipProblems(summary, skips) {
  const unannounced = summary.skipped - skips.length;
  if (unannounced > 0)
    return [`skips ${unannounced} of its tests without saying why: print "SKIP: reason" (or is there a test.only?).`];
  return process.env.CI === "true" ? skips.map((reason) => `skips, and with CI=true nothing may: ${reason}`) : [];
}
