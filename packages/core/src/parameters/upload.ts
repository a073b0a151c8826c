import type { Param } from "@madeleine/di";
import type { UploadedFile } from "@madeleine/http";
import { amount, bytes, checkOptions, flag, type Rules } from "../check-options.ts";
import { toSource } from "./source.ts";
import type { UploadOptions } from "./upload-options.ts";

/** What an upload of these options provides. */
export type Uploaded<Options> = Options extends { readonly many: true }
  ? UploadedFile[]
  : Options extends { readonly optional: true }
    ? UploadedFile | undefined
    : UploadedFile;

/**
 * A file of a multipart form, under the parameter's own name or another one. It is removed when the request is over: `saveTo` keeps it.
 *
 * Shape:  `Upload()` is an `UploadedFile`, `Upload({ optional: true })` one or undefined, `Upload("photos", { many: true, maxFiles: 5 })` a list of at
 *         least one, and with `optional: true` a list that may be empty. A file input that was left empty is no file.
 * Units:  `maxBytes` of one file, `maxFiles` of the name.
 * Errors: 422 `missing` for none, `value_error` for text in its place; 413 for a file that is too long, 400 for too many.
 */
export function Upload<const Options extends UploadOptions = {}>(options?: Options): Param<Uploaded<Options>>;
export function Upload<const Options extends UploadOptions = {}>(name: string, options?: Options): Param<Uploaded<Options>>;
export function Upload(first?: unknown, second?: unknown): unknown {
  const [name, options = {}] = typeof first === "string" ? [first, second] : [undefined, first];
  if (typeof options !== "object" || options === null || "_zod" in options || (first === options && second !== undefined))
    throw new TypeError("@Upload(…) takes a name, options, or a name and options; a file has no schema");
  checkOptions((option) => `@Upload({ ${option} })`, options, rules);
  return toSource({ in: "upload", ownName: name, files: options });
}

const rules: Rules<UploadOptions> = {
  many: flag,
  optional: flag,
  maxBytes: bytes,
  maxFiles: amount("a number of files, such as 5"),
};
