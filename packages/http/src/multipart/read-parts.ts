import type { Readable } from "node:stream";
import { HTTPException } from "../http-exception.ts";
import type { FileLimits, UploadLimits } from "./limits.ts";
import { type PartHead, readPartHead } from "./part-head.ts";
import { splitParts } from "./split-parts.ts";
import { UploadPart } from "./upload-part.ts";

/** What is read of the parts of one body. */
export interface PartLimits extends Pick<UploadLimits, "maxFiles" | "maxFileBytes" | "maxFieldBytes" | "maxFieldNameBytes"> {
  /** Text fields. */
  readonly maxFields: number;
  /** For the files of some names, by name. */
  readonly files: ReadonlyMap<string, FileLimits>;
}

/** Told of a part that is too long, at once: its reader may swallow the error (LM-02). Gives the error back. */
export type Refuse = (reason: HTTPException) => HTTPException;

/**
 * Reads the parts of a multipart body in order, as they come.
 *
 * Errors: those of `splitParts` and `readPartHead`; HTTPException 400 for too many fields or files. The content of a part that is
 *         too long fails with 413, and the body with it.
 */
export async function* readParts(
  source: Readable,
  boundary: string,
  limits: PartLimits,
  refuse: Refuse,
): AsyncGenerator<UploadPart> {
  const count = countParts(limits);
  for await (const part of splitParts(source, boundary)) {
    const head = readPartHead(part.lines, limits.maxFieldNameBytes);
    count(head);
    const maxBytes = maxBytesOf(head, limits);
    part.content.limit(maxBytes, () => part.fail(refuse(tooLong(head, maxBytes))));
    yield new UploadPart(head, part.content);
  }
}

function countParts(limits: PartLimits): (head: PartHead) => void {
  const counts = new Map<string, number>(); // a Map: a field may be named "__proto__" (MP-07)
  let fields = 0;
  let files = 0;
  return ({ name, filename }) => {
    if (filename === undefined) {
      if (++fields > limits.maxFields) throw new HTTPException(400, `Too many fields: at most ${limits.maxFields} are read`);
      return;
    }
    if (++files > limits.maxFiles) throw new HTTPException(400, `Too many files: at most ${limits.maxFiles} are read`);
    const max = limits.files.get(name)?.maxFiles;
    if (max === undefined) return;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (count > max) throw new HTTPException(400, `Too many files for ${JSON.stringify(name)}: at most ${max} are read`);
  };
}

function maxBytesOf({ name, filename }: PartHead, limits: PartLimits): number {
  return filename === undefined ? limits.maxFieldBytes : (limits.files.get(name)?.maxBytes ?? limits.maxFileBytes);
}

function tooLong({ name, filename }: PartHead, maxBytes: number): HTTPException {
  const kind = filename === undefined ? "field" : "file";
  return new HTTPException(413, `The ${kind} ${JSON.stringify(name)} is longer than ${maxBytes} bytes`);
}
