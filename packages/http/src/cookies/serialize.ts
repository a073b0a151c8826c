import { writeAttributes, type AttributeText } from "./attributes.ts";
import { CookieError } from "./cookie-error.ts";
import type { CookieAttributes } from "./options.ts";

// RFC 6265 §6.1: what a browser must at least be able to store; most store no more and drop the cookie in silence
const MAX_COOKIE_BYTES = 4096;

/**
 * Writes the value of one `Set-Cookie` header.
 *
 * Shape:  `("theme", "dark blue", { maxAge: 60 })` gives `"theme=dark%20blue; Max-Age=60; Path=/; SameSite=lax"`.
 * Source: RFC 6265 §4.1.1.
 * Errors: CookieError for everything that a browser would drop or that would break the header.
 */
export function serializeCookie(name: string, value: string, attributes?: CookieAttributes, overHttps = false): string {
  const text = writeAttributes(name, attributes);
  const pair = cookiePair(name, value, text);
  return pair + (overHttps ? text.overHttps : text.overHttp);
}

/**
 * Writes `name=value` for a name that is checked, and refuses what is too large together with its attributes.
 *
 * Errors: CookieError.
 */
export function cookiePair(name: string, value: string, attributes: AttributeText): string {
  const pair = `${name}=${encodeCookieValue(name, value)}`;
  checkCookieSize(name, pair.length, attributes); // all of it is ASCII, so characters are bytes
  return pair;
}

/**
 * Refuses what is too large; `length` is that of `name=value`.
 *
 * Errors: CookieError.
 */
export function checkCookieSize(name: string, length: number, attributes: AttributeText): void {
  const size = length + attributes.overHttps.length;
  if (size <= MAX_COOKIE_BYTES) return;
  throw new CookieError(
    name,
    "COOKIE_SIZE",
    `it has ${size} bytes with its attributes, and browsers drop what is over ${MAX_COOKIE_BYTES} (RFC 6265 §6.1)`,
    "keep the data on the server and an id in the cookie",
  );
}

const COOKIE_OCTETS = /^[\x21\x23\x24\x26-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;
const OTHER_CHARACTERS = /[^\x21\x23\x24\x26-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+/g;

/** Percent-encodes what is no cookie-octet (RFC 6265 §4.1.1), and `%` itself, so that decodeURIComponent gives the value back. Errors: CookieError. */
export function encodeCookieValue(name: string, value: string): string {
  if (typeof value !== "string") {
    throw new CookieError(
      name,
      "COOKIE_VALUE",
      `the value is of type ${typeof value}, not a string`,
      "defineCookie(name, schema) for typed values, or String(value)",
    );
  }
  if (COOKIE_OCTETS.test(value)) return value;
  try {
    return value.replace(OTHER_CHARACTERS, encodeURIComponent);
  } catch (cause) {
    throw new CookieError(
      name,
      "COOKIE_VALUE",
      "the value has half of a surrogate pair, which is no character",
      "value.toWellFormed()",
      { cause },
    );
  }
}
