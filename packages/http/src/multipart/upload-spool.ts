import { nodeCrypto } from "../node-modules.ts";
import { rmSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HTTPException } from "../http-exception.ts";

/**
 * The temporary files of one request. Each is made for its owner only, under a random name that owes nothing to the client, and
 * is gone when the request is over.
 */
export class UploadSpool {
  readonly #directory: string;
  readonly #paths = new Set<string>();
  #isDiscarded = false;

  constructor(directory: string = tmpdir()) {
    this.#directory = directory;
  }

  /** Errors: of the file system. */
  async create(): Promise<{ path: string; file: FileHandle }> {
    const path = join(this.#directory, `madeleine-upload-${nodeCrypto().randomBytes(16).toString("hex")}`);
    this.keep(path);
    const file = await open(path, "wx", 0o600); // "wx": never through a link that somebody laid there
    if (!this.#isDiscarded) return { path, file };
    await file.close();
    await this.discard();
    throw new Error("The request of this upload is over");
  }

  /** Whether its files are gone. */
  get isDiscarded(): boolean {
    return this.#isDiscarded;
  }

  keep(path: string): void {
    this.#paths.add(path);
    leftOver.add(path);
    removeAtExit();
  }

  /** Leaves a file where it is: it was moved to where somebody wants it. */
  release(path: string): void {
    this.#paths.delete(path);
    leftOver.delete(path);
  }

  /** Removes every file, as often as it is called. It never fails: a file that cannot be removed is tried again at exit. */
  async discard(): Promise<void> {
    this.#isDiscarded = true;
    for (const path of this.#paths) {
      await rm(path, { force: true }).then(
        () => this.release(path),
        () => {},
      );
    }
  }
}

/** Of all requests of this process. */
const leftOver = new Set<string>();
let isWatching = false;

function removeAtExit(): void {
  if (isWatching) return;
  isWatching = true;
  process.once("exit", () => {
    for (const path of leftOver) rmSync(path, { force: true });
  });
}

/**
 * What a client is told when its file cannot be stored: 507 where there is no room, 503 where no more files can be open, each
 * with its cause for the log. Any other error is the developer's.
 */
export function toStorageError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG")
    return Object.assign(new HTTPException(507, "There is no room for the upload"), { cause: error });
  if (code === "EMFILE" || code === "ENFILE")
    return Object.assign(new HTTPException(503, "The upload cannot be stored now"), { cause: error });
  return error;
}
