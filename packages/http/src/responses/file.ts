import { fileURLToPath } from "node:url";
import { writeDisposition, type Disposition } from "./file/content-disposition.ts";
import { FileBody } from "./file/file-body.ts";
import { mediaTypeOf } from "./file/media-types.ts";
import { Response, type ResponseInit } from "./response.ts";

/** What a file response begins with. */
export interface FileInit extends ResponseInit {
  /** The name under which a browser saves it. */
  readonly filename?: string | undefined;
  /** Whether it is saved or shown; with a `filename` it is saved unless told otherwise. */
  readonly disposition?: Disposition | undefined;
}

/**
 * A response that sends a file, or the parts of it that the client asks for.
 *
 * Shape:  `new FileResponse("reports/7.pdf", { filename: "Report.pdf" })`. Its type follows from the extension; one that nobody knows
 *         is `application/octet-stream`. A relative path is one from where the process was started.
 * Cost:   64 KiB in memory, however large the file and slow the client.
 * Source: RFC 9110 §13 (conditions), §14 (ranges), RFC 6266 (names).
 * Errors: FileError, a bare 500, for a file that does not exist or is none: nothing checks here what a client may ask for. A path that a
 *         client chose has to be checked before.
 */
export class FileResponse extends Response {
  constructor(path: string | URL, init?: FileInit) {
    const file = typeof path === "string" ? path : fileURLToPath(path);
    const { filename, disposition = filename === undefined ? undefined : "attachment" } = init ?? {};
    super(new FileBody(file, disposition && writeDisposition(disposition, filename)), init);
    this.mediaType ??= mediaTypeOf(filename ?? "") ?? mediaTypeOf(file) ?? "application/octet-stream";
  }
}
