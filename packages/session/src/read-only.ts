import { isPlain } from "./plain-data.ts";

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
