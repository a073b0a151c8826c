import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { departures, HTTPException, type Response } from "@madeleine/http";
import type { Serving } from "../serving.ts";
import { isAnsweredLast, answerLast } from "./last-answer.ts";

/** What node's parser says of what it refuses. It hands out the packet in which it stopped, and where. */
interface ParserError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer;
  readonly bytesParsed?: number;
}

/** Answers what node's parser refuses, and what it would leave without an answer, in the application's own format. */
export function refuseMalformed(server: Server, serving: Serving): void {
  const answer = (status: number): Response => serving.standardAnswer(new HTTPException(status));
  const refuse = (socket: Socket, error: ParserError): void => answerLast(socket, answer(statusOf(error)), isHead(error));

  const { pipelines, underWay } = serving.answering;

  const judge = (socket: Socket, error: ParserError): void => {
    // What follows a request with Connection: close is no request any more (RFC 9112 §9.6), and node closes after its answer.
    if (isAnsweredLast(socket) || error.code === "HPE_CLOSED_CONNECTION") return;
    const earlier = pipelines.lastOn(socket);
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    // Its request was answered before it had arrived whole: a second answer would be taken for that of the next one (HT-07).
    else if (underWay.isArriving(socket)) answerLast(socket, undefined);
    else if (earlier === undefined) refuse(socket, error);
    // What is malformed follows a request that is still being answered: that answer comes first (LM-03).
    else if (earlier.req.complete) judgeAfter(earlier, socket, error);
    // It is the body of one that waits itself.
    else if (pipelines.before(earlier) !== undefined) judgeAfter(pipelines.before(earlier)!, socket, error);
    // A second status line in an answer that has begun would be a lie (HT-07).
    else if (earlier.headersSent) socket.destroy();
    else refuse(socket, error);
  };

  /** Node tells of the same error again with all that still arrives: once is enough. */
  const judged = new WeakSet<Socket>();
  const judgeAfter = (earlier: ServerResponse, socket: Socket, error: ParserError): void => {
    if (judged.has(socket)) return;
    judged.add(socket);
    earlier.once("finish", () => {
      judged.delete(socket);
      if (socket.writable) judge(socket, error);
    });
  };

  server.on("clientError", (error: ParserError, socket) => {
    departures.leave(); // answers to what came before it on the connection
    judge(socket as Socket, error); // what a server of node:http listens to
  });
  // CONNECT asks for a tunnel (RFC 9110 §9.3.6); node closes the socket without a word where nobody listens.
  server.on("connect", (_, duplex) => {
    departures.leave();
    // Node has taken its own listeners off, and a client may go before what it has asked is answered, or be slow to read it.
    const socket = duplex.resume().on("error", () => {}) as Socket;
    socket.on("drain", () => underWay.holderOf(socket)?.emit("drain"));
    const earlier = pipelines.lastOn(socket);
    if (earlier === undefined) answerLast(socket, answer(501));
    else earlier.once("finish", () => answerLast(socket, answer(501)));
  });
}

const statuses: Record<string, number> = {
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

function statusOf(error: ParserError): number {
  if (error.code === "HPE_HEADER_OVERFLOW") return isInRequestLine(error) ? 414 : 431;
  return statuses[error.code ?? ""] ?? 400;
}

/**
 * Whether the parser stopped in the request line, which has a method before its target and a version behind it; no header has a
 * space in its name. Where neither is in the packet, in the middle of a target that came in many, it counts as a header.
 */
function isInRequestLine({ rawPacket, bytesParsed = 0 }: ParserError): boolean {
  if (rawPacket === undefined) return false;
  const begin = rawPacket.lastIndexOf("\n", bytesParsed - 1) + 1;
  const end = rawPacket.indexOf("\r", bytesParsed);
  const line = rawPacket.toString("latin1", begin, end === -1 ? undefined : end);
  return /^[A-Z-]+ \S+$| HTTP\/1\.\d$/.test(line);
}

/** Whether the last request that begins in the packet is a HEAD, whose answer has no content (RFC 9110 §9.3.2). */
function isHead({ rawPacket, bytesParsed = 0 }: ParserError): boolean {
  const begins = rawPacket?.toString("latin1", 0, bytesParsed).match(/^[A-Z-]+ (?=\/|\*|http)/gm);
  return begins?.at(-1) === "HEAD ";
}
