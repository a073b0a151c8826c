import type { Problem } from "@madeleine/di";

/**
 * Every mistake of the programmer that was found before the port opened, each with what, where and the mend.
 *
 * Thrown by `app.boot()` and `app.listen()`, never during a request. Uncaught, the report is printed and not a stack: the
 * places that matter are in it.
 */
export class BootError extends Error {
  override readonly name = "BootError";

  constructor(readonly problems: readonly Problem[]) {
    super(report(problems));
    this.stack = `${this.name}: ${this.message}`;
  }

  /** For editors: the problems as data, with the places that they name. A program that is started with `--json` prints this. */
  toJSON(): { name: string; problems: readonly PlacedProblem[] } {
    return { name: this.name, problems: this.problems.map((problem) => ({ ...problem, places: placesIn(problem.where) })) };
  }
}

/** A problem with what an editor jumps to. */
export interface PlacedProblem extends Problem {
  readonly places: readonly { readonly file: string; readonly line: number; readonly column: number }[];
}

/** Shape: `"src/a.ts:3:4, src/b.ts:10:1"` gives two places; `where` may hold words instead, which give none. */
function placesIn(where: string | undefined): PlacedProblem["places"] {
  return [...(where ?? "").matchAll(/([^\s,()]+):(\d+):(\d+)/g)].map(([, file, line, column]) => ({
    file: file ?? "",
    line: Number(line),
    column: Number(column),
  }));
}

function report(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return `${count} in this application\n\n${problems.map(paragraph).join("\n")}`;
}

function paragraph({ code, what, where, mend }: Problem, index: number): string {
  const at = where === undefined ? "" : `\n     at: ${where}`;
  return `  ${index + 1}. ${what}${at}\n     mend: ${mend}  [${code}]\n`;
}
