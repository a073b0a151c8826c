import { toContent, type Flash } from "./session-content.ts";

/**
 * Brings the changes of one request onto what another one has stored meanwhile: of each key the last write wins (SE-06).
 *
 * Shape:  `base {a: 1, b: 1}`, `own {a: 2, b: 1}` and `stored {a: 1, b: 3}` give `{a: 2, b: 3}`; a key that one of them deleted is gone.
 */
export function mergeContent(base: string, own: string, stored: string): string {
  const [before, after, theirs] = [toContent(base), toContent(own), toContent(stored)];
  return JSON.stringify({
    data: mergeData(before.data, after.data, theirs.data),
    flashes: mergeFlashes(before.flashes, after.flashes, theirs.flashes),
  });
}

function mergeData(before: unknown, after: unknown, theirs: unknown): unknown {
  if (!isRecord(before) || !isRecord(after) || !isRecord(theirs)) return after;
  const merged = new Map(Object.entries(theirs));
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue;
    if (Object.hasOwn(after, key)) merged.set(key, after[key]);
    else merged.delete(key);
  }
  return Object.fromEntries(merged);
}

/** Messages that this request has shown are gone, those that it left are added to those that others left. */
function mergeFlashes(before: readonly Flash[], after: readonly Flash[], theirs: readonly Flash[]): Flash[] {
  const keeps = before.every((flash, index) => isSame(flash, after[index]));
  return keeps ? [...theirs, ...after.slice(before.length)] : [...withoutShown(theirs, before), ...after];
}

/** Each message that was shown is taken once: one that says the same may have been left since. */
function withoutShown(flashes: readonly Flash[], shown: readonly Flash[]): Flash[] {
  const left = [...flashes];
  for (const flash of shown) {
    const at = left.findIndex((each) => isSame(each, flash));
    if (at !== -1) left.splice(at, 1);
  }
  return left;
}

function isSame(one: Flash, other: Flash | undefined): boolean {
  return one.key === other?.key && one.value === other.value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
