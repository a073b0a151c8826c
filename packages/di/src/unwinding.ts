import type { Until } from "./lifetime.ts";
import { isThenable } from "./thenable.ts";
import { within } from "./within.ts";

/** How one value ends: told the error that ended its run, or undefined where all went well. What it throws replaces the error. */
export type Ending = (failure: Failure | undefined) => void | Promise<void>;

/** Something was thrown. A record, because what is thrown may be undefined. */
export interface Failure {
  readonly error: unknown;
  /** What it took the place of, for the log. Not written on the error as its cause: an error may be a constant, of many runs. */
  readonly replaced?: Failure | undefined;
}

/** What a run has come to: undefined where all went well. */
type Outcome = Failure | undefined;

interface Entry {
  readonly end: Ending;
  /** "look": after the response, and holding nothing open until then. */
  readonly until: Until | "look";
  readonly label: string | undefined;
  /** The one that was made before it. */
  earlier: Entry | undefined;
}

/** How long one ending may take where nobody says otherwise. */
export const defaultTeardownTimeoutMs = 10_000;

/**
 * The tear-down of one run: the endings of its values, last made first, each run whatever the others do.
 *
 * Two moments, as the values asked for: when the handler has returned, and after the last byte of the response. Where
 * anything fails before the response was sent, all of them end at once: each sees the failure and may replace it by throwing,
 * so that a failed commit is what the client hears of. An ending cannot swallow a failure: there is nothing else to answer.
 * A run that has one end only (a script, a websocket that closes) tells `responseDone` alone, which ends everything.
 *
 * Each ending has a limit of time. One that takes longer has failed, and the others run.
 */
export class Unwinding {
  #last: Entry | undefined = undefined;
  readonly #timeoutMs: number;
  #outcome: { failure: Outcome } | undefined = undefined;

  constructor(timeoutMs: number = defaultTeardownTimeoutMs) {
    this.#timeoutMs = timeoutMs;
  }

  /**
   * What comes when all is over (its making had been given up as too slow) ends at once. An ending without a label has no limit of
   * time: it ends others, each with its own.
   */
  add(end: Ending, until: Until, label?: string): void {
    this.#last = { end, until, label, earlier: this.#last };
    if (this.#outcome !== undefined) void this.#endAll(this.#outcome.failure);
  }

  /**
   * Adds what only looks, after the response, whether all is as it should be. Nothing is held open for it: where nothing else is left,
   * nobody waits for the last byte.
   */
  addLook(look: Ending): void {
    this.#last = { end: look, until: "look", label: undefined, earlier: this.#last };
  }

  /** Whether nothing is left that is held open. */
  get holdsNothing(): boolean {
    for (let entry = this.#last; entry !== undefined; entry = entry.earlier) if (entry.until !== "look") return false;
    return true;
  }

  get isEmpty(): boolean {
    return this.#last === undefined;
  }

  /**
   * Ends the values that live until the handler has returned; all of them where it failed. Gives the failure to answer with. A promise
   * only where an ending is waited for.
   */
  handlerDone(failure: Failure | undefined): Outcome | Promise<Outcome> {
    return failure === undefined ? this.#endHandlers(this.#last) : this.#endAll(failure);
  }

  /** Ends what is left, after the response. */
  responseDone(failure: Failure | undefined): Outcome | Promise<Outcome> {
    const ended = this.#endAll(failure);
    return ended instanceof Promise ? ended.then((outcome) => this.#close(outcome)) : this.#close(ended);
  }

  #close(outcome: Outcome): Outcome {
    this.#outcome = { failure: outcome };
    return outcome;
  }

  #endHandlers(from: Entry | undefined): Outcome | Promise<Outcome> {
    for (let entry = from; entry !== undefined; entry = entry.earlier) {
      if (entry.until !== "handler") continue;
      const ended = this.#end(entry, undefined);
      if (ended instanceof Promise) return this.#endNextHandlers(ended, entry.earlier);
      if (ended !== undefined) return this.#endAll(ended);
    }
    return undefined;
  }

  /** After a failure nothing is left for later, not even what was passed by on the way here. */
  async #endNextHandlers(ended: Promise<Outcome>, next: Entry | undefined): Promise<Outcome> {
    const outcome = await ended;
    return outcome === undefined ? this.#endHandlers(next) : this.#endAll(outcome);
  }

  /** Also what an ending adds. */
  #endAll(failure: Outcome): Outcome | Promise<Outcome> {
    let outcome = failure;
    while (this.#last !== undefined) {
      const ended = this.#end(this.#last, outcome);
      if (ended instanceof Promise) return ended.then((outcome) => this.#endAll(outcome));
      outcome = ended;
    }
    return outcome;
  }

  #end(entry: Entry, failure: Outcome): Outcome | Promise<Outcome> {
    this.#remove(entry);
    try {
      const ending = entry.end(failure);
      return isThenable(ending) ? this.#wait(ending, failure, entry.label) : failure;
    } catch (error) {
      return replaceFailure(failure, error);
    }
  }

  #remove(gone: Entry): void {
    if (gone === this.#last) this.#last = gone.earlier;
    else
      for (let entry = this.#last; entry !== undefined; entry = entry.earlier)
        if (entry.earlier === gone) entry.earlier = gone.earlier;
  }

  async #wait(ending: PromiseLike<unknown>, failure: Outcome, label: string | undefined): Promise<Outcome> {
    try {
      await (label === undefined ? ending : this.#bound(ending, label));
      return failure;
    } catch (error) {
      return replaceFailure(failure, error);
    }
  }

  #bound(ending: PromiseLike<unknown>, label: string): Promise<unknown> {
    return within(ending, this.#timeoutMs, () => overdue(label, this.#timeoutMs));
  }
}

function replaceFailure(failure: Outcome, error: unknown): Failure {
  return failure === undefined ? { error } : error === failure.error ? failure : { error, replaced: failure };
}

function overdue(label: string, timeoutMs: number): Error {
  return new Error(
    `${label} was not torn down within ${timeoutMs} ms. mend: let what stands behind its yield, or its dispose method, come to an end; or give it more time with teardownTimeoutMs`,
  );
}
