import { AsyncResource } from "node:async_hooks";
import type { ServerResponse } from "node:http";

/** What is left to write of an answer: the head is node's already. No bytes: whoever gave them may use them again for the next request. */
type Content = string | undefined;

/**
 * Answers that leave together, when the event loop has handled what arrived with their requests.
 *
 * A request that is read and answered at once has the kernel deliver its answer in between, and wakes whoever waits for it, each time anew.
 * Where many arrive together it is cheaper to handle all of them and then to write all answers. Nothing is gained where few do:
 * then each answer leaves at once again, and only now and then a few turns tell whether that has changed.
 *
 * Units: no answer waits for more than what its own turn does, and where that takes longer than a millisecond, not even for all of that.
 * Cost:  nothing that shows with 4 connections. `benchmarks/http` has what it gains with 64.
 */
export class Departures {
  #responses: ServerResponse[] = [];
  #contents: Content[] = [];
  #firstAt = 0;
  #isScheduled = false;
  /** Those with a request behind them on their connection. */
  readonly #hurried = new WeakSet<ServerResponse>();
  #isKeptAtExit = false;
  /** How many answers leave at once before the next look. */
  #alone = 0;
  #turns = 0;
  #answers = 0;

  /** Ends a response whose head was written, now or at the end of the turn. Until then nobody but the framework may have it in hand. */
  add(nodeResponse: ServerResponse, content: Content): void {
    if (this.#alone > 0) this.#alone--;
    else if (!this.#hurried.has(nodeResponse)) return this.#keep(nodeResponse, content);
    nodeResponse.end(content);
  }

  #keep(nodeResponse: ServerResponse, content: Content): void {
    this.#answers++;
    const now = Date.now();
    this.#contents.push(content);
    if (this.#responses.push(nodeResponse) === 1) this.#firstAt = now;
    else if (now - this.#firstAt > MAX_WAIT_MS) this.leave();
    if (!this.#isScheduled) this.#schedule();
  }

  /** All that wait leave now: for whoever writes to a connection by another way, or sees it end. */
  leave(): void {
    const responses = this.#responses;
    if (responses.length === 0) return;
    const contents = this.#contents;
    this.#responses = [];
    this.#contents = [];
    // Whoever listens to one of them finds no other request's AsyncLocalStorage (DI-09).
    outside.runInAsyncScope(() => {
      for (let at = 0; at < responses.length; at++) responses[at]!.end(contents[at]);
    });
  }

  /**
   * An answer with a request behind it on its connection does not wait when it comes: node writes the next answer only when it was told
   * that this one is out, which is too late where the client's end is read in between.
   */
  hurry(nodeResponse: ServerResponse): void {
    this.#hurried.add(nodeResponse);
  }

  #schedule(): void {
    this.#isScheduled = true;
    atEndOfTurn(this.#endTurn);
    if (this.#isKeptAtExit) return;
    this.#isKeptAtExit = true;
    process.on("exit", () => this.leave()); // a handler that ends the process must not take others' answers with it
  }

  readonly #endTurn = (): void => {
    this.#isScheduled = false;
    this.leave();
    if (++this.#turns < TURNS_OF_A_LOOK) return;
    if (this.#answers < TURNS_OF_A_LOOK * MANY) this.#alone = ALONE_AT_A_TIME;
    this.#turns = this.#answers = 0;
  };
}

/** Node's own: a test that plays with time has put another one in its place, and still waits for answers. */
const atEndOfTurn = setImmediate;

const outside = new AsyncResource("Departures");

/** Those of this thread, which has one event loop. */
export const departures = new Departures();

const MAX_WAIT_MS = 1;
const TURNS_OF_A_LOOK = 64;
const MANY = 8; // in a turn; with four there was nothing to gain
const ALONE_AT_A_TIME = 1000;
