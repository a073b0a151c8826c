import { mergeCookies } from "../cookies/set-cookies.ts";
import { ResponseHeaders } from "./response-headers.ts";
import type { Response } from "./response.ts";

/**
 * Brings what was set on the injected response onto the one that is sent: its cookies, and each header that the other has not.
 *
 * Status and body are the returned one's, and of two equal cookies its own counts as the later. `Vary` is united: a cache must
 * know every header that either depended on. The injected one's headers about content (`Content-Type`, `Content-Encoding`, …)
 * described a body that is not sent.
 *
 * The returned response is not changed, but copied where there is something to bring: it may be a constant that is thrown for
 * many requests, and one user's session cookie must not stay on it for the next user. One that `isOwn`, made for this request and
 * known to nobody else, needs no copy.
 */
export function mergeResponse(injected: Response, returned: Response, isOwn = false): Response {
  if (injected === returned || !(injected.hasHeaders || injected.hasCookies)) return returned;
  const merged = isOwn ? returned : returned.copy();
  if (injected.hasHeaders) addMissing(injected.headers, merged.headers);
  if (injected.hasCookies) merged.cookies = merged.hasCookies ? mergeCookies(injected.cookies, merged.cookies) : injected.cookies;
  return merged;
}

const ABOUT_CONTENT = new Set(["content-type", "content-length", "content-encoding", "content-range", "content-disposition"]);

function addMissing(injected: ResponseHeaders, merged: ResponseHeaders): void {
  const returned = merged.flat.length === 0 ? undefined : new ResponseHeaders(merged); // as it was: a name that the injected one has twice is added twice
  const { flat } = injected;
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at]!;
    if (ABOUT_CONTENT.has(name)) continue;
    if (returned?.has(name) !== true) merged.appendLine(injected, at);
    else if (name === "vary") merged.set("vary", uniteVary(merged.get("vary") ?? "", flat[at + 1]!));
  }
}

// RFC 9110 §12.5.5: a list of field names, or `*`, which says that anything may matter
function uniteVary(...lists: string[]): string {
  const names = new Map<string, string>();
  for (const name of lists
    .join(",")
    .split(",")
    .map((each) => each.trim())) {
    if (name === "*") return "*";
    if (name !== "" && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()].join(", ");
}
