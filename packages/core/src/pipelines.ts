import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/**
 * Which request is the last one of a connection that the server leaves, where a client sends several without waiting for answers.
 *
 * An answer that says `Connection: close` ends the connection for what was asked behind it, too. What had begun there would have
 * been done, and its answer lost: a client that asks again would do it twice. So the last one that has begun says it, and of what
 * comes later nothing is begun: that may be asked again, on another connection.
 *
 * Source: RFC 9112 §9.3.2 (what was pipelined may be sent again), §9.6 (nothing is processed behind `Connection: close`).
 */
export class Pipelines {
  readonly #latest = new WeakMap<Duplex, ServerResponse>();
  readonly #left = new WeakSet<Duplex>();

  /** To be called for each request that waits for the answer of an earlier one of its connection. */
  add({ socket }: IncomingMessage, rawResponse: ServerResponse): void {
    this.#latest.set(socket, rawResponse);
  }

  /** Asks the client to leave the connection, unless something has begun behind this request: its answer asks, or finds nothing left to ask. */
  leave({ socket }: IncomingMessage, rawResponse: ServerResponse): void {
    const latest = this.latestOn(socket);
    if (latest !== undefined && latest !== rawResponse) return;
    rawResponse.setHeader("connection", "close");
    this.#left.add(socket);
  }

  /** The answer to the last request that came while an earlier one was still to be answered; undefined where that is out. */
  latestOn(socket: Duplex): ServerResponse | undefined {
    const latest = this.#latest.get(socket);
    return latest?.writableFinished === true ? undefined : latest;
  }

  /** Whether the client was asked to leave the connection on which this request came. */
  hasLeft({ socket }: IncomingMessage): boolean {
    return this.#left.has(socket);
  }
}
