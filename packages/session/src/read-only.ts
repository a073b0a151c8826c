/**
 * The same data, to look at: every change is reported and refused. A handler that streams may still read its session; a change
 * would be lost (SE-11).
 */
export function readOnly<Data>(data: Data, refuse: () => never): Data {
  if (typeof data !== "object" || data === null || !isPlain(data)) return data;
  return new Proxy(data, {
    get: (target, key) => readOnly(Reflect.get(target, key) as unknown, refuse),
    set: refuse,
    deleteProperty: refuse,
    defineProperty: refuse,
    setPrototypeOf: refuse,
  });
}

/** A Date and a Map work on themselves only, and not on what stands before them. */
function isPlain(data: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(data);
  return Array.isArray(data) || prototype === Object.prototype || prototype === null;
}
