import type { FileHandle } from "node:fs/promises";
import type { UploadPart } from "./upload-part.ts";
import { toStorageError, type UploadSpool } from "./upload-spool.ts";
import { UploadedFile } from "./uploaded-file.ts";

/**
 * Receives a file: up to `maxMemoryBytes` in memory, a longer one on disk, written while it arrives and without blocking the
 * loop (MP-12).
 *
 * Errors: those of the part; HTTPException 507 for a full disk (MP-13), 503 for too many open files. The spool removes what was
 *         written until then.
 */
export async function receiveFile(part: UploadPart, spool: UploadSpool, maxMemoryBytes: number): Promise<UploadedFile> {
  const store = new GrowingFile(spool, maxMemoryBytes);
  try {
    for await (const chunk of part.stream() as AsyncIterable<Buffer>) await store.add(chunk);
    return store.toUploadedFile({ filename: part.filename ?? "", contentType: part.contentType });
  } finally {
    await store.close();
  }
}

/** In memory until it is too long for that, and from then on disk. */
class GrowingFile {
  readonly #spool: UploadSpool;
  readonly #maxMemoryBytes: number;
  #held: Buffer[] = [];
  #size = 0;
  #disk: { readonly path: string; readonly file: FileHandle } | undefined;

  constructor(spool: UploadSpool, maxMemoryBytes: number) {
    this.#spool = spool;
    this.#maxMemoryBytes = maxMemoryBytes;
  }

  async add(chunk: Buffer): Promise<void> {
    this.#held.push(chunk);
    this.#size += chunk.length;
    if (this.#size <= this.#maxMemoryBytes) return;
    try {
      this.#disk ??= await this.#spool.create();
      for (const held of this.#held.splice(0)) await this.#disk.file.appendFile(held); // the whole of it: `write` may do a part
    } catch (error) {
      throw toStorageError(error);
    }
  }

  toUploadedFile(head: { filename: string; contentType: string }): UploadedFile {
    const content = this.#disk === undefined ? Buffer.concat(this.#held) : { path: this.#disk.path, spool: this.#spool };
    return new UploadedFile(head, content, this.#size);
  }

  async close(): Promise<void> {
    await this.#disk?.file.close();
  }
}
