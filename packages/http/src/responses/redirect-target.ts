import { HTTPException } from "../http-exception.ts";

/** An address that a response must not redirect to. Where it came from the client, as nearly always, 400 is its answer. */
export class RedirectError extends HTTPException {
  constructor(problem: string) {
    super(400, `The address to redirect to ${problem}`);
  }
}

/**
 * Gives the address as a `Location` header carries it: what no URL may hold is percent-encoded.
 *
 * Shape:  `"/I ♥ Starlette/"` gives `"/I%20%E2%99%A5%20Starlette/"`; `"/a%20b?q=1"` stays as it is.
 * Source: RFC 3986 §2 (what stands in a URL), the WHATWG URL standard §4.4 (what browsers make of it: they drop tabs and line
 *         ends anywhere and spaces in front, and read `\` as `/`).
 * Errors: RedirectError.
 */
export function checkTarget(url: string, external: boolean): string {
  const problem = problemOf(url, external);
  if (problem !== undefined) throw new RedirectError(problem);
  try {
    return url.replaceAll(/[^\w\-.~:/%#?=@[\]!$&'()*+,;]+/g, encodeURIComponent);
  } catch {
    throw new RedirectError("has half of a surrogate pair, which is no character");
  }
}

function problemOf(url: string, external: boolean): string | undefined {
  // with CR and LF a second header could follow, with a tab inside `java\tscript:` still is a scheme to browsers
  if (/[\x00-\x1f\x7f]/.test(url)) return "has a control character";
  if (/^\s/.test(url)) return "begins with a space, which browsers drop";
  if (/^[^?#]*\\/.test(url)) return "has a backslash, which browsers read as a slash";
  if (/^(?:javascript|vbscript|data|blob|filesystem):/i.test(url)) return "would run as a script or show content of its own";
  if (url.startsWith("//") && !external)
    return "begins with //, which leads to another host: write https:// out, or allow it with { external: true }";
  return undefined;
}
