import type { Server } from "node:http";
import type { Duplex } from "node:stream";

const answers: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Content Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** Answers what node's parser refuses, and what it would leave without an answer. */
export function refuseMalformed(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // A connection that was reset, or whose answer has begun, can only be cut: a second status line would be a lie.
    if (error.code === "ECONNRESET" || !socket.writable || hasAnswerBegun(socket)) socket.destroy();
    else refuse(socket, answers[error.code ?? ""] ?? "400 Bad Request");
  });
  // CONNECT asks for a tunnel (RFC 9110 §9.3.6); node closes the socket without a word where nobody listens.
  server.on("connect", (_, socket) => refuse(socket, "501 Not Implemented"));
}

function refuse(socket: Duplex, status: string): void {
  const body = JSON.stringify({ detail: status.slice(4) });
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}

// The response that node attached to the socket is private to it; what was written is not.
function hasAnswerBegun(socket: Duplex): boolean {
  return (
    "bytesWritten" in socket && typeof socket.bytesWritten === "number" && socket.bytesWritten > 0 && socket.writableLength > 0
  );
}
