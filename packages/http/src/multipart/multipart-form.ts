import { BodyTooLarge } from "../body/errors.ts";
import { FormFields } from "../body/form-fields.ts";
import { receiveFile } from "./receive-file.ts";
import type { UploadPart } from "./upload-part.ts";
import type { UploadSpool } from "./upload-spool.ts";
import type { UploadedFile } from "./uploaded-file.ts";

/** What a form may hold in memory. */
export interface FormMemory {
  /** The text fields together. */
  readonly maxBodyBytes: number;
  /** A file, before it goes to the spool. */
  readonly maxMemoryFileBytes: number;
}

/**
 * Reads a whole multipart form. A file input that was left empty is no file: browsers send a part without name and content for it.
 *
 * Errors: those of the parts and `receiveFile`; BodyTooLarge for more text than a body may have. Of what it read until then
 *         nothing stays.
 */
export async function readMultipartForm(
  parts: AsyncIterable<UploadPart>,
  spool: UploadSpool,
  { maxBodyBytes, maxMemoryFileBytes }: FormMemory,
): Promise<FormFields> {
  const texts = new Map<string, string[]>(); // Maps: a field may be named "__proto__" (MP-07)
  const files = new Map<string, UploadedFile[]>();
  let textBytes = 0;
  try {
    for await (const part of parts) {
      if (part.isFile) {
        const file = await receiveFile(part, spool, maxMemoryFileBytes);
        if (file.filename !== "" || file.size > 0) add(files, part.name, file);
        continue;
      }
      const text = await part.text();
      textBytes += Buffer.byteLength(text);
      if (textBytes > maxBodyBytes) throw new BodyTooLarge(maxBodyBytes);
      add(texts, part.name, text);
    }
  } catch (error) {
    await spool.discard();
    throw error;
  }
  return new FormFields(texts, files);
}

function add<Value>(values: Map<string, Value[]>, name: string, value: Value): void {
  const present = values.get(name);
  if (present === undefined) values.set(name, [value]);
  else present.push(value);
}
