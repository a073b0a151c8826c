import { jarOf, type AttributeText } from "./attributes.ts";
import { CookieError } from "./cookie-error.ts";
import { checkCookieName } from "./cookie-name.ts";

/** A cookie that waits for its response: checked and written, but for whether the request came over https. */
export interface SetCookie {
  readonly name: string;
  /** `name=value`, encoded. */
  readonly pair: string;
  readonly attributes: AttributeText;
}

/**
 * Reads from a finished `Set-Cookie` value what it is filed under; the text itself is sent as it is.
 *
 * Shape:  `"sid=1; Path=/; HttpOnly"` gives the name `sid`, the pair `sid=1` and the rest for both schemes.
 * Source: RFC 6265 §5.2 (attributes in any case, the last of two equal ones counts, spaces around them do not).
 * Errors: CookieError.
 */
export function readSetCookieLine(line: string): SetCookie {
  const end = line.indexOf(";");
  const pair = end === -1 ? line : line.slice(0, end);
  const equals = pair.indexOf("=");
  const name = pair.slice(0, Math.max(equals, 0)).trim();
  checkCookieName(name);
  if (/[^\x20-\x7e]/.test(line)) {
    throw new CookieError(
      name,
      "COOKIE_LINE",
      "the line has characters that are no visible ASCII (RFC 6265 §4.1.1)",
      "encodeURIComponent(value)",
    );
  }
  const rest = line.slice(pair.length);
  return { name, pair, attributes: { jar: jarOfLine(rest), overHttp: rest, overHttps: rest } };
}

function jarOfLine(rest: string): string {
  let domain: string | undefined;
  let path: string | null = null;
  let partitioned = false;
  for (const attribute of rest.split(";")) {
    const [key = "", value = ""] = attribute.split("=", 2).map((part) => part.trim());
    const lower = key.toLowerCase();
    if (lower === "domain") domain = value;
    else if (lower === "path") path = value;
    else if (lower === "partitioned") partitioned = true;
  }
  return jarOf(domain, path, partitioned);
}
