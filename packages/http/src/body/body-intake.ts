import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { RequestHeaders } from "../headers/request-headers.ts";
import { HTTPException } from "../http-exception.ts";
import { BodyStream } from "./body-stream.ts";
import { parseContentCoding } from "./content-coding.ts";
import { BodyTooLarge } from "./errors.ts";
import { inflate } from "./inflate.ts";
import { discardRest, MAX_DISCARDED_BYTES, refuseBody } from "./refusal.ts";
import { collect, takeBody } from "./take-body.ts";

const TAKEN = "This body was already taken: request.stream(), form(), uploads() and jsonLines() go through it once";

/**
 * Takes the body of a request off its connection: once, within a limit, inflated, and so that the next request finds the
 * connection in order.
 *
 * Errors: BodyTooLarge (413), before the first byte where Content-Length already says so. RequestAborted. HTTPException 415 for
 *         a Content-Encoding that is not read, 400 for one that does not hold.
 */
export class BodyIntake {
  /** Called before the first reading: where the answer to `Expect: 100-continue` belongs (RFC 9110 §10.1.1, LM-11). */
  onFirstRead: (() => void) | undefined;
  /** The 413 that this body has earned. It stands also when the handler swallowed it (LM-02). */
  refusal: HTTPException | undefined;
  /** False without Content-Length and Transfer-Encoding (RFC 9112 §6.3), or with a length of 0. Such a body is never waited for. */
  readonly isPresent: boolean;

  readonly #raw: IncomingMessage;
  readonly #headers: RequestHeaders;
  readonly #contentLength: number | undefined;
  #taken: Promise<void> | undefined;
  #stream: Readable | undefined;
  #isRefused = false;
  #isReleased = false;

  constructor(raw: IncomingMessage, headers: RequestHeaders) {
    this.#raw = raw;
    this.#headers = headers;
    const contentLength = headers.get("content-length");
    this.#contentLength = contentLength === undefined ? undefined : Number(contentLength);
    this.isPresent = this.#contentLength === undefined ? headers.has("transfer-encoding") : this.#contentLength > 0;
  }

  /** The whole body in one buffer. */
  async collect(maxBytes: number): Promise<Buffer> {
    if (!this.isPresent) return Buffer.alloc(0);
    const isPlain = parseContentCoding(this.#headers.get("content-encoding")) === undefined;
    if (isPlain) return collect((onChunk) => this.#take(onChunk, maxBytes)); // a stream would cost 5 µs more
    return Buffer.concat(await this.open(maxBytes).toArray());
  }

  /** The body as it comes, with backpressure. */
  open(maxBytes: number): Readable {
    const stream = this.isPresent ? this.#open(maxBytes) : Readable.from([]);
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

  /** Lets go of a stream that nobody will read to its end: it would hold the connection's next request back for ever. */
  abandon(): void {
    this.#stream?.destroy();
  }

  /** Leaves the body to somebody else, who is not to wait for a client that waits for a 100. */
  release(): void {
    if (this.#taken === undefined) this.onFirstRead?.();
    this.#isReleased = true;
  }

  /**
   * Makes sure of a body's length when the handler is done, so that one who never read it, or half of it, does not answer in
   * place of the 413 (LM-02). A stream that is still being read is left alone.
   *
   * Errors: BodyTooLarge; RequestAborted.
   */
  async finish(maxBytes: () => number): Promise<void> {
    if (this.refusal !== undefined) throw this.refusal;
    const isStreaming = this.#stream !== undefined && !this.#stream.destroyed;
    if (!this.isPresent || isStreaming || this.#isReleased) return;
    const length = this.#contentLength;
    // What was announced and let pass cannot be too long: an answer need not wait for the rest of a large upload.
    if (this.#taken !== undefined) return length !== undefined && length > MAX_DISCARDED_BYTES ? undefined : this.#taken;
    this.#checkLength(maxBytes());
    // A short body is left to node, which throws it away; a client that waits for a 100 has sent none.
    if (length === undefined && this.onFirstRead === undefined) await this.#take(() => {}, maxBytes());
  }

  #open(maxBytes: number): Readable {
    const coding = parseContentCoding(this.#headers.get("content-encoding"));
    const stream = new BodyStream(this.#raw, (onChunk) => this.#take(onChunk, maxBytes));
    if (coding === undefined) return stream;
    return inflate(stream, coding, maxBytes, () => this.refuse(new BodyTooLarge(maxBytes)));
  }

  #take(onChunk: (chunk: Buffer) => void, maxBytes: number): Promise<void> {
    if (this.#taken !== undefined) return Promise.reject(new Error(TAKEN));
    this.#taken = this.#takeWithin(onChunk, maxBytes);
    this.#taken.catch((error: unknown) => {
      if (error instanceof BodyTooLarge) this.refusal ??= error;
    });
    return this.#taken;
  }

  async #takeWithin(onChunk: (chunk: Buffer) => void, maxBytes: number): Promise<void> {
    this.#checkLength(maxBytes);
    this.onFirstRead?.();
    await takeBody(this.#raw, maxBytes, onChunk);
  }

  #checkLength(maxBytes: number): void {
    if (this.#contentLength === undefined || this.#contentLength <= maxBytes) return;
    this.refusal ??= refuseBody(this.#raw, maxBytes, this.#contentLength);
    throw this.refusal;
  }
}
