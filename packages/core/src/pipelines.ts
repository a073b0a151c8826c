import { AsyncResource } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { departures, hearOfClose } from "@madeleine/http";
import type { RequestsUnderWay } from "./requests-under-way.ts";

/**
 * What a client sends on a connection without waiting for answers: which of it is begun, and which is the last that is answered.
 *
 * Behind an answer that says `Connection: close` nothing is begun. It would be done and its answer lost, and a client that asks again
 * would do it twice. Whether an answer says so may be known late. So a request waits for the one before it, unless neither may change
 * anything: those with safe methods run side by side, and of such a one an answer may be lost.
 *
 * Source: RFC 9112 §9.3.2 (only safe methods in parallel; what was pipelined may be sent again), §9.6 (nothing is processed behind
 *         `Connection: close`).
 */
export class Pipelines {
  readonly #underWay: RequestsUnderWay;
  /** The last request of each connection that came before the answer of an earlier one was out. */
  readonly #latest = new WeakMap<Duplex, ServerResponse>();
  readonly #waiting = new WeakSet<ServerResponse>();
  /** Whose turn has come, although somebody else's answer still stands before theirs. */
  readonly #inTurn = new WeakSet<ServerResponse>();
  readonly #before = new WeakMap<ServerResponse, ServerResponse>();
  readonly #ended = new WeakSet<Duplex>();

  constructor(underWay: RequestsUnderWay) {
    this.#underWay = underWay;
  }

  /**
   * Whether a request may begin for which its connection is not free. To one that has to wait, `begin` is called in its turn; one that
   * comes too late is dropped, now or then.
   */
  mayBegin(
    raw: IncomingMessage,
    rawResponse: ServerResponse,
    begin: (raw: IncomingMessage, rawResponse: ServerResponse) => void,
  ): boolean {
    if (this.#inTurn.has(rawResponse)) return true;
    const { socket } = raw;
    const earlier = this.lastOn(socket);
    if (rawResponse.socket !== null || this.hasEnded(socket) || isClosing(earlier)) return drop(raw);
    this.#latest.set(socket, rawResponse);
    hearOfClose(rawResponse);
    if (earlier === undefined) return true;
    this.#before.set(rawResponse, earlier);
    earlier.once("finish", () => this.#before.delete(rawResponse)); // else a connection would keep all that it was ever asked
    departures.hurry(earlier);
    if (isSafe(raw) && isSafe(earlier.req) && !this.#waiting.has(earlier)) return true;
    this.#waiting.add(rawResponse);
    const beginNow = (): void => {
      this.#waiting.delete(rawResponse);
      if (rawResponse.socket === null && (!socket.writable || this.hasEnded(socket))) return void drop(raw);
      if (rawResponse.socket === null) this.#inTurn.add(rawResponse);
      begin(raw, rawResponse);
    };
    earlier.once("finish", AsyncResource.bind(beginNow)); // in the context in which it came, and not of the one before it (DI-09)
    return false;
  }

  /**
   * Asks the client to leave the connection, as the server closes; unless more has come behind this request: that answer asks, or finds
   * nothing left to ask.
   */
  leave({ socket }: IncomingMessage, rawResponse: ServerResponse): void {
    const latest = this.#latest.get(socket);
    if (latest !== undefined && latest !== rawResponse && !latest.writableFinished) return;
    rawResponse.shouldKeepAlive = false;
    this.end(socket);
  }

  /** To be called for a connection with the answer that ends it. */
  end(socket: Duplex): void {
    this.#ended.add(socket);
  }

  hasEnded(socket: Duplex): boolean {
    return this.#ended.has(socket);
  }

  /** What answers the request before this one, as long as that is not answered. */
  before(rawResponse: ServerResponse): ServerResponse | undefined {
    return this.#before.get(rawResponse);
  }

  /** What answers the last request of a connection, as long as it is not answered. */
  lastOn(socket: Duplex): ServerResponse | undefined {
    const latest = this.#latest.get(socket);
    return latest !== undefined && !latest.writableFinished ? latest : this.#underWay.answerOn(socket);
  }
}

/** A body that nobody reads would have the connection reset, and an answer on its way with it. */
function drop(raw: IncomingMessage): false {
  raw.resume();
  return false;
}

function isClosing(answer: ServerResponse | undefined): boolean {
  return answer !== undefined && answer.headersSent && !answer.shouldKeepAlive;
}

function isSafe({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS" || method === "TRACE"; // RFC 9110 §9.2.1
}
