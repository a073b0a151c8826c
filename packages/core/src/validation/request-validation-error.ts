import type { Problem } from "./problem.ts";
import { MAX_PROBLEMS } from "./to-problems.ts";

/**
 * A request that its schemas refused: 422, with every problem of every input.
 *
 * Shape:  answered as `{"detail": [{"type","loc","msg","input"}]}`. `app.on(RequestValidationError, …)` may answer otherwise; `body` is then what
 *         was received, for the developer's eyes only.
 * Units:  at most 100 problems, 8,000 characters of echoed input and some 32,000 characters in all, so that a small request
 *         never makes a large answer (JB-03).
 */
export class RequestValidationError extends Error {
  override readonly name = "RequestValidationError";
  readonly status = 422;
  readonly problems: readonly Problem[];
  readonly body?: unknown;

  constructor(problems: readonly Problem[], body?: unknown) {
    const bounded = boundProblems(problems);
    super(summary(bounded));
    this.problems = bounded;
    if (body !== undefined) this.body = body;
  }
}

const MAX_INPUT_CHARACTERS = 8_000;
const MAX_DETAIL_CHARACTERS = 32_000;

function boundProblems(problems: readonly Problem[]): readonly Problem[] {
  const kept: Problem[] = [];
  let [inputLeft, detailLeft] = [MAX_INPUT_CHARACTERS, MAX_DETAIL_CHARACTERS];
  for (const problem of problems.slice(0, MAX_PROBLEMS)) {
    inputLeft -= jsonLength(problem.input);
    const shown = inputLeft < 0 ? withoutInput(problem) : problem;
    detailLeft -= jsonLength({ ...shown, input: undefined });
    if (detailLeft < 0 && kept.length > 0) break;
    kept.push(shown);
  }
  return kept;
}

function withoutInput({ type, loc, msg, ctx }: Problem): Problem {
  return { type, loc, msg, ...(ctx === undefined ? {} : { ctx }) };
}

function jsonLength(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0;
}

/** For logs: places and types, and never what was received. */
function summary(problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) return "The request is not valid";
  const more = problems.length === 1 ? "" : ` and ${problems.length - 1} more`;
  return `The request is not valid: ${first.loc.join(".")} (${first.type})${more}`;
}
