import { pipeline, type Readable, Transform } from "node:stream";
import type { Zlib } from "node:zlib";
import { HTTPException } from "../http-exception.ts";
import type { BodyStream } from "./body-stream.ts";
import { type ContentCoding, inflaters } from "./content-coding.ts";

/**
 * Undoes the coding of a body, with backpressure: of ten kilobytes that hold ten gigabytes, no more is inflated than the limit
 * and one chunk (LM-15).
 *
 * Errors: the stream fails with what `tooLarge` makes, once the inflated bytes are more than `maxBytes`; with HTTPException
 *         400 where the data is corrupt or truncated, or something follows it; as `source` does.
 */
export function inflate(source: BodyStream, coding: ContentCoding, maxBytes: number, tooLarge: () => Error): Readable {
  const inflater = inflaters[coding]();
  const limited = new InflatedBody(source, inflater, maxBytes, tooLarge);
  pipeline(source, inflater, limited, () => {}); // each error reaches the last stream, and its reader
  return limited;
}

class InflatedBody extends Transform {
  readonly #source: BodyStream;
  readonly #inflater: Zlib;
  readonly #tooLarge: () => Error;
  #left: number;

  constructor(source: BodyStream, inflater: Zlib, maxBytes: number, tooLarge: () => Error) {
    super();
    this.#source = source;
    this.#inflater = inflater;
    this.#left = maxBytes;
    this.#tooLarge = tooLarge;
  }

  override _transform(chunk: Buffer, _encoding: unknown, done: (error: Error | null, chunk?: Buffer) => void): void {
    this.#left -= chunk.length;
    if (this.#left < 0) done(this.#tooLarge());
    else done(null, chunk);
  }

  // zlib is done at the end of the data, which need not be the end of the body: what follows it would go unseen.
  override _flush(done: (error?: Error) => void): void {
    const check = (): void => {
      if (this.#inflater.bytesWritten === this.#source.length) done();
      else done(new HTTPException(400, "Bytes follow the end of the compressed body"));
    };
    if (this.#source.readableEnded) check();
    else this.#source.once("end", check);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    done(error && isZlibError(error) ? new HTTPException(400, "The compressed body is corrupt or truncated") : error);
  }
}

/** Of zlib's own: `Z_DATA_ERROR`, `Z_BUF_ERROR`; of brotli's: `ERR__ERROR_FORMAT_…`, `ERR_BROTLI_…`. */
function isZlibError(error: NodeJS.ErrnoException): boolean {
  return /^(?:Z_|ERR__ERROR_|ERR_BROTLI_|ERR_ZLIB_)/.test(error.code ?? "");
}
