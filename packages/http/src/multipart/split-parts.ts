import type { Readable } from "node:stream";
import { MalformedMultipart } from "./malformed.ts";
import { Outlet } from "./outlet.ts";
import { PartContent } from "./part-content.ts";
import type { PartLines } from "./part-lines.ts";
import { type PartListener, PartScanner } from "./part-scanner.ts";

/** A part as it stands in the body. */
export interface SplitPart {
  readonly lines: PartLines;
  /** Fails as the body does: truncated, too large, or given up by its client. */
  readonly content: PartContent;
  /** Ends the whole body with this error, for the reader of this part and for who asks for the next. */
  fail(error: Error): void;
}

/**
 * Splits a multipart body into its parts, in order, as they come. What is left unread of a part is skipped when the next one is
 * asked for, and the source is let go of at the end, whichever it is.
 *
 * Cost:   linear; memory for one chunk of the source, and 64 KiB of a part: nobody reading, nothing is taken.
 * Source: RFC 2046 §5.1.1: what stands before the first boundary and after the last one is no part.
 * Errors: those of the source; MalformedMultipart where a boundary is missing, the last one included (MP-08), or a head is no head.
 */
export async function* splitParts(source: Readable, boundary: string): AsyncGenerator<SplitPart> {
  const splitter = new Splitter(source, boundary);
  try {
    for await (const part of splitter.parts as AsyncIterable<SplitPart>) {
      yield part;
      part.content.destroy(new Error("This part was skipped: a part is read before the next one is asked for"));
    }
  } finally {
    splitter.stop();
  }
}

class Splitter implements PartListener {
  readonly parts = new Outlet({ objectMode: true, highWaterMark: 1 });
  readonly #source: Readable;
  readonly #scanner: PartScanner;
  #content: PartContent | undefined;

  constructor(source: Readable, boundary: string) {
    this.#source = source;
    this.#scanner = new PartScanner(boundary, this);
    void this.#run().then(
      () => this.parts.put(null),
      (error: Error) => this.stop(error),
    );
  }

  stop(error?: Error): void {
    this.#content?.destroy(error);
    this.parts.destroy(error);
    this.#source.destroy();
  }

  onHead(lines: PartLines): void {
    const content = new PartContent();
    this.#content = content;
    const fail = (error: Error): void => {
      content.destroy(error);
      this.stop(error);
    };
    this.parts.put({ lines, content, fail } satisfies SplitPart);
  }

  onContent(bytes: Buffer): void {
    this.#content?.put(bytes);
  }

  onEnd(): void {
    this.#content?.put(null);
  }

  async #run(): Promise<void> {
    for await (const chunk of this.#source as AsyncIterable<Buffer>) {
      this.#scanner.push(chunk);
      await this.parts.room();
      await this.#content?.room();
    }
    if (!this.#scanner.isComplete) throw new MalformedMultipart("the body ends before its last boundary");
  }
}
