import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { Later } from "../later.ts";

/**
 * A body as a stream of buffers, with backpressure.
 *
 * Not a pipe from the message: a pipe that breaks destroys the message, that destroys the socket, and the 413 is never sent.
 *
 * Errors: the stream fails as `take` does: over the limit (LM-02), or when the client goes away (LM-07).
 */
export class BodyStream extends Readable {
  readonly #raw: IncomingMessage;
  #length = 0;

  constructor(raw: IncomingMessage, take: (onChunk: (chunk: Buffer) => void) => Later<unknown>) {
    super();
    this.#raw = raw;
    take((chunk) => {
      this.#length += chunk.length;
      // Who stops reading early gets no more, but the rest is still taken and counted: it stands before the next request.
      if (!this.destroyed && !this.push(chunk)) raw.pause();
    }).tell(
      () => this.push(null),
      // Not at once: who opens a stream is given an open one. What is refused is let go of only when it was paused below.
      (error) => queueMicrotask(() => this.destroy(error as Error)),
    );
    raw.pause();
  }

  /** Bytes that have come so far. */
  get length(): number {
    return this.#length;
  }

  override _read(): void {
    this.#raw.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#raw.resume();
    done(error);
  }
}
