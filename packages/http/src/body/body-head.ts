import type { IncomingMessage } from "node:http";
import { isOfHttp2 } from "../accept.ts";

/** What the head of a request says of its body. */
export interface BodyHead {
  /** In bytes. */
  readonly contentLength: number | undefined;
  /**
   * False without Content-Length and Transfer-Encoding (RFC 9112 §6.3), or with a length of 0; of HTTP/2 where the stream ended with its
   * head (RFC 9113 §8.1). Such a body is never waited for.
   */
  readonly isPresent: boolean;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
}

/**
 * Reads it from the lines of a head. Of several lines the first counts, as everywhere; codings are a list.
 *
 * Cost: one walk that compares lengths first: a quarter of asking for the four headers by their names.
 */
export function readBodyHead(raw: IncomingMessage): BodyHead {
  const lines = raw.rawHeaders;
  let contentLength: number | undefined;
  let isPending = isOpenStream(raw);
  let contentType: string | undefined;
  let contentEncoding: string | undefined;
  for (let at = 0; at < lines.length; at += 2) {
    const value = lines[at + 1]!;
    switch (toBodyField(lines[at]!)) {
      case "content-type":
        contentType ??= value;
        break;
      case "content-length":
        contentLength ??= Number(value);
        break;
      case "content-encoding":
        contentEncoding = contentEncoding === undefined ? value : `${contentEncoding}, ${value}`;
        break;
      case "transfer-encoding":
        isPending = true;
    }
  }
  return { contentLength, isPresent: contentLength === undefined ? isPending : contentLength > 0, contentType, contentEncoding };
}

/** Whether a request of node:http2 goes on after its head: there nothing else need announce a body. */
export function isOpenStream(raw: IncomingMessage): boolean {
  return raw.httpVersionMajor !== 1 && isOfHttp2(raw) && !raw.stream.endAfterHeaders;
}

function toBodyField(name: string): string | undefined {
  const { length } = name;
  return length === 12 || length === 14 || length === 16 || length === 17 ? name.toLowerCase() : undefined;
}
