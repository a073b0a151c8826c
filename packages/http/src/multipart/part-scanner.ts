import { MalformedMultipart } from "./malformed.ts";
import { maxPartHead, parsePartLines, type PartLines, tooLongHead } from "./part-lines.ts";

/** Who is told what stands in a multipart body, in order. */
export interface PartListener {
  onHead(lines: PartLines): void;
  onContent(bytes: Buffer): void;
  /** The end of the part whose head came last. */
  onEnd(): void;
}

/**
 * Finds the parts of a multipart body in its bytes, wherever these are divided. Written here, as parsers of forms pass over a malformed
 * line of a head, and all that follow it (MP-04): a filename or a charset that a guard before this server has seen would go unseen.
 *
 * Cost:   linear; it holds back what may be the beginning of a delimiter, or a head.
 * Source: RFC 2046 §5.1.1: `CRLF--boundary` ends a part, whatever the rest of its line; after `--` nothing counts, nor before the first.
 * Errors: MalformedMultipart where a line goes on after a boundary, or a head is no head; HTTPException 400 for a head that is too long.
 */
export class PartScanner {
  readonly #delimiter: Buffer;
  readonly #listener: PartListener;
  #held: Buffer = CRLF; // the first delimiter may stand at the very beginning
  #place: "preamble" | "boundary" | "head" | "content" | "epilogue" = "preamble";

  constructor(boundary: string, listener: PartListener) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
    this.#listener = listener;
  }

  /** Whether the last boundary has come. */
  get isComplete(): boolean {
    return this.#place === "epilogue";
  }

  push(bytes: Buffer): void {
    if (this.isComplete) return;
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    while (this.#advance());
  }

  /** To the next place; false where more bytes have to come first. */
  #advance(): boolean {
    switch (this.#place) {
      case "preamble":
        return this.#skipTo(() => {});
      case "boundary":
        return this.#endBoundary();
      case "head":
        return this.#readHead();
      case "content":
        return this.#skipTo((bytes) => this.#listener.onContent(bytes)) && (this.#listener.onEnd(), true);
      case "epilogue":
        return false;
    }
  }

  /** To the next delimiter. */
  #skipTo(pass: (bytes: Buffer) => void): boolean {
    const at = this.#held.indexOf(this.#delimiter);
    const end = at === -1 ? this.#held.length - this.#delimiter.length + 1 : at;
    if (end > 0) pass(this.#held.subarray(0, end));
    if (at === -1) {
      if (end > 0) this.#held = this.#held.subarray(end);
      return false;
    }
    this.#held = this.#held.subarray(at + this.#delimiter.length);
    this.#place = "boundary";
    return true;
  }

  #endBoundary(): boolean {
    let at = 0;
    while (this.#held[at] === SPACE || this.#held[at] === TAB) at++; // padding, of any length
    this.#held = this.#held.subarray(at);
    if (this.#held.length < 2) return false;
    const end = this.#held.toString("latin1", 0, 2);
    if (end !== "\r\n" && end !== "--") throw new MalformedMultipart("a line goes on after its boundary");
    this.#place = end === "--" ? "epilogue" : "head";
    return true;
  }

  /** From the end of the boundary's line to the empty line. */
  #readHead(): boolean {
    const end = this.#held.indexOf("\r\n\r\n");
    const head = this.#held.subarray(0, end === -1 ? this.#held.length : end);
    if (head.includes(this.#delimiter)) throw new MalformedMultipart("a part has no head");
    if (head.length > maxPartHead.bytes) throw tooLongHead();
    if (end === -1) return false;
    this.#held = this.#held.subarray(end + 4);
    this.#place = "content";
    this.#listener.onHead(parsePartLines(head.toString("latin1", 2)));
    return true;
  }
}

const CRLF = Buffer.from("\r\n");
const SPACE = 0x20;
const TAB = 0x09;
