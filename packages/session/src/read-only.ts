import { isPlain } from "./plain-data.ts";

/**
 * The same data, to look at: every change is reported and refused. A handler that streams may still read its session; a change
 * would be lost (SE-11).
 */
export function readOnly<Data>(data: Data, refuse: () => never): Data {
  if (typeof data !== "object" || data === null || !isPlain(data)) return data;
  // A proxy has to give what a frozen object holds as it is; of a copy it may give what is read-only, too.
  const target = Object.isFrozen(data) ? copyOf(data) : data;
  return new Proxy(target, {
    get: (target, key) => readOnly(Reflect.get(target, key) as unknown, refuse),
    set: refuse,
    deleteProperty: refuse,
    defineProperty: refuse,
    setPrototypeOf: refuse,
  });
}

function copyOf<Data extends object>(data: Data): Data {
  return (Array.isArray(data) ? [...(data as unknown[])] : { ...data }) as Data;
}
