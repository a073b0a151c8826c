import type { IncomingMessage } from "node:http";
import { RequestAborted } from "./errors.ts";
import { refuseBody } from "./refusal.ts";

/**
 * Takes a body off its connection, chunk by chunk, to its end. With listeners: `for await` costs 5 µs more.
 *
 * Errors: BodyTooLarge at the first byte over the limit, whatever length was announced (LM-02). RequestAborted when the client
 *         goes away before the end (LM-07). The developer's Error when another reader was first.
 */
export function takeBody(raw: IncomingMessage, maxBodyBytes: number, onChunk: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (raw.readableDidRead && !raw.readableAborted)
      throw new Error("Something else has read this body: a stream, or a middleware");
    if (raw.destroyed) throw new RequestAborted();
    let length = 0;

    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= maxBodyBytes) return onChunk(chunk);
      raw.off("data", onData);
      reject(refuseBody(raw, maxBodyBytes));
    };
    // "close" without "end". After "end" there is nothing to reject, and the stack of an error costs 3 µs.
    const onLost = (): void => {
      if (!raw.readableEnded) reject(new RequestAborted());
    };

    raw.on("data", onData).on("end", resolve).on("error", onLost).on("close", onLost);
  });
}

/**
 * Takes a whole body into one buffer.
 *
 * Errors: those of `takeBody`; nothing of a refused body is kept.
 */
export function collect(take: (onChunk: (chunk: Buffer) => void) => Promise<void>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return take((chunk) => void chunks.push(chunk)).then(() => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
}
