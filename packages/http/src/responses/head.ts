import { forbidsContent } from "../status.ts";
import type { Response } from "./response.ts";
import { LazyBody } from "./stream/lazy-body.ts";

/** What of a request decides how its response is written. */
export interface AnsweredRequest {
  readonly method: string;
  /** Whether it came over https, itself or through a trusted proxy: it decides on `secure: "auto"`. */
  readonly secure: boolean;
  /** Where a file is compared with what the client has; without them it is sent whole. */
  readonly headers?: { get(name: string): string | undefined };
  /** Aborts when the client goes away. Only read for a stream: making a signal has a price. */
  readonly signal?: AbortSignal;
}

/**
 * Writes the headers of a response, as the flat list that `writeHead` takes.
 *
 * Shape:  `["content-type", "application/json", "content-length", "17", "set-cookie", "a=1; Path=/; SameSite=lax"]`
 * Source: RFC 9110 §8.6: the length is always counted here, and that of a stream while it is sent, since a wrong one would let a
 *         client read the next response as part of this one. Only an answer to HEAD without a body may name the length of the body
 *         it leaves out.
 */
export function writeResponseHead(response: Response, request: AnsweredRequest): string[] {
  const head: string[] = [];
  const hasContent = !forbidsContent(response.status);
  if (hasContent) writeContentHeaders(response, request, head);
  if (response.hasHeaders) {
    const { flat } = response.headers;
    for (let i = 0; i < flat.length; i += 2) {
      const name = flat[i] ?? "";
      if (name !== "content-type" && name !== "content-length") head.push(name, flat[i + 1] ?? "");
    }
  }
  if (response.hasCookies) {
    for (const line of response.cookies.lines(request.secure)) head.push("set-cookie", line);
  }
  return head;
}

function writeContentHeaders(response: Response, request: AnsweredRequest, head: string[]): void {
  const { contentType } = response;
  if (contentType !== undefined) head.push("content-type", contentType);
  const length = contentLength(response, request);
  if (length !== undefined) head.push("content-length", length);
}

/** None for a stream whose length only its end tells: node sends it chunked. */
function contentLength(response: Response, request: AnsweredRequest): string | undefined {
  const { status, body } = response;
  if (status === 205) return "0";
  if (typeof body === "string") return String(Buffer.byteLength(body));
  if (body === null) return announcedByHead(response, request) ?? "0";
  const length = body instanceof LazyBody ? body.length : body.byteLength;
  return length === undefined ? undefined : String(length);
}

function announcedByHead(response: Response, request: AnsweredRequest): string | undefined {
  return request.method === "HEAD" && response.hasHeaders ? response.headers.get("content-length") : undefined;
}
