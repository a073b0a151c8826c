import { isUtf8 } from "node:buffer";

const ESCAPES = /(?:%[0-9a-f]{2})+/gi;
const ONLY_ASCII_ESCAPES = /^(?:[^%]|%[0-7][0-9a-f])*$/i;

/**
 * Decodes percent-escapes; a bad one stays as it is.
 *
 * Shape:  `"a%20b"` gives `"a b"`; `"100%"`, `"%zz"` and `"%ff"` (no UTF-8) give themselves.
 * Cost:   linear. Nothing is thrown inside: `decodeURIComponent` throws for 2.5 µs, and one header holds 4,000 bad escapes.
 * Source: RFC 3986 §2.1; WHATWG URL §1.3 for leaving bad escapes.
 */
export function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  if (ONLY_ASCII_ESCAPES.test(text)) return decodeURIComponent(text);
  return text.replace(ESCAPES, decodeRun);
}

/**
 * Decodes a name or a value of `application/x-www-form-urlencoded`.
 *
 * Shape:  `"a+b%2B"` gives `"a b+"`.
 * Source: WHATWG URL §5.1.
 */
export function decodeField(text: string): string {
  return decodePercent(text.includes("+") ? text.replaceAll("+", " ") : text);
}

function decodeRun(escapes: string): string {
  const bytes = Buffer.from(escapes.replaceAll("%", ""), "hex");
  return isUtf8(bytes) ? bytes.toString() : escapes;
}
