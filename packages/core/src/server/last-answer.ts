import type { Socket } from "node:net";
import { reasonPhrase, type Response } from "@madeleine/http";

// Long enough for the answer to be read, and not for a client to hold the connection that it was refused on.
const lingerMs = 1_000;
const maxLeftBytes = 1_048_576;

/** What had been read of a connection when its last answer was written. */
const bytesAtAnswer = new WeakMap<Socket, number>();

/**
 * Writes an answer where node has no response to write it with, or none where all was said, and ends the connection.
 *
 * Our half ends with the answer, theirs a moment later: what a closed connection still receives would be answered with a reset,
 * which takes the answer from a client that is still sending. What comes until then is not looked at.
 *
 * Source: RFC 9112 §9.6.
 */
export function answerLast(socket: Socket, response: Response | undefined, isHead = false): void {
  bytesAtAnswer.set(socket, socket.bytesRead);
  socket.end(response === undefined ? "" : write(response, isHead));
  const cutting = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once("close", () => clearTimeout(cutting)).on("error", () => {});
}

/** Whether the last answer of a connection was written. One that sends on and on is cut. */
export function isAnsweredLast(socket: Socket): boolean {
  const before = bytesAtAnswer.get(socket);
  if (before !== undefined && socket.bytesRead - before > maxLeftBytes) socket.destroy();
  return before !== undefined;
}

function write({ status, contentType, body }: Response, isHead: boolean): string {
  const text = typeof body === "string" ? body : "";
  const head = [
    `HTTP/1.1 ${status} ${reasonPhrase(status)}`,
    `Date: ${new Date().toUTCString()}`,
    "Connection: close",
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
  ];
  return `${head.join("\r\n")}\r\n\r\n${isHead ? "" : text}`;
}
