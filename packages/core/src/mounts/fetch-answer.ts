import { Readable } from "node:stream";
import { fromWebResponse, HTTPException, isWebResponse, type Request, type Response } from "@madeleine/http";
import type { FetchTarget } from "./mount.ts";

/** What a URL resolves away or cuts off (WHATWG URL §4.4): another path than the one that guards and routes have seen (PA-03). */
const rewrittenByUrl = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)|[\\#]/i;

/**
 * The answer of a web-standard handler, streamed.
 *
 * Errors: HTTPException 404 for a path that a URL cannot carry as it is; TypeError where it returned no web response.
 */
export async function answerByFetch(target: FetchTarget, request: Request): Promise<Response> {
  const answer: unknown = await target.fetch(toWebRequest(request));
  if (isWebResponse(answer)) return fromWebResponse(answer);
  throw new TypeError(`the fetch handler that is mounted at ${request.rootPath || "/"} returned no web-standard Response`);
}

function toWebRequest(request: Request): globalThis.Request {
  const { method, path, search } = request;
  if (rewrittenByUrl.test(path)) throw new HTTPException(404);
  const hasBody = method !== "GET" && method !== "HEAD" && request.body.isPresent;
  const init: RequestInit & { duplex?: "half" } = { method, headers: webHeaders(request), signal: request.signal };
  if (hasBody) Object.assign(init, { body: Readable.toWeb(request.stream()), duplex: "half" });
  return new globalThis.Request(`${request.protocol}://${request.host}${path}${search === "" ? "" : `?${search}`}`, init);
}

function webHeaders({ raw }: Request): globalThis.Headers {
  const headers = new globalThis.Headers();
  for (let at = 0; at < raw.rawHeaders.length; at += 2) headers.append(raw.rawHeaders[at]!, raw.rawHeaders[at + 1]!);
  return headers;
}
