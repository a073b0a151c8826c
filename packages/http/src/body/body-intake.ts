import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { HTTPException } from "../http-exception.ts";
import { Later } from "../later.ts";
import type { BodyHead } from "./body-head.ts";
import { BodyStream } from "./body-stream.ts";
import { parseContentCoding } from "./content-coding.ts";
import { BodyTooLarge } from "./errors.ts";
import { inflate } from "./inflate.ts";
import { discardRest, MAX_DISCARDED_BYTES, refuseBody } from "./refusal.ts";
import { isRead, joinChunks, READ_ELSEWHERE, takeBody, type BodyTaker } from "./take-body.ts";

const TAKEN =
  "This body was already taken: request.stream(), uploads(), jsonLines() and the form() of a multipart body go through it once. " +
  "mend: await request.bytes() before them, and each reads the bytes that it keeps";

/**
 * Takes the body of a request off its connection: once, within a limit, inflated, and so that the next request finds the
 * connection in order.
 *
 * Errors: BodyTooLarge (413), before the first byte where Content-Length already says so. RequestAborted. HTTPException 415 for
 *         a Content-Encoding that is not read, 400 for one that does not hold.
 */
export class BodyIntake implements BodyTaker {
  /** Called before the first reading: where the answer to `Expect: 100-continue` belongs (RFC 9110 §10.1.1, LM-11). */
  onFirstRead: (() => void) | undefined;
  /** The 413 that this body has earned. It stands also when the handler swallowed it (LM-02). */
  refusal: HTTPException | undefined;

  readonly #raw: IncomingMessage;
  readonly #head: BodyHead;
  #taken: Later<Buffer> | undefined;
  #stream: Readable | undefined;
  #isRefused = false;
  #isReleased = false;

  constructor(raw: IncomingMessage, head: BodyHead) {
    this.#raw = raw;
    this.#head = head;
  }

  /** The whole body in one buffer. */
  collect(maxBytes: number): Later<Buffer> {
    if (!this.#head.isPresent) return Later.of<Buffer>(Buffer.alloc(0));
    try {
      const isCoded = parseContentCoding(this.#head.contentEncoding) !== undefined;
      return isCoded ? collectStream(this.open(maxBytes)) : this.#take(maxBytes); // a stream for all would cost 5 µs more
    } catch (error) {
      return Later.failed(error);
    }
  }

  /** The body as it comes, with backpressure. */
  open(maxBytes: number): Readable {
    const stream = this.#head.isPresent ? this.#open(maxBytes) : Readable.from([]);
    this.#stream = stream;
    // Without a listener an aborted upload that nobody reads any more would end the process. Readers still see the error.
    return stream.on("error", () => {});
  }

  /**
   * Refuses the rest of a body, for a reason that its reader found: it is thrown away, and no more than some megabytes of it.
   * Gives the error back; one that is not the client's changes nothing.
   */
  refuse<Reason>(reason: Reason): Reason {
    if (!(reason instanceof HTTPException)) return reason;
    if (reason.status === 413) this.refusal ??= reason;
    if (!this.#isRefused) discardRest(this.#raw);
    this.#isRefused = true;
    return reason;
  }

  /** Throws away what is left of a body that is longer than the limit. Gives the error for it. */
  refuseLonger(maxBytes: number): HTTPException {
    return (this.refusal ??= refuseBody(this.#raw, maxBytes, this.#head.contentLength));
  }

  /** Lets go of a stream that nobody will read to its end: it would hold the connection's next request back for ever. */
  abandon(): void {
    this.#stream?.destroy();
  }

  /** Leaves the body to somebody else, who is not to wait for a client that waits for a 100. */
  release(): void {
    if (this.#taken === undefined) this.onFirstRead?.();
    this.#isReleased = true;
  }

  /** Fails where the body went through somebody who did not keep it, as `#take` does; undefined where it is still to be had. */
  get gone(): Later<Buffer> | undefined {
    if (this.#taken !== undefined) return Later.failed(new Error(TAKEN));
    return isRead(this.#raw) ? Later.failed(new Error(READ_ELSEWHERE)) : undefined;
  }

  /**
   * Makes sure of a body's length when the handler is done, so that one who never read it, or half of it, does not answer in
   * place of the 413 (LM-02). A stream that is still being read is left alone. Nothing, and no promise, where all is well already.
   *
   * Errors: BodyTooLarge; RequestAborted.
   */
  finish(maxBytes: () => number): PromiseLike<unknown> | undefined {
    if (this.refusal !== undefined) return Later.failed(this.refusal);
    const isStreaming = this.#stream !== undefined && !this.#stream.destroyed;
    if (!this.#head.isPresent || isStreaming || this.#isReleased) return undefined;
    const length = this.#head.contentLength;
    // What was announced and let pass cannot be too long: an answer need not wait for the rest of a large upload.
    const isLong = length !== undefined && length > MAX_DISCARDED_BYTES;
    if (this.#taken !== undefined) return isLong || this.#raw.readableEnded ? undefined : this.#taken;
    // A short body is left to node, which throws it away; a client that waits for a 100 has sent none.
    const isLeft = length === undefined ? this.onFirstRead !== undefined : length <= maxBytes();
    return isLeft ? undefined : this.#take(maxBytes(), () => {});
  }

  #open(maxBytes: number): Readable {
    const coding = parseContentCoding(this.#head.contentEncoding);
    const stream = new BodyStream(this.#raw, (onChunk) => this.#take(maxBytes, onChunk));
    if (coding === undefined) return stream;
    return inflate(stream, coding, maxBytes, () => this.refuse(new BodyTooLarge(maxBytes)));
  }

  #take(maxBytes: number, onChunk?: (chunk: Buffer) => void): Later<Buffer> {
    if (this.#taken !== undefined) return Later.failed(new Error(TAKEN));
    const isTooLong = this.#head.contentLength !== undefined && this.#head.contentLength > maxBytes;
    if (!isTooLong) this.onFirstRead?.();
    this.#taken = isTooLong ? Later.failed<Buffer>(this.refuseLonger(maxBytes)) : takeBody(this.#raw, maxBytes, this, onChunk);
    return this.#taken;
  }
}

function collectStream(stream: Readable): Later<Buffer> {
  const collected = new Later<Buffer>();
  stream.toArray().then(
    (chunks) => collected.resolve(joinChunks(chunks)),
    (error: unknown) => collected.reject(error),
  );
  return collected;
}
