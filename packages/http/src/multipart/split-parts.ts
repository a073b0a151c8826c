import type { Readable } from "node:stream";
import type { Dicer } from "@fastify/busboy";
import { MalformedMultipart } from "./malformed.ts";
import { Outlet } from "./outlet.ts";
import { PartContent } from "./part-content.ts";
import { maxPartHead, type PartLines } from "./part-head.ts";

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
  source.on("error", () => {}); // one that comes while the splitter is loaded is met by whoever begins to read
  const LoadedDicer = await loadDicer();
  const splitter = new Splitter(source, new LoadedDicer(dicerOptions(boundary)));
  try {
    for await (const part of splitter.parts as AsyncIterable<SplitPart>) {
      yield part;
      part.content.destroy(new Error("This part was skipped: a part is read before the next one is asked for"));
    }
  } finally {
    splitter.stop();
  }
}

/** With the first body that has parts: most applications never see one, and all of them would start 6 ms later. */
function loadDicer(): Promise<typeof Dicer> {
  return (loading ??= import("@fastify/busboy").then(({ Dicer }) => Dicer));
}

let loading: Promise<typeof Dicer> | undefined;

class Splitter {
  readonly parts = new Outlet({ objectMode: true, highWaterMark: 1 });
  readonly #source: Readable;
  readonly #dicer: Dicer;
  readonly #ends: Promise<void>[] = [];
  #content: PartContent | undefined;

  constructor(source: Readable, dicer: Dicer) {
    this.#source = source;
    this.#dicer = dicer;
    this.#dicer.on("part", (part) => this.#ends.push(this.#receive(part)));
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

  async #run(): Promise<void> {
    const settled = new Promise<void>((resolve, reject) => {
      this.#dicer.on("finish", resolve);
      this.#dicer.on("error", () => reject(new MalformedMultipart("the body ends before its last boundary")));
    });
    settled.catch(() => {}); // waited for at the end; until then it is nobody's
    for await (const chunk of this.#source as AsyncIterable<Buffer>) {
      await this.#split(chunk);
      await this.parts.room();
      await this.#content?.room();
    }
    this.#dicer.end();
    await settled;
    await Promise.all(this.#ends);
  }

  /** Done when all of a chunk has been told. After the last boundary no more is split: the rest is an epilogue. */
  #split(chunk: Buffer): Promise<void> | undefined {
    if (!this.#dicer.writable) return undefined;
    return new Promise((resolve) => void this.#dicer.write(chunk, () => resolve()));
  }

  /** Done at the end of the part. */
  #receive(part: Readable): Promise<void> {
    const content = new PartContent();
    const fail = (error: Error): void => {
      content.destroy(error);
      this.stop(error);
    };
    let hasHead = false;
    part.on("header", (lines: PartLines) => {
      hasHead = true;
      this.#content = content;
      this.parts.put({ lines, content, fail } satisfies SplitPart);
    });
    part.on("data", (chunk: Buffer) => content.put(chunk));
    part.on("error", () => {}); // the splitter's own error says the same
    return new Promise((resolve) => {
      part.on("end", () => {
        content.put(null);
        if (!hasHead) fail(new MalformedMultipart("a part has no head"));
        resolve();
      });
    });
  }
}

/** One line, and some bytes, more than are allowed: what is cut off there is refused when the head is read. */
function dicerOptions(boundary: string): { boundary: string; partHwm: number; maxHeaderPairs: number; maxHeaderSize: number } {
  const partHwm = Number.MAX_SAFE_INTEGER; // the outlets hold the source back; two who do so wait for each other
  return { boundary, partHwm, maxHeaderPairs: maxPartHead.lines + 1, maxHeaderSize: maxPartHead.bytes * 2 };
}
