/**
 * Lets every object in a client's JSON be compared, and says whether one could not.
 *
 * zod measures a `length` and a `size` also of what it has just found to be of the wrong type. In `{"name":{"length":{"toString":1}}}` that
 * is an object with a key of the client's where JavaScript expects a function, and comparing it throws: a 500 for every text with a least
 * length. Asked only then, it makes such an object NaN where it is compared, and leaves it what it is everywhere else.
 *
 * Cost: a walk over the value. Recursion is safe: how deep JSON may be was settled when it was parsed.
 */
export function makeMeasurable(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const parts: readonly unknown[] = value instanceof Set || value instanceof Map ? [...value] : Object.values(value);
  const isWithin = parts.reduce<boolean>((isChanged, part) => makeMeasurable(part) || isChanged, false);
  if (!Object.hasOwn(value, "toString") || Object.hasOwn(value, Symbol.toPrimitive)) return isWithin;
  return Reflect.defineProperty(value, Symbol.toPrimitive, { value: () => NaN }) || isWithin; // not enumerable: nobody sees it
}
