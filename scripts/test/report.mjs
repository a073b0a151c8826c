/**
 * Prints how the tests are doing: a line for each file as it ends, then the failures whole, the skips, and the count.
 *
 * Shape of the last line: `N passed, N failed`, where a broken file counts as one failure beside its failed tests.
 */
export class Report {
  #results = [];
  #unstable = [];
  #print;

  constructor(print = console.log) {
    this.#print = print;
  }

  /** Takes the verdict on a file and prints its line. */
  add(result) {
    this.#results.push(result);
    this.#printLine(result.failed > 0 ? "FAIL" : "ok  ", result);
  }

  /** The files that failed. */
  get failing() {
    return this.#results.filter(({ failed }) => failed > 0).map(({ file }) => file);
  }

  /** Takes the verdict on a file that failed and was run again alone: this one counts. */
  addAgain(result) {
    const at = this.#results.findIndex(({ file }) => file === result.file);
    if (result.failed === 0) this.#unstable.push(this.#results[at]);
    this.#results[at] = result;
    this.#printLine(result.failed > 0 ? "FAIL again, alone" : "ok, alone", result);
  }

  #printLine(mark, result) {
    const skipped = result.skips.length > 0 ? `, ${result.skips.length} skipped` : "";
    const count = `${result.passed} passed${result.failed > 0 ? `, ${result.failed} failed` : ""}${skipped}`;
    this.#print(`${mark} ${result.file}  ${count}  ${result.seconds.toFixed(1)} s`);
  }

  /** Says that a file takes its time, so that a long silence has a name. */
  stillRunning(file, seconds) {
    this.#print(`     ${file}  running for ${seconds} s …`);
  }

  /** Prints the end and gives the exit code. */
  finish() {
    for (const result of this.#results.filter(({ failed }) => failed > 0)) this.#printFailure(result);
    for (const result of this.#unstable) this.#printFailure(result, "  UNSTABLE: failed beside others, and passed alone");
    this.#printSkips();
    const [passed, failed] = [this.#sum("passed"), this.#sum("failed")];
    this.#print(`\n${passed} passed, ${failed} failed`);
    return failed > 0 || passed === 0 ? 1 : 0;
  }

  #printFailure({ file, problems, output }, remark = "") {
    this.#print(`\n──── ${file}${remark}`);
    for (const problem of problems) this.#print(`  ${file} ${problem}`);
    this.#print(output.trimEnd());
  }

  #printSkips() {
    const skips = this.#results.flatMap(({ file, skips }) => skips.map((reason) => `  ${file}: ${reason}`));
    if (skips.length > 0) this.#print(`\nSkipped:\n${skips.join("\n")}`);
  }

  #sum(field) {
    return this.#results.reduce((sum, result) => sum + result[field], 0);
  }
}
