import type { IncomingMessage } from "node:http";
import { BodyTooLarge } from "./errors.ts";

/**
 * The most of a refused body that is still taken in and thrown away, so that a client which writes before it reads gets its
 * 413 instead of a reset connection, and can use the connection again.
 */
export const MAX_DISCARDED_BYTES = 8 * 1024 * 1024;

/**
 * Refuses the rest of a body and makes the error for it. What is left of a small one is thrown away, and the connection
 * goes on with the next request. Of a large one the rest is not waited for: `Connection: close` where its length was
 * announced, a closed socket where it was not (chunked).
 *
 * Source: RFC 9110 §15.5.14, RFC 9112 §9.6; attack LM-02.
 */
export function refuseBody(raw: IncomingMessage, maxBodyBytes: number, contentLength?: number): BodyTooLarge {
  discardRest(raw);
  const isTooMuch = contentLength !== undefined && contentLength > MAX_DISCARDED_BYTES;
  return new BodyTooLarge(maxBodyBytes, isTooMuch ? { connection: "close" } : undefined);
}

/** Throws away what is left of a body, so that the connection goes on; a long rest is cut off with its connection. */
export function discardRest(raw: IncomingMessage): void {
  let left = MAX_DISCARDED_BYTES;
  const onData = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left >= 0) return;
    raw.off("data", onData).pause();
    raw.socket.destroySoon(); // what was written to the client still goes out
  };
  raw.on("data", onData).resume();
}
