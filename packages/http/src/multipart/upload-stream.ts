import type { UploadPart } from "./upload-part.ts";

/**
 * The parts of a multipart body in order, while they arrive: nothing is buffered, and nothing taken from the client that is not
 * asked for. It can be gone through once; leaving the loop early lets go of the rest.
 *
 * Errors: HTTPException 415 where the body is no `multipart/form-data`, 400 where it is malformed or truncated, 413 over a
 *         limit; RequestAborted when the client goes away.
 */
export class UploadStream implements AsyncIterable<UploadPart> {
  readonly #parts: () => AsyncGenerator<UploadPart>;

  constructor(parts: () => AsyncGenerator<UploadPart>) {
    this.#parts = parts;
  }

  [Symbol.asyncIterator](): AsyncGenerator<UploadPart> {
    return this.#parts();
  }
}
