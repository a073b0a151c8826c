/** Something did not answer in time. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";
}

interface Waiting {
  readonly until: number;
  readonly giveUp: () => void;
}

/**
 * How long one server may take for each of its answers.
 *
 * Cost: one timer for all that are waited for, which stays when there are none; a timer for each cost more than the rest of a wait.
 */
export class TimeLimit {
  readonly #limitMs: number;
  readonly #what: string;
  /** In the order of their ends, since all of them have as long. */
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | undefined;

  /** `what` is who is told to be late. */
  constructor(limitMs: number, what: string) {
    this.#limitMs = limitMs;
    this.#what = what;
  }

  /**
   * The promise, or a TimeLimitError when it takes longer. What it gives later is nobody's: it cannot be taken for another's (OP-05).
   * `settled` is told when the promise itself is settled, in time or late.
   */
  wait<T>(promise: Promise<T>, settled?: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new TimeLimitError(`${this.#what} did not answer within ${this.#limitMs} ms`));
      const waiting: Waiting = { until: performance.now() + this.#limitMs, giveUp };
      this.#waiting.add(waiting);
      this.#timer = this.#timer?.ref() ?? this.#start(this.#limitMs);
      const end = (): void => {
        this.#waiting.delete(waiting);
        if (this.#waiting.size === 0) this.#timer?.unref(); // a process may end while it has nothing to wait for
        settled?.();
      };
      const succeed = (value: T): void => (end(), resolve(value));
      const fail = (error: unknown): void => (end(), reject(error as Error)); // whatever it was
      promise.then(succeed, fail);
    });
  }

  #start(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.#look(), ms);
  }

  #look(): void {
    const now = performance.now();
    this.#timer = undefined;
    for (const waiting of this.#waiting) {
      // a timer may go off a millisecond early
      if (waiting.until > now + 1) {
        this.#timer = this.#start(waiting.until - now);
        return;
      }
      this.#waiting.delete(waiting);
      waiting.giveUp();
    }
  }
}
