import type { Readable } from "node:stream";
import { decodeText } from "../body/text.ts";
import type { PartHead } from "./part-head.ts";

/**
 * A part of a multipart body while it arrives: a file, or a text field. What is left unread of it when the next part is asked
 * for is skipped.
 */
export class UploadPart implements PartHead {
  /** The name of the field. */
  readonly name: string;
  /**
   * What is kept of the client's name for a file, `undefined` for a text field: words to show, never a path to open. A file
   * input that was left empty is a file without content whose name is `""`.
   */
  readonly filename: string | undefined;
  /** As the client claims it: it proves nothing of the content (MP-14). */
  readonly contentType: string;
  readonly #content: Readable;

  constructor(head: PartHead, content: Readable) {
    this.name = head.name;
    this.filename = head.filename;
    this.contentType = head.contentType;
    this.#content = content;
  }

  get isFile(): boolean {
    return this.filename !== undefined;
  }

  /**
   * The content as it arrives, once, with backpressure to the client.
   *
   * Errors: the stream fails with HTTPException 413 over a limit, 400 where the body is malformed or truncated; RequestAborted.
   */
  stream(): Readable {
    return this.#content;
  }

  /** The content of a text field. Errors: those of `stream`; HTTPException 400 for bytes that are no UTF-8. */
  async text(): Promise<string> {
    return decodeText(Buffer.concat(await this.#content.toArray()));
  }
}
