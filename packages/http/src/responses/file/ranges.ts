/** A part of a file, both ends included, as `Content-Range` counts. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header.
 *
 * Shape:  `"bytes=0-99, -100"` of 526 bytes gives `0–99` and `426–525`; an empty list where nothing of what is asked for exists, or too
 *         much at once (416); undefined where the header is not understood, and counts as if it was not there.
 * Cost:   one pass. Ranges that overlap or touch are sent as one, so that nobody is sent more than the file, and more than 50 that do
 *         not are refused (CVE-2011-3192).
 * Source: RFC 9110 §14.1.1, §14.1.2, §14.2, §15.5.17.
 */
export function readRanges(header: string, size: number): readonly ByteRange[] | undefined {
  const set = /^bytes=(.*)$/i.exec(header)?.[1];
  if (set === undefined || size === 0) return undefined; // nothing has no parts, and 200 says that it is empty
  const ranges: ByteRange[] = [];
  let isEmpty = true;
  for (const part of set.split(",")) {
    const spec = part.trim();
    if (spec === "") continue; // RFC 9110 §5.6.1.2: a list may have empty elements
    const range = readRange(spec, size);
    if (range === undefined) return undefined;
    isEmpty = false;
    if (range.start <= range.end) ranges.push(range);
  }
  return isEmpty ? undefined : withinReason(coalesce(ranges));
}

const MOST_RANGES = 50;

function withinReason(ranges: readonly ByteRange[]): readonly ByteRange[] {
  return ranges.length > MOST_RANGES ? [] : ranges;
}

/** One range, whose end is before its start where the file does not reach so far. */
function readRange(spec: string, size: number): ByteRange | undefined {
  const match = /^(\d*)-(\d*)$/.exec(spec);
  const [, first = "", last = ""] = match ?? [];
  if (first === "") return last === "" ? undefined : { start: Math.max(0, size - Number(last)), end: size - 1 };
  const start = Number(first);
  if (last === "") return { start, end: size - 1 };
  return Number(last) < start ? undefined : { start, end: Math.min(Number(last), size - 1) };
}

// In the order of the request where nothing overlaps (RFC 9110 §15.3.7.2).
function coalesce(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const merged: ByteRange[] = [];
  for (const range of ranges.toSorted((one, other) => one.start - other.start)) {
    const before = merged.at(-1);
    if (before === undefined || range.start > before.end + 1) merged.push(range);
    else merged[merged.length - 1] = { start: before.start, end: Math.max(before.end, range.end) };
  }
  return merged.length === ranges.length ? ranges : merged;
}
