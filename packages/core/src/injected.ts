import { mergeCookies, mergeResponse, type Response, type ResponseHeaders } from "@madeleine/http";
import type { Exchange } from "./exchange.ts";

/** The response that is sent: the one that was made, with the cookies and headers that were set on the injected one. */
export function withInjected(response: Response, exchange: Exchange): Response {
  addCorrections(exchange);
  const { injected, hasFailed } = exchange;
  if (injected === undefined || injected === response) return response;
  if (hasFailed && injected.hasHeaders && response.status !== 304) dropFreshness(injected.headers);
  return mergeResponse(injected, response, response === exchange.owned);
}

/** What was found when cookies were read, as the earliest: whoever sets or deletes the same cookie has the last word. */
function addCorrections(exchange: Exchange): void {
  const corrections = exchange.request.cookieCorrections;
  if (corrections === undefined) return;
  exchange.response.cookies = mergeCookies(corrections, exchange.response.cookies);
}

/** From now on the injected response refuses changes: its head is out, and nothing that is set on it could reach the client. */
export function closeInjected({ injected }: Exchange): void {
  injected?.close(tooLate);
}

function tooLate(written: string): never {
  throw new Error(
    `${written} came too late: the response was sent. mend: do it before the handler returns, and in a dependency before its yield, or behind it with until: "handler"`,
  );
}

/**
 * Takes off what was said about an answer that is not sent: an error, or a redirect to the login page, must not be kept by
 * caches for as long as the page would have been, nor be taken for it by its ETag (RFC 9111 §4, RFC 9110 §8.8.3).
 */
function dropFreshness(headers: ResponseHeaders): void {
  const names = [...headers].map(([name]) => name).filter(isFreshness);
  for (const name of names) headers.delete(name);
}

function isFreshness(name: string): boolean {
  return freshness.has(name) || (name.startsWith("content-") && !name.startsWith("content-security-policy"));
}

const freshness = new Set(["age", "cache-control", "cdn-cache-control", "etag", "expires", "last-modified", "surrogate-control"]);
