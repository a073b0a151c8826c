/**
 * A received value, fit to be sent back: plain JSON of a bounded size, or undefined where it is too large to say something.
 *
 * Shape:  a text of more than 200 characters is cut; an object or list of more than 50 parts, or deeper than 4, is left out; a Date,
 *         bigint or NaN is its text.
 * Cost:   bounded, whatever the value: a body may be huge, nested beyond the stack (JB-02), or both.
 */
export function echo(value: unknown): unknown {
  const copy = copyBounded(value, 0, { parts: MAX_PARTS });
  return copy === TOO_LARGE ? undefined : copy;
}

const MAX_PARTS = 50;
const MAX_DEPTH = 4;
const MAX_TEXT_CHARACTERS = 200;
const TOO_LARGE = Symbol("too large");

function copyBounded(value: unknown, depth: number, budget: { parts: number }): unknown {
  if (--budget.parts < 0 || depth > MAX_DEPTH) return TOO_LARGE;
  switch (typeof value) {
    case "string":
      return cut(value);
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint":
      return cut(String(value));
    case "object":
      return value === null ? null : copyObject(value, depth, budget);
    default:
      return undefined;
  }
}

function copyObject(value: object, depth: number, budget: { parts: number }): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (Array.isArray(value)) return copyParts(value, (part) => copyBounded(part, depth + 1, budget));
  if (value instanceof Set) return copyParts(value, (part) => copyBounded(part, depth + 1, budget));
  if (!isPlain(value)) return undefined; // a Map, a file: nothing that JSON shows
  const entries = copyParts(ownKeys(value), (key) => {
    const part = copyBounded((value as Record<string, unknown>)[key], depth + 1, budget);
    return part === TOO_LARGE ? TOO_LARGE : ([cut(key), part] as const);
  });
  // fromEntries defines a key named __proto__ and does not assign it
  return Array.isArray(entries) ? Object.fromEntries(entries as (readonly [string, unknown])[]) : entries;
}

/** Stops at the first part that is too large: the rest of a million parts is not looked at. */
function copyParts<Part>(parts: Iterable<Part>, copy: (part: Part) => unknown): unknown[] | typeof TOO_LARGE {
  const copies: unknown[] = [];
  for (const part of parts) {
    const copied = copy(part);
    if (copied === TOO_LARGE) return TOO_LARGE;
    copies.push(copied);
  }
  return copies;
}

function* ownKeys(value: object): Generator<string> {
  for (const key in value) if (Object.hasOwn(value, key)) yield key;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function cut(text: string): string {
  return text.length > MAX_TEXT_CHARACTERS ? `${text.slice(0, MAX_TEXT_CHARACTERS)}…` : text;
}
