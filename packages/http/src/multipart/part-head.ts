import { checkCharset } from "../body/media-type.ts";
import { HTTPException } from "../http-exception.ts";
import { parseDisposition } from "./disposition.ts";
import { keepFilename } from "./filename.ts";
import { MalformedMultipart } from "./malformed.ts";
import type { PartLines } from "./part-lines.ts";

/** What stands before the content of a part. */
export interface PartHead {
  readonly name: string;
  /** What is kept of the client's name of a file (`keepFilename`), `undefined` for a text field. */
  readonly filename: string | undefined;
  /** As the client claims it, which proves nothing. Of a file without one `application/octet-stream`. */
  readonly contentType: string;
}

/**
 * Reads the head of a part.
 *
 * Source: RFC 7578 §4.2, §4.4, §4.5; §4.7 for Content-Transfer-Encoding, which is out of use: one that would have to be decoded is
 *         refused, not passed on encoded.
 * Errors: MalformedMultipart (MP-04); HTTPException 415 for a text field in another charset or a transfer encoding.
 */
export function readPartHead(lines: PartLines, maxFieldNameBytes: number): PartHead {
  const [disposition, ...more] = lines.get("content-disposition") ?? [];
  if (disposition === undefined || more.length > 0) throw new MalformedMultipart("a part needs one Content-Disposition");
  const { name, filename } = parseDisposition(disposition);
  if (Buffer.byteLength(name) > maxFieldNameBytes) {
    throw new HTTPException(400, `The name of a field is longer than ${maxFieldNameBytes} bytes`);
  }
  const contentType = oneOf(lines, "content-type");
  checkTransferEncoding(oneOf(lines, "content-transfer-encoding"));
  if (filename === undefined) {
    checkCharset(contentType);
    return { name, filename, contentType: contentType ?? "text/plain" };
  }
  const isType = contentType !== undefined && MEDIA_TYPE.test(contentType);
  return { name, filename: keepFilename(filename), contentType: isType ? contentType : "application/octet-stream" };
}

/** Fit to be sent as a header again. */
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:[ \t]*;[\t\x20-\x7e]*)?$/;

/** Two readers of one that stands twice could read two. */
function oneOf(lines: PartLines, name: string): string | undefined {
  const [value, ...more] = lines.get(name) ?? [];
  if (more.length > 0) throw new MalformedMultipart(`a part has more than one ${name}`);
  return value;
}

function checkTransferEncoding(encoding: string | undefined): void {
  if (encoding !== undefined && !/^(?:7bit|8bit|binary)$/i.test(encoding)) {
    throw new HTTPException(415, "A part has an unsupported Content-Transfer-Encoding");
  }
}
