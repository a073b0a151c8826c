import { nodeCrypto } from "../../node-modules.ts";
import type { ByteRange } from "./ranges.ts";

/** A piece of a body: text that is written as it is, or a part of a file. */
export type Piece = string | ByteRange;

/** Several parts of a file, as one body. */
export interface ByteRanges {
  readonly mediaType: string;
  readonly pieces: readonly Piece[];
}

/**
 * Writes several parts of a file as `multipart/byteranges`.
 *
 * Source: RFC 9110 §14.6, RFC 2046 §5.1.1. The boundary is random: nobody can put it into a file beforehand.
 */
export function writeByteRanges(ranges: readonly ByteRange[], size: number, contentType: string | undefined): ByteRanges {
  const boundary = nodeCrypto().randomBytes(13).toString("hex");
  const type = contentType === undefined ? "" : `Content-Type: ${contentType}\r\n`;
  const pieces: Piece[] = [];
  for (const range of ranges) {
    const start = pieces.length === 0 ? "" : "\r\n";
    pieces.push(`${start}--${boundary}\r\n${type}Content-Range: ${writeContentRange(range, size)}\r\n\r\n`, range);
  }
  pieces.push(`\r\n--${boundary}--`);
  return { mediaType: `multipart/byteranges; boundary=${boundary}`, pieces };
}

/** Shape: `"bytes 0-99/526"`; without a range, `"bytes *\/526"`, the answer to a range that the file does not have. */
export function writeContentRange(range: ByteRange | undefined, size: number): string {
  return `bytes ${range === undefined ? "*" : `${range.start}-${range.end}`}/${size}`;
}

/** In bytes. */
export function lengthOf(pieces: readonly Piece[]): number {
  let length = 0;
  for (const piece of pieces) length += typeof piece === "string" ? Buffer.byteLength(piece) : piece.end - piece.start + 1;
  return length;
}
