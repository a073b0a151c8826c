import { jarOf, type AttributeText } from "./attributes.ts";
import { CookieError } from "./cookie-error.ts";
import { checkCookieName } from "./cookie-name.ts";
import type { CookieKeys } from "./sealing/cookie-keys.ts";

/** A cookie that waits for its response: checked and written, but for whether the request came over https. */
export interface SetCookie {
  readonly name: string;
  /** `name=value`, encoded. One that is signed or encrypted is written when it is sent, so that nothing could send it plain (CK-22). */
  readonly pair: string | SealedPair;
  readonly attributes: AttributeText;
  /** Sent only with the visitor's consent to it. */
  readonly category: string | undefined;
}

/** Writes `name=value` with the value sealed. */
export type SealedPair = (keys: CookieKeys) => string;

/** What sending a cookie may depend on, beside the scheme. */
export interface CookieScope {
  readonly keys: CookieKeys | undefined;
  /** Errors: CookieError for a category that the application does not know. */
  allows(cookie: string, category: string): boolean;
}

/**
 * The keys, for a cookie that needs them.
 *
 * Errors: CookieError where there are none.
 */
export function requireKeys(name: string, keys: CookieKeys | undefined): CookieKeys {
  if (keys !== undefined) return keys;
  const problem = "it is signed or encrypted, and the application has no secrets";
  throw new CookieError(
    name,
    "COOKIE_SECRETS",
    problem,
    "new App({ secrets: [process.env.SECRET] }), made by openssl rand -base64 32",
  );
}

/**
 * Whether the visitor agreed to a category.
 *
 * Errors: CookieError where nobody was told of consent, or not of this category.
 */
export function requireConsent(name: string, category: string, scope: CookieScope | undefined): boolean {
  if (scope !== undefined) return scope.allows(name, category);
  throw unknownCategory(name, category);
}

/** The error for a category that no `cookieConsent` names: the cookie could never be sent. */
export function unknownCategory(name: string, category: string): CookieError {
  const quoted = JSON.stringify(category);
  const mend = `new App({ consent: cookieConsent({ categories: [${quoted}] }) })`;
  return new CookieError(name, "COOKIE_CATEGORY", `the application asks nobody for consent to ${quoted}`, mend);
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
  return { name, pair, attributes: { jar: jarOfLine(rest), overHttp: rest, overHttps: rest }, category: undefined };
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
