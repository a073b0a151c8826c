import { checkAttributes } from "./attribute-rules.ts";
import { checkCookieName } from "./cookie-name.ts";
import type { CookieAttributes, CookieLifetime } from "./options.ts";

/** Attributes as they are sent, written once: what is left to decide at a response is whether it goes over https. */
export interface AttributeText {
  /** Domain, path and partition: with the name, what a browser files a cookie under (RFC 6265 §5.3 step 11, CHIPS). */
  readonly jar: string;
  readonly overHttp: string;
  readonly overHttps: string;
}

/**
 * Checks a name and its attributes together and writes the attributes.
 *
 * Shape:  `("theme", { maxAge: 60 })` gives `"; Max-Age=60; Path=/; SameSite=lax"` for both schemes.
 * Source: RFC 6265 §4.1.1.
 * Errors: CookieError.
 */
export function writeAttributes(name: string, attributes: CookieAttributes | undefined): AttributeText {
  checkCookieName(name);
  if (attributes === undefined && !name.startsWith("__")) return DEFAULT_TEXT; // only a prefix has rules of its own
  const given = attributes ?? {};
  checkAttributes(name, given);
  return attributeText(lifetimeText(given), given);
}

/** The same for attributes that were checked before, with another lifetime. */
export function attributeText(lifetime: string, attributes: CookieAttributes): AttributeText {
  const { path = "/", domain, sameSite = "lax", httpOnly, secure, partitioned, priority } = attributes;
  const reach = (domain === undefined ? "" : `; Domain=${domain}`) + (path === null ? "" : `; Path=${path}`);
  const before = lifetime + reach + (sameSite === null ? "" : `; SameSite=${sameSite}`) + (httpOnly === true ? "; HttpOnly" : "");
  const after = (partitioned === true ? "; Partitioned" : "") + (priority === undefined ? "" : `; Priority=${priority}`);
  return {
    jar: jarOf(domain, path, partitioned === true),
    overHttp: before + (secure === true ? "; Secure" : "") + after,
    overHttps: before + (secure === true || secure === "auto" ? "; Secure" : "") + after,
  };
}

/** The attributes that say how long a cookie lives. */
export function lifetimeText({ maxAge, expires }: CookieLifetime): string {
  return (
    (maxAge === undefined ? "" : `; Max-Age=${maxAge}`) + (expires === undefined ? "" : `; Expires=${expires.toUTCString()}`)
  );
}

/** What a browser files a cookie under, beside its name. A leading dot and the case of a domain do not count (RFC 6265 §5.2.3). */
export function jarOf(domain: string | undefined, path: string | null, partitioned: boolean): string {
  return `${domain?.replace(/^\./, "").toLowerCase() ?? ""};${path ?? ""};${partitioned}`;
}

const DEFAULT_TEXT: AttributeText = attributeText("", {});
