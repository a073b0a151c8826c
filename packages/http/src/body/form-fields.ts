import type { UploadedFile } from "../multipart/uploaded-file.ts";
import { Fields, parseUrlencoded } from "../query/fields.ts";

/**
 * The fields of a form: its texts here, its files in `files`. Of two with one name `get` gives the last.
 *
 * Shape: a form with a text `note` and a file `photo` has `get("note") → "hello"`, `files.get("photo") → UploadedFile`.
 */
export class FormFields extends Fields {
  /** Empty for an urlencoded form, which has none. */
  readonly files: Fields<UploadedFile>;

  constructor(texts: ReadonlyMap<string, readonly string[]>, files: ReadonlyMap<string, readonly UploadedFile[]> = new Map()) {
    super(texts);
    this.files = new Fields(files);
  }
}

/**
 * Parses the text of an `application/x-www-form-urlencoded` body.
 *
 * Source: WHATWG URL §5.1.
 * Errors: HTTPException 400 for more than `maxFields` fields (JB-15).
 */
export function parseForm(text: string, maxFields: number): FormFields {
  return new FormFields(parseUrlencoded(text, maxFields));
}
