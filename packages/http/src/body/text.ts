import { HTTPException } from "../http-exception.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Decodes a body as UTF-8, without its byte order mark.
 *
 * Source: RFC 8259 §8.1, which forbids the mark to senders and lets readers ignore it (JB-07).
 * Errors: HTTPException 400 for bytes that are no UTF-8: U+FFFD in their place would change what was said (JB-06).
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new HTTPException(400, "The body is not valid UTF-8");
  }
}
