import { Source } from "../stream/source.ts";

type Result = IteratorResult<string, unknown>;

/**
 * A source of events, and a ping whenever it was silent for so long: proxies close connections on which nothing moves.
 *
 * Only a client that waits is pinged: one that still reads needs none, and pings do not heap up for it. The timer keeps no process
 * alive and ends with the wait.
 */
export class PingedSource extends Source<string> {
  readonly #events: Source<string>;
  readonly #pingMs: number;
  // The next event once it was asked for, and who waits for it. One reaction to a promise that may wait for days: one for each ping would be a leak.
  #isAsked = false;
  #arrived: (() => Result) | undefined;
  #wake = (): void => {};

  constructor(events: Source<string>, pingMs: number) {
    super();
    this.#events = events;
    this.#pingMs = pingMs;
  }

  async next(): Promise<Result> {
    if (!this.#isAsked) this.#ask();
    if (this.#arrived === undefined) await this.#silence();
    if (this.#arrived === undefined) return { done: false, value: ": ping\n\n" };
    const take = this.#arrived;
    this.#isAsked = false;
    this.#arrived = undefined;
    return take();
  }

  close(): Promise<void> {
    this.#wake(); // nobody waits any longer, and the timer ends with the wait
    return this.#events.close();
  }

  #ask(): void {
    this.#isAsked = true;
    const arrive = (take: () => Result): void => {
      this.#arrived = take;
      this.#wake();
    };
    this.#events.next().then(
      (result) => arrive(() => result),
      (error: unknown) =>
        arrive(() => {
          throw error;
        }),
    );
  }

  /** Until the event is there, or for as long as a client may wait. */
  #silence(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#pingMs).unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
