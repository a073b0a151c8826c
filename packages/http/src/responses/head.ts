import { forbidsContent } from "../status.ts";
import type { Response, ResponseBody } from "./response.ts";

/** What of a request decides how its response is written. */
export interface AnsweredRequest {
  readonly method: string;
  /** Whether it came over https, itself or through a trusted proxy: it decides on `secure: "auto"`. */
  readonly secure: boolean;
}

/**
 * Writes the headers of a response, as the flat list that `writeHead` takes.
 *
 * Shape:  `["content-type", "application/json", "content-length", "17", "set-cookie", "a=1; Path=/; SameSite=lax"]`
 * Source: RFC 9110 §8.6: the length is always counted here, since a wrong one would let a client read the next response as
 *         part of this one. Only an answer to HEAD without a body may name the length of the body it leaves out.
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
  const { contentType, status, body } = response;
  if (contentType !== undefined) head.push("content-type", contentType);
  const announced =
    body === null && request.method === "HEAD" && response.hasHeaders ? response.headers.get("content-length") : undefined;
  head.push("content-length", announced ?? String(status === 205 ? 0 : byteLength(body)));
}

function byteLength(body: ResponseBody): number {
  if (typeof body === "string") return Buffer.byteLength(body);
  return body === null ? 0 : body.byteLength;
}
