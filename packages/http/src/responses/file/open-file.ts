import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { HTTPException } from "../../http-exception.ts";

/** A file that cannot be sent. The server's mistake: what a client may ask for is decided before a FileResponse is made. */
export class FileError extends Error {
  override readonly name = "FileError";
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`${path} ${problem}`, options);
    this.path = path;
  }
}

/** A file that is open, and how it was when it was opened. */
export interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * Opens a file to be sent. What is asked about it is asked of what is open: between two looks at a path it may become another file.
 *
 * Errors: FileError where it does not exist, cannot be read, or is no regular file; HTTPException 503 where no more files can be
 *         open (OP-08).
 */
export async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, FLAGS).catch((cause: NodeJS.ErrnoException) => {
    throw toOpenError(path, cause);
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile())
      throw new FileError(path, `is ${stats.isDirectory() ? "a directory" : "no regular file"}. mend: name a file`);
    return { path, handle, size: stats.size, mtimeMs: stats.mtimeMs };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function toOpenError(path: string, cause: NodeJS.ErrnoException): Error {
  const code = cause.code ?? "";
  if (code !== "EMFILE" && code !== "ENFILE") return new FileError(path, PROBLEMS.get(code) ?? "cannot be opened", { cause });
  return Object.assign(new HTTPException(503, undefined, { "retry-after": "1" }), { cause });
}

// Opening a pipe that nobody writes to would wait for ever, and hold one of node's four threads.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const PROBLEMS = new Map([
  ["ENOENT", "does not exist. mend: answer 404 before, where the client chose it: throw new HTTPException(404)"],
  ["EACCES", "may not be read by this process"],
  ["ERR_INVALID_ARG_VALUE", "is no path: it has a null byte"],
]);
