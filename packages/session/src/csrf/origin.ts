import type { Request } from "@madeleine/http";

/**
 * Whether a request was made by a page of this application.
 *
 * Shape:  "own", "foreign", or "unknown" where the client does not say: an old browser, or none at all.
 * Source: Fetch Metadata (W3C) first, since no page can set it; then Origin (RFC 6454 §7), then Referer (RFC 9110 §10.1.3).
 *         `Origin: null` is nobody's (CS-02). Another origin of the same site is foreign: a subdomain is not this application.
 */
export function judgeOrigin(request: Request, trusted: ReadonlySet<string>): "own" | "foreign" | "unknown" {
  const origin = request.headers.get("origin") ?? originOf(request.headers.get("referer"));
  if (origin !== undefined && trusted.has(origin)) return "own";
  const site = request.headers.get("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none" ? "own" : "foreign";
  if (origin === undefined) return "unknown";
  return origin === `${request.protocol}://${request.host}`.toLowerCase() ? "own" : "foreign";
}

function originOf(referer: string | undefined): string | undefined {
  if (referer === undefined) return undefined;
  return URL.canParse(referer) ? new URL(referer).origin : "null";
}
