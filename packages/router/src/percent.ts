/**
 * The one form in which paths are compared: everything that is safe to decode is decoded, the rest is spelt one way.
 *
 * Shape:  `"/%75ser/caf%c3%a9/a%2fb"` gives `"/user/café/a%2Fb"`.
 * Source: RFC 3986 §6.2.2.1 (hex case), §6.2.2.2 (an encoded unreserved character is equivalent), §2.2 (an encoded
 *         reserved character, above all `%2F`, is not).
 *
 * It is undefined for a malformed escape or invalid UTF-8, anywhere in the path.
 */
export function toCanonicalPath(path: string): string | undefined {
  try {
    // decodeURI keeps reserved characters encoded but would decode "%25": encoded twice, it survives as "%25". So every
    // "%" that is left starts an escape, and decoding a part of the result later decodes the client's text exactly once.
    const decoded = decodeURI(path.replaceAll("%25", "%2525"));
    return decoded.replace(/%../g, (escape) => escape.toUpperCase());
  } catch {
    return undefined;
  }
}

/** The value of a part of a path; undefined when it is malformed, which no part of a canonical path is. */
export function decodeValue(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Canonical text as it is sent in a URL. */
export function encodeCanonical(text: string): string {
  return encodeURI(text).replaceAll("%25", "%");
}

/**
 * Text without its letter case, character by character, so that every position stays where it was: a parameter is
 * found in the folded path and cut from the original. (`"İ".toLowerCase()` is longer, and final `Σ` depends on context.)
 */
export function foldCase(text: string): string {
  return /[^\0-\x7f]/.test(text) ? Array.from(text, foldCharacter).join("") : text.toLowerCase();
}

function foldCharacter(character: string): string {
  const folded = character.toLowerCase();
  return folded.length === character.length ? folded : character;
}

/** Whether a URL can carry the text: half of a surrogate pair has no UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
