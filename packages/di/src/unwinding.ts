import type { Until } from "./declaration.ts";

/** How one value ends: told the error that ended its run, or undefined where all went well. What it throws replaces the error. */
export type Ending = (failure: Failure | undefined) => void | Promise<void>;

/** Something was thrown. A record, because what is thrown may be undefined. */
export interface Failure {
  readonly error: unknown;
}

interface Entry {
  readonly end: Ending;
  readonly until: Until;
}

/**
 * The tear-down of one run: the endings of its values, last made first, each run whatever the others do.
 *
 * Two moments, as the values asked for: when the handler has returned, and after the last byte of the response. Where
 * anything fails before the response was sent, all of them end at once: each sees the failure and may replace it by throwing,
 * so that a failed commit is what the client hears of. An ending cannot swallow a failure: there is nothing else to answer.
 */
export class Unwinding {
  readonly #entries: Entry[] = [];

  add(end: Ending, until: Until): void {
    this.#entries.push({ end, until });
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** Ends the values that live until the handler has returned; all of them where it failed. Gives the failure to answer with. */
  async handlerDone(failure: Failure | undefined): Promise<Failure | undefined> {
    let outcome = failure;
    let at = this.#entries.length - 1;
    for (; at >= 0 && outcome === undefined; at--) {
      if (this.#entries[at]?.until === "handler") outcome = await this.#end(at, undefined);
    }
    // After a failure nothing is left for later, not even what was passed by on the way here.
    if (outcome !== undefined) outcome = await this.#endAll(outcome);
    return outcome;
  }

  /** Ends what is left, after the response. */
  async responseDone(failure: Failure | undefined): Promise<Failure | undefined> {
    return this.#endAll(failure);
  }

  async #endAll(failure: Failure | undefined): Promise<Failure | undefined> {
    let outcome = failure;
    for (let at = this.#entries.length - 1; at >= 0; at--) outcome = await this.#end(at, outcome);
    return outcome;
  }

  // The one place where an ending is awaited: a limit of time for all of them belongs here.
  async #end(at: number, failure: Failure | undefined): Promise<Failure | undefined> {
    const [entry] = this.#entries.splice(at, 1);
    try {
      await entry?.end(failure);
      return failure;
    } catch (error) {
      return replaceFailure(failure, error);
    }
  }
}

/** The new failure; the error that it replaces is kept as its cause, so that the log shows both. */
function replaceFailure(failure: Failure | undefined, error: unknown): Failure {
  if (failure === undefined || error === failure.error) return failure ?? { error };
  try {
    if (error instanceof Error && error.cause === undefined && !isCausedBy(failure.error, error)) error.cause = failure.error;
  } catch {
    // Frozen, or with accessors of its own that throw: whatever it is, the other endings still run.
  }
  return { error };
}

/** Whether an error stands behind another: one of two that were thrown in turns would become its own cause. */
function isCausedBy(error: unknown, cause: Error): boolean {
  const seen = new Set<unknown>();
  for (let at = error; at instanceof Error && !seen.has(at); at = at.cause) {
    if (at === cause) return true;
    seen.add(at);
  }
  return false;
}
