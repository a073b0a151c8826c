import { TimeLimit } from "./time-limit.ts";

/**
 * A promise that is waited for no longer than this.
 *
 * Errors: what `late` makes, when the time is over; what the promise does afterwards is nobody's concern then. Infinity waits for ever.
 */
export function within<V>(promise: PromiseLike<V>, ms: number, late: () => Error): Promise<V> {
  return new Promise((resolve, reject) => {
    if (!(ms < longestMs)) return resolve(promise);
    const limit = new TimeLimit(ms, () => reject(late()));
    promise.then(
      (value) => {
        limit.lift();
        resolve(value);
      },
      (error: unknown) => {
        limit.lift();
        reject(error as Error);
      },
    );
  });
}

const longestMs = 2 ** 31; // a timer of more would go off at once
