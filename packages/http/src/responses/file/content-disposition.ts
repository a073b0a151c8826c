/** Whether a browser shows a file in its window or saves it. */
export type Disposition = "attachment" | "inline";

/**
 * Writes a `Content-Disposition` header.
 *
 * Shape:  `("attachment", "report.pdf")` gives `attachment; filename="report.pdf"`, and `"你好.txt"` gives
 *         `attachment; filename*=utf-8''%E4%BD%A0%E5%A5%BD.txt`. Never both: browsers older than 2013 alone need a second name.
 * Source: RFC 6266 §4, RFC 8187 §3.2. Quotes, backslashes and `%` go into the second form, too: browsers disagree about them in
 *         quotes (RFC 6266, appendix C), and there is nothing to escape that an attack could begin with.
 */
export function writeDisposition(disposition: Disposition, filename: string | undefined): string {
  if (filename === undefined) return disposition;
  if (/^[\x20-\x7e]*$/.test(filename) && !/["\\%]/.test(filename)) return `${disposition}; filename="${filename}"`;
  return `${disposition}; filename*=utf-8''${encodeExtended(filename)}`;
}

// encodeURIComponent throws at half a surrogate pair, and leaves four characters that RFC 8187 does not.
function encodeExtended(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, "\u{FFFD}")).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
