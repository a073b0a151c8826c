import { HeaderError } from "../header-rules.ts";
import type { Response } from "../response.ts";

/** What a stream is made of: text, sent as UTF-8, or bytes. */
export type Chunk = string | Uint8Array;

/** A stream gave something that is neither text nor bytes. Always a programmer's mistake. */
export class StreamChunkError extends TypeError {
  override readonly name = "StreamChunkError";
  /** Which one, the first being 0. */
  readonly index: number;

  constructor(index: number, chunk: unknown) {
    super(
      `Chunk ${index} of the stream is ${kindOf(chunk)}, not text or bytes. mend: String(chunk), or new JSONLinesResponse(source)`,
    );
    this.index = index;
  }
}

/** A stream has not as many bytes as its Content-Length announced. */
export class StreamLengthError extends RangeError {
  override readonly name = "StreamLengthError";

  constructor(announced: number, actual: number) {
    const problem = actual > announced ? `and goes on, with ${actual} or more` : `but ended after ${actual}`;
    super(`The stream was announced with ${announced} bytes ${problem}. mend: the right contentLength, or none`);
  }
}

/** Errors: StreamChunkError (ST-14). */
export function checkChunk(chunk: unknown, index: number): Chunk {
  if (typeof chunk === "string" || chunk instanceof Uint8Array) return chunk;
  throw new StreamChunkError(index, chunk);
}

/**
 * The length of a stream that a header of its response announces.
 *
 * Errors: HeaderError for one that is no number of bytes.
 */
export function announcedLength(response: Response): number | undefined {
  const header = response.hasHeaders ? response.headers.get("content-length") : undefined;
  if (header === undefined) return undefined;
  const length = /^\d+$/.test(header) ? Number(header) : Number.NaN;
  if (Number.isSafeInteger(length)) return length;
  throw new HeaderError("content-length", "it is no number of bytes", "String(bytes), or leave it out");
}

/** Gives the length back. Errors: RangeError. */
export function checkLength(length: number | undefined): number | undefined {
  if (length === undefined || (Number.isSafeInteger(length) && length >= 0)) return length;
  throw new RangeError(
    `contentLength is ${String(length)}, which is no number of bytes. mend: an integer from 0, or leave it out`,
  );
}

function kindOf(chunk: unknown): string {
  if (chunk === null || chunk === undefined) return String(chunk);
  if (typeof chunk !== "object") return `of type ${typeof chunk}`;
  return `a ${Object.prototype.toString.call(chunk).slice("[object ".length, -1)}`;
}
