import type { ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { RequestAborted } from "./body/errors.ts";
import { departures } from "./departures.ts";
import type { AnsweredRequest } from "./responses/answered-request.ts";
import { writeResponseHead } from "./responses/head.ts";
import type { Response } from "./responses/response.ts";
import { carriesContent, LazyBody, prepareResponse } from "./responses/stream/lazy-body.ts";
import type { Chunk } from "./responses/stream/chunk.ts";
import { Recipient } from "./responses/stream/recipient.ts";
import { StreamBody } from "./responses/stream/stream-body.ts";

/**
 * Writes a response to the socket; nothing else does.
 *
 * Nothing is written where the client has gone: there is nobody to tell. What is returned is a promise only where something is
 * still to come, and text and bytes leave in one write with the head: at once, or, of text, together with other answers of the turn where
 * nobody else has node's response. Of a stream the promise is kept when its last byte is out, or its client gone, and its source is closed.
 *
 * Cost:   one `writeHead` with a flat list and one `end` with text are the cheapest that node:http has (7 `setHeader`: 1.8 us more).
 * Source: RFC 9110 §6.4.1, §15.3.6: an answer to HEAD, and a 204, 205 or 304, has no content, whatever the handler gave.
 * Errors: what node says of a head that it refuses, and what a stream throws before its first chunk: `headersSent` is false then, and another
 *         response can be sent. What a stream throws later, when the connection has been cut: it can only be logged.
 */
export function send(response: Response, nodeResponse: ServerResponse, request: AnsweredRequest): Promise<void> | undefined {
  const { status, body } = response;
  if (body instanceof LazyBody) return sendLazy(response, body, nodeResponse, request);
  if (nodeResponse.destroyed) return undefined;
  writeHead(response, nodeResponse, request);
  const content = carriesContent(status, request.method) ? toContent(response, body) : undefined;
  if (request.ownsResponse === true && typeof content !== "object") departures.add(nodeResponse, content);
  else nodeResponse.end(content);
  return undefined;
}

function writeHead(response: Response, nodeResponse: ServerResponse, request: AnsweredRequest): void {
  const head = writeResponseHead(response, request);
  const connection = response.hasHeaders ? response.headers.get("connection") : undefined;
  if (connection !== undefined) settleConnection(connection, nodeResponse, head);
  nodeResponse.writeHead(response.status, head);
}

/**
 * What ends the connection is told to node as well: of a list it reads that itself, and tells nobody. A connection that ends is not kept by
 * what the response says of it: node would believe that, too.
 */
function settleConnection(connection: string, nodeResponse: ServerResponse, head: string[]): void {
  if (SAYS_CLOSE.test(connection)) nodeResponse.shouldKeepAlive = false;
  else if (nodeResponse.shouldKeepAlive === false) {
    for (let at = head.length - 2; at >= 0; at -= 2) if (head[at] === "connection") head.splice(at, 2);
    const kept = connection.split(",").filter((option) => !/^\s*(?:keep-alive)?\s*$/i.test(option));
    head.push("connection", [...kept, "close"].map((option) => option.trim()).join(", "));
  }
}

const SAYS_CLOSE = /(?:^|[,\s])close(?:$|[,\s])/i;

/** Node writes head and text as one string, both in UTF-8: a header's é would be two bytes. Of bytes it writes the head in latin1. */
function toContent({ hasObsText }: Response, body: string | Uint8Array | null): string | Uint8Array | undefined {
  if (body === null) return undefined;
  return typeof body === "string" && hasObsText ? Buffer.from(body) : body;
}

async function sendLazy(
  response: Response,
  body: LazyBody,
  nodeResponse: ServerResponse,
  request: AnsweredRequest,
): Promise<void> {
  if (nodeResponse.destroyed) return body.close();
  const isAnswered = nodeResponse.headersSent; // by somebody else, whose answer stays whole (ST-06)
  try {
    await transfer(response, body, nodeResponse, request);
  } catch (error) {
    if (nodeResponse.destroyed && isDeparture(error)) return;
    if (nodeResponse.headersSent && !isAnswered) await cutOff(nodeResponse);
    throw error;
  }
}

async function transfer(
  response: Response,
  body: LazyBody,
  nodeResponse: ServerResponse,
  request: AnsweredRequest,
): Promise<void> {
  let open = body;
  const recipient = new Recipient(nodeResponse, () => void open.close().catch(() => {})); // close() below tells what it throws
  try {
    const prepared = await prepareResponse(response, request);
    if (!(prepared.body instanceof StreamBody)) return void send(prepared, nodeResponse, request);
    open = prepared.body;
    if (!recipient.isGone) await sendStream(prepared, prepared.body, recipient, request);
  } finally {
    recipient.forget();
    await open.close();
  }
}

async function sendStream(response: Response, body: StreamBody, recipient: Recipient, request: AnsweredRequest): Promise<void> {
  const { nodeResponse } = recipient;
  const next = carriesContent(response.status, request.method) ? body.take() : undefined;
  writeHead(response, nodeResponse, request);
  if (next === undefined) return void nodeResponse.end();
  await writeChunks(next, recipient);
  await body.close(); // not held open by a client that is slow with what is left
  nodeResponse.end();
  await recipient.hasAll();
}

async function writeChunks(next: () => Promise<Chunk | undefined>, recipient: Recipient): Promise<void> {
  const { nodeResponse } = recipient;
  const flushing = setImmediate(() => nodeResponse.flushHeaders()); // the head leaves with the first chunk, or alone where that is late
  let chunk = await next().finally(() => clearImmediate(flushing));
  while (chunk !== undefined && !recipient.isGone) {
    if (!nodeResponse.write(chunk)) await recipient.hasRead();
    if (recipient.isGone) return;
    chunk = await next();
  }
}

// ST-03: never with the last chunk of a whole body, so that the client sees that something is missing. What was written leaves first.
async function cutOff(nodeResponse: ServerResponse): Promise<void> {
  await turn();
  nodeResponse.destroy();
}

/** What a source throws because its client has left, or because it was closed for that: nobody's mistake (LM-07). */
function isDeparture(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error instanceof RequestAborted ||
    error.name === "AbortError" ||
    ("code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE")
  );
}
