import { TimeLimit } from "./time-limit.ts";

/** Steps under one key, one after the other, within this process. */
export class OrderedSteps {
  readonly #limit: TimeLimit;
  readonly #last = new Map<string, Promise<unknown>>();

  /** `what` is who is told to be late. */
  constructor(timeoutMs: number, what: string) {
    this.#limit = new TimeLimit(timeoutMs, what);
  }

  /** The step after all that were begun under this key, also after one that failed or is late. Errors: TimeLimitError. */
  run<T>(key: string, step: () => Promise<T>): Promise<T> {
    const running = (this.#last.get(key) ?? Promise.resolve()).then(step, step);
    this.#last.set(key, running);
    const forget = (): void => void (this.#last.get(key) === running && this.#last.delete(key));
    running.then(forget, forget);
    return this.bound(running);
  }

  /** What needs no order. Errors: TimeLimitError. */
  bound<T>(step: Promise<T>): Promise<T> {
    return this.#limit.wait(step);
  }
}
