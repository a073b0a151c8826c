import { checkCharset } from "../body/media-type.ts";
import { HTTPException } from "../http-exception.ts";
import { parseDisposition } from "./disposition.ts";
import { keepFilename } from "./filename.ts";
import { MalformedMultipart } from "./malformed.ts";

/** What stands before the content of a part. */
export interface PartHead {
  readonly name: string;
  /** What is kept of the client's name of a file (`keepFilename`), `undefined` for a text field. */
  readonly filename: string | undefined;
  /** As the client claims it, which proves nothing. Of a file without one `application/octet-stream`. */
  readonly contentType: string;
}

/** The lines of a part's head by lower-case name, byte by byte as Latin-1. */
export type PartLines = Readonly<Record<string, readonly string[]>>;

/** More than any client sends: name, filename and type. */
export const maxPartHead = { lines: 32, bytes: 8 * 1024 };

/**
 * Reads the head of a part.
 *
 * Source: RFC 7578 §4.2, §4.4, §4.5; §4.7 for Content-Transfer-Encoding, which is out of use: one that would have to be decoded is
 *         refused, not passed on encoded.
 * Errors: MalformedMultipart (MP-04); HTTPException 415 for a text field in another charset or a transfer encoding.
 */
export function readPartHead(lines: PartLines, maxFieldNameBytes: number): PartHead {
  checkSize(lines);
  const [disposition, ...more] = lines["content-disposition"] ?? [];
  if (disposition === undefined || more.length > 0) throw new MalformedMultipart("a part needs one Content-Disposition");
  const { name, filename } = parseDisposition(disposition);
  if (Buffer.byteLength(name) > maxFieldNameBytes) {
    throw new HTTPException(400, `The name of a field is longer than ${maxFieldNameBytes} bytes`);
  }
  const contentType = lines["content-type"]?.[0]?.trim();
  checkTransferEncoding(lines["content-transfer-encoding"]?.[0]);
  if (filename === undefined) {
    checkCharset(contentType);
    return { name, filename, contentType: contentType ?? "text/plain" };
  }
  const isType = contentType !== undefined && MEDIA_TYPE.test(contentType);
  return { name, filename: keepFilename(filename), contentType: isType ? contentType : "application/octet-stream" };
}

/** Fit to be sent as a header again. */
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:[ \t]*;[\t\x20-\x7e]*)?$/;

function checkSize(lines: PartLines): void {
  let count = 0;
  let bytes = 0;
  for (const [name, values] of Object.entries(lines)) {
    count += values.length;
    for (const value of values) bytes += name.length + value.length;
  }
  if (count > maxPartHead.lines) throw new HTTPException(400, `A part has more than ${maxPartHead.lines} headers`);
  if (bytes > maxPartHead.bytes) throw new HTTPException(400, `The headers of a part are longer than ${maxPartHead.bytes} bytes`);
}

function checkTransferEncoding(encoding: string | undefined): void {
  if (encoding !== undefined && !/^(?:7bit|8bit|binary)$/i.test(encoding.trim())) {
    throw new HTTPException(415, "A part has an unsupported Content-Transfer-Encoding");
  }
}
