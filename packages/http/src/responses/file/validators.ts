import { readHttpDate } from "./http-date.ts";

/** What tells one version of a file from another. */
export interface Validators {
  /** `"…"`, or `W/"…"`. */
  readonly etag: string;
  /** In whole seconds: as precise as the header is. */
  readonly lastModified: string;
  /** Whether the file has not been changed for so long that another change would have shown. */
  readonly isSettled: boolean;
}

/**
 * The validators of a file.
 *
 * A strong tag, so that an interrupted download can go on: time of change, in microseconds, and size. Weak within a second of the change:
 * file systems count in steps of milliseconds, and two changes in one step of the same size would look alike.
 *
 * Source: RFC 9110 §8.8.1, §8.8.2.2.
 */
export function toValidators(stats: { readonly mtimeMs: number; readonly size: number }, now = Date.now()): Validators {
  const isSettled = now - stats.mtimeMs > 1000;
  const tag = `"${Math.round(stats.mtimeMs * 1000).toString(36)}-${stats.size.toString(36)}"`;
  return { etag: isSettled ? tag : `W/${tag}`, lastModified: new Date(stats.mtimeMs).toUTCString(), isSettled };
}

/**
 * Whether a list of tags, or `*`, names this one. Weakly: `W/"1"` and `"1"` are the same.
 *
 * Cost:   one pass over the list (HT-10).
 * Source: RFC 9110 §13.1.2, §8.8.3.2.
 */
export function matchesWeakly(list: string, etag: string): boolean {
  return list.trim() === "*" || tagsOf(list).some((tag) => opaque(tag) === opaque(etag));
}

/** The same, strongly: a weak tag is never the same as another. Source: RFC 9110 §13.1.1. */
export function matchesStrongly(list: string, etag: string): boolean {
  return list.trim() === "*" || (!etag.startsWith("W/") && tagsOf(list).includes(etag));
}

/**
 * Whether the part that a client has is of this version.
 *
 * Source: RFC 9110 §13.1.5: one tag, compared strongly, or the exact date, where it is a strong validator.
 */
export function matchesIfRange(condition: string, { etag, lastModified, isSettled }: Validators): boolean {
  if (condition.endsWith('"')) return matchesStrongly(condition, etag);
  const date = readHttpDate(condition);
  return isSettled && date !== undefined && date === readHttpDate(lastModified);
}

// Not split at commas: a tag may have one. Each quote is looked at once.
function tagsOf(list: string): string[] {
  return list.match(/(?:W\/)?"[^"]*"/g) ?? [];
}

function opaque(tag: string): string {
  return tag.startsWith("W/") ? tag.slice(2) : tag;
}
