import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Serving } from "../serving.ts";

const answers: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Content Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** Answers what node's parser refuses, and what it would leave without an answer. */
export function refuseMalformed(server: Server, serving: Serving): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const status = answers[error.code ?? ""] ?? "400 Bad Request";
    const earlier = serving.underWay.answerOn(socket);
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else if (earlier === undefined) refuse(socket, status);
    // What is malformed follows a request that is still being answered: that answer comes first (LM-03).
    else if (earlier.req.complete) earlier.once("finish", () => socket.writable && refuse(socket, status));
    // A second status line in an answer that has begun would be a lie (HT-07).
    else if (earlier.headersSent) socket.destroy();
    else refuse(socket, status);
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
