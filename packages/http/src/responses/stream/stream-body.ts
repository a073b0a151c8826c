import type { AnsweredRequest } from "../answered-request.ts";
import type { Response } from "../response.ts";
import { carriesContent, LazyBody } from "./lazy-body.ts";
import type { Source } from "./source.ts";
import { announcedLength, checkChunk, StreamLengthError, type Chunk } from "./chunk.ts";

/**
 * A body that comes in chunks, once. Iterated, it gives them as they were checked: text or bytes, none of them empty.
 *
 * Its first chunk is waited for before the head is written, so that what fails at once is answered as an error. Only an event stream waits
 * no longer than 100 ms: its client wants to know that it is connected, and the first event may be hours away.
 *
 * Errors: StreamChunkError, StreamLengthError, and whatever the source throws.
 */
export class StreamBody extends LazyBody implements AsyncIterable<Chunk> {
  #source: Source<unknown>;
  #length: number | undefined;
  #first: Promise<Chunk | undefined> | undefined;
  #closing: Promise<void> | undefined;
  #isTaken = false;
  #chunks = 0;
  #bytes = 0;

  constructor(source: Source<unknown>, length?: number) {
    super();
    this.#source = source;
    this.#length = length;
  }

  get length(): number | undefined {
    return this.#length;
  }

  async prepare(response: Response, request: AnsweredRequest): Promise<Response> {
    this.#length ??= announcedLength(response);
    if (!carriesContent(response.status, request.method)) await this.close();
    else await this.#begin(response.contentType?.startsWith("text/event-stream") ? EVENT_GRACE_MS : undefined, request.signal);
    return response;
  }

  /** Claims the chunks: two requests that are given one stream would each get half of it. */
  take(): () => Promise<Chunk | undefined> {
    if (this.#isTaken || (this.#closing !== undefined && this.#first === undefined)) {
      throw new TypeError(
        "A stream can be sent once, and this one was. mend: make the response in the handler, for each request",
      );
    }
    this.#isTaken = true;
    return () => {
      const first = this.#first ?? this.#pull();
      this.#first = undefined;
      return first;
    };
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#source.close());
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk, void, void> {
    const next = this.take();
    try {
      for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
    } finally {
      await this.close();
    }
  }

  async #begin(graceMs: number | undefined, signal: AbortSignal | undefined): Promise<void> {
    if (this.#isTaken || this.#first !== undefined) return;
    this.#first = this.#pull();
    this.#first.catch(() => {}); // may fail after the wait was given up, and is heard of when it is taken
    const leave = (): void => void this.close().catch(() => {}); // whoever takes the chunks hears of it
    if (signal?.aborted === true) leave();
    signal?.addEventListener("abort", leave, { once: true });
    try {
      await (graceMs === undefined ? this.#first : within(graceMs, this.#first));
    } catch (error) {
      this.#first = undefined;
      await this.close();
      throw error;
    } finally {
      signal?.removeEventListener("abort", leave);
    }
  }

  async #pull(): Promise<Chunk | undefined> {
    for (;;) {
      const { done, value } = await this.#source.next();
      if (done === true) return this.#end();
      const chunk = checkChunk(value, this.#chunks++);
      if (chunk.length > 0) return this.#count(chunk);
    }
  }

  // More than was announced would be read as the beginning of the next response (RFC 9112 §6.3).
  #count(chunk: Chunk): Chunk {
    if (this.#length === undefined) return chunk;
    this.#bytes += typeof chunk === "string" ? Buffer.byteLength(chunk) : chunk.byteLength;
    if (this.#bytes > this.#length) throw new StreamLengthError(this.#length, this.#bytes);
    return chunk;
  }

  #end(): undefined {
    if (this.#length !== undefined && this.#bytes < this.#length && this.#closing === undefined)
      throw new StreamLengthError(this.#length, this.#bytes);
  }
}

const EVENT_GRACE_MS = 100;

/** Waits for a promise, but not for long. */
async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
