/**
 * Reads the date of a conditional request, in milliseconds.
 *
 * Shape:  `"Sun, 06 Nov 1994 08:49:37 GMT"`, and the two older forms, of RFC 850 and of C's `asctime`, that a server must understand.
 * Source: RFC 9110 §5.6.7. Undefined for anything else: such a condition is as if it was not there (§13.1.3).
 */
export function readHttpDate(text: string): number | undefined {
  const isAsctime = ASCTIME.test(text);
  if (!isAsctime && !IMF_FIXDATE.test(text) && !RFC_850.test(text)) return undefined;
  const time = Date.parse(isAsctime ? `${text} GMT` : text); // without GMT it would be the server's own time
  return Number.isNaN(time) ? undefined : time;
}

const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RFC_850 = /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [\d ]\d \d{2}:\d{2}:\d{2} \d{4}$/;
