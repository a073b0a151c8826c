import type { EncodedBody } from "./body.ts";
import type { HeaderLines } from "./headers.ts";
import type { TestResponse } from "./test-response.ts";
import { isOwn, type Target } from "./target.ts";

/** One request on the wire, before the cookies of its hop are added. */
export interface Hop {
  readonly method: string;
  readonly target: Target;
  readonly headers: HeaderLines;
  readonly body: EncodedBody;
}

/** As many as browsers follow (Fetch standard, HTTP-redirect fetch, step 7). */
export const maxRedirects = 20;

/**
 * Gives the request that follows a redirect, or `undefined` where the response is the answer: no redirect, or one that leaves
 * the application (another host, or https), which nothing behind the socket could answer.
 *
 * Source: RFC 9110 §15.4: 307 and 308 repeat the method and the body; after 301, 302 and 303 a browser asks with GET.
 * Errors: a body that was a stream and cannot be sent again.
 */
export function nextHop(hop: Hop, response: TestResponse, base: URL): Hop | undefined {
  const target = readLocation(hop, response);
  if (target === undefined || !isOwn(target.url, base)) return undefined;
  if (response.status >= 307) {
    if (!hop.body.isReplayable) throw new Error(`${response.status} asks to send a streamed body again, which is not possible`);
    return { ...hop, target };
  }
  const method = hop.method === "HEAD" ? "HEAD" : "GET";
  return { method, target, headers: withoutContent(hop.headers), body: { content: undefined, isReplayable: true } };
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function readLocation(hop: Hop, response: TestResponse): Target | undefined {
  const location = response.headers.get("location");
  if (location === null || !redirectStatuses.has(response.status)) return undefined;
  const url = URL.canParse(location, hop.target.url.href) ? new URL(location, hop.target.url) : undefined;
  if (url === undefined) throw new Error(`${response.status} redirects to ${JSON.stringify(location)}, which is no URL`);
  return { url, path: url.pathname + url.search };
}

function withoutContent(headers: HeaderLines): HeaderLines {
  return new Map([...headers].filter(([name]) => !name.startsWith("content-")));
}
