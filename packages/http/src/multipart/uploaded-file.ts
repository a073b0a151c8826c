import { createReadStream } from "node:fs";
import { chmod, copyFile, readFile, rename, rm, writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { decodeText } from "../body/text.ts";
import type { UploadSpool } from "./upload-spool.ts";

/** Where the content of a file is: in memory, or on disk, as long as its spool holds it or where somebody saved it. */
export type StoredContent = Buffer | { readonly path: string; readonly spool: UploadSpool | undefined };

/**
 * A file that a client sent in a form. It lasts as long as its request: `saveTo` keeps it.
 *
 * Shape: `filename "photo.png"`, `contentType "image/png"`, `size 68_321`.
 */
export class UploadedFile {
  /** What is kept of the client's name: its last segment, without control characters. Words to show, never a path to open. */
  readonly filename: string;
  /** As the client claims it: it proves nothing of the content (MP-14). `application/octet-stream` where it claims none. */
  readonly contentType: string;
  /** Units: bytes. */
  readonly size: number;
  #content: StoredContent;

  constructor(head: { readonly filename: string; readonly contentType: string }, content: StoredContent, size: number) {
    this.filename = head.filename;
    this.contentType = head.contentType;
    this.size = size;
    this.#content = content;
  }

  /** The content, as often as it is asked for. */
  stream(): Readable {
    const path = this.#path();
    return path === undefined ? Readable.from([this.#content as Buffer], { objectMode: false }) : createReadStream(path);
  }

  /** The content in one buffer. */
  async bytes(): Promise<Buffer> {
    const path = this.#path();
    return path === undefined ? (this.#content as Buffer) : readFile(path);
  }

  /** Errors: HTTPException 400 for bytes that are no UTF-8. */
  async text(): Promise<string> {
    return decodeText(await this.bytes());
  }

  /**
   * Keeps the file under this path, in place of what is there; the directory must exist. A path that is made of what a client
   * sent leads anywhere: make one of your own.
   *
   * Cost:   a longer file is moved, and copied only from one file system to another.
   * Units:  `mode` as chmod takes it; without one, only the user that runs the server may read it.
   * Errors: of the file system.
   */
  async saveTo(path: string, { mode = 0o600 }: { readonly mode?: number } = {}): Promise<void> {
    const stored = this.#path();
    if (stored === undefined) await writeFile(path, this.#content as Buffer, { mode });
    else await this.#saveFile(stored, path);
    await chmod(path, mode); // the process's mask, or a file that was there, may say otherwise
  }

  async #saveFile(from: string, to: string): Promise<void> {
    const { spool } = this.#content as Exclude<StoredContent, Buffer>;
    if (spool === undefined) return copyFile(from, to); // saved before: there it stays
    await move(from, to);
    spool.release(from);
    this.#content = { path: to, spool: undefined };
  }

  /** Of a file on disk. Errors: the developer's, after the end of the request. */
  #path(): string | undefined {
    const content = this.#content;
    if (Buffer.isBuffer(content)) return undefined;
    if (content.spool?.isDiscarded !== true) return content.path;
    throw new Error(`The upload ${JSON.stringify(this.filename)} was removed when its request ended: saveTo() keeps one`);
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await copyFile(from, to);
    await rm(from, { force: true });
  }
}
