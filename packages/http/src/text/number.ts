/**
 * The number that a text writes, or the text itself when it writes none.
 *
 * Shape:  `"5"`, `"+5"`, `"-5"`, `"05"` and `"5.0"` are integers; `""`, `" 5"`, `"5."`, `"1e0"`, `"0x5"`, `"1_0"`, `"٢"` and
 *         `"9007199254740993"` stay text. `"-0"` is `0`: a negative zero is a trap for `Object.is` and for printing.
 * Cost:   one pass, 10 to 40 ns for the lengths that occur; linear in the length, whatever the text.
 * Source: pydantic's integer parsing, less surrounding white space and `_` (attacks.md PA-18); an integer that a
 *         JavaScript number cannot hold exactly is refused instead of becoming its neighbour.
 */
export function decodeInteger(text: string): number | string {
  const start = afterSign(text);
  let value = 0;
  let index = start;
  for (; index < text.length; index++) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit; // beyond 2^53 this rounds, but never back below it
  }
  if (index === start || !endsInZeroFraction(text, index)) return text;
  if (value > Number.MAX_SAFE_INTEGER) return text;
  return text.charCodeAt(0) === MINUS ? 0 - value : value;
}

/**
 * The finite number that a text writes, or the text itself.
 *
 * Shape:  all that {@link decodeInteger} reads, and `"1.5"`, `".5"`, `"5."`, `"1e3"`, `"1.5E-3"`; `"1e400"`, `"Infinity"`, `"NaN"`, `"0x5"`
 *         and `"1_0"` stay text.
 * Source: pydantic's float parsing, less white space, `_`, `inf` and `nan`. An integer beyond 2^53 is read only where its
 *         digits come back unchanged, so that an id never turns into another one (PA-18).
 */
export function decodeNumber(text: string): number | string {
  const integer = decodeInteger(text);
  if (typeof integer === "number") return integer;
  if (!isDecimal(text)) return text;
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  if (skipDigits(text, afterSign(text)) === text.length && String(value) !== text) return text;
  return value + 0; // -0 + 0 is 0
}

/**
 * The bigint that a text writes, or the text itself.
 *
 * Shape:  the integers of {@link decodeInteger}, of any size up to 4,300 digits.
 * Cost:   more than linear in the digits, hence the limit, which is Python's (CVE-2020-10735).
 */
export function decodeBigInt(text: string): bigint | string {
  const start = afterSign(text);
  const end = skipDigits(text, start);
  if (end === start || end - start > MAX_BIGINT_DIGITS || !endsInZeroFraction(text, end)) return text;
  const value = BigInt(text.slice(start, end));
  return text.charCodeAt(0) === MINUS ? -value : value;
}

const MAX_BIGINT_DIGITS = 4300;
const ZERO = 48;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;

function afterSign(text: string): number {
  const first = text.charCodeAt(0);
  return first === MINUS || first === PLUS ? 1 : 0;
}

function skipDigits(text: string, from: number): number {
  let index = from;
  while (index < text.length && isDigit(text.charCodeAt(index))) index++;
  return index;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9; // ASCII only: PA-18 lists the digits of other scripts
}

/** Nothing after `from`, or a dot and at least one zero. */
function endsInZeroFraction(text: string, from: number): boolean {
  if (from === text.length) return true;
  if (text.charCodeAt(from) !== DOT || from + 1 === text.length) return false;
  for (let index = from + 1; index < text.length; index++) if (text.charCodeAt(index) !== ZERO) return false;
  return true;
}

/** By hand and not by `Number`, which also reads `""`, `" 1 "`, `"0x5"` and `"Infinity"`. */
function isDecimal(text: string): boolean {
  const start = afterSign(text);
  const point = skipDigits(text, start);
  const end = text.charCodeAt(point) === DOT ? skipDigits(text, point + 1) : point;
  const digits = end - start - (end > point ? 1 : 0);
  if (digits === 0) return false;
  return end === text.length || isExponent(text, end);
}

function isExponent(text: string, from: number): boolean {
  if (text[from] !== "e" && text[from] !== "E") return false;
  const sign = text.charCodeAt(from + 1);
  const start = sign === MINUS || sign === PLUS ? from + 2 : from + 1;
  return start < text.length && skipDigits(text, start) === text.length;
}
