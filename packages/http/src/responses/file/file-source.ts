import { Source } from "../stream/source.ts";
import type { Chunk } from "../stream/chunk.ts";
import type { Piece } from "./byteranges.ts";
import { FileError, type OpenFile } from "./open-file.ts";
import type { ByteRange } from "./ranges.ts";

/**
 * Reads pieces of an open file, never more than was announced.
 *
 * Cost:   64 KiB in memory.
 * Errors: FileError where the file is shorter than it was, or was written anew (SF-07): half of one version and half of another are
 *         worse than an answer that breaks off. One that only grew, as a log does, still has what was announced.
 */
export class FileSource extends Source<Chunk> {
  readonly #file: OpenFile;
  readonly #pieces: readonly Piece[];
  #piece = 0;
  #read = 0;

  constructor(file: OpenFile, pieces: readonly Piece[]) {
    super();
    this.#file = file;
    this.#pieces = pieces;
  }

  async next(): Promise<IteratorResult<Chunk, undefined>> {
    const piece = this.#pieces[this.#piece];
    if (piece === undefined) return { done: true, value: undefined };
    if (typeof piece === "string") {
      this.#piece++;
      return { done: false, value: piece };
    }
    return { done: false, value: await this.#readSome(piece) };
  }

  // A FileHandle waits for what is being read, so that no read goes to another file that gets its number.
  close(): Promise<void> {
    return this.#file.handle.close();
  }

  async #readSome({ start, end }: ByteRange): Promise<Chunk> {
    const position = start + this.#read;
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end + 1 - position));
    const { bytesRead } = await this.#file.handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) throw new FileError(this.#file.path, "became shorter while it was sent");
    this.#read += bytesRead;
    if (start + this.#read > end) {
      this.#piece++;
      this.#read = 0;
      await this.#checkUnchanged();
    }
    return buffer.subarray(0, bytesRead);
  }

  // Before the last bytes of a part leave: without them the client sees that the part is not whole.
  async #checkUnchanged(): Promise<void> {
    const { size, mtimeMs } = await this.#file.handle.stat();
    const isUnchanged = mtimeMs === this.#file.mtimeMs || size > this.#file.size;
    if (!isUnchanged) throw new FileError(this.#file.path, "was changed while it was sent");
  }
}

const CHUNK_BYTES = 65_536;
