import { HTTPException } from "../http-exception.ts";
import { decodeField } from "./percent-decoding.ts";

/**
 * Names with one or more values, as a query or a form has them.
 *
 * Shape: `q=1&tag=a&tag=b` has `get("tag") → "b"`, `getAll("tag") → ["a", "b"]`, and iterates `["q", "1"]`, `["tag", "a"]`,
 *        `["tag", "b"]`: names in the order of their first appearance. `tag[]` and `tag[x]` are names like any other.
 */
export class Fields<Value = string> implements Iterable<[name: string, value: Value]> {
  #values: ReadonlyMap<string, readonly Value[]> | undefined;

  constructor(values?: ReadonlyMap<string, readonly Value[]>) {
    this.#values = values;
  }

  /** The last value: FastAPI's choice among equal names, and what a later, more specific field of a form means. */
  get(name: string): Value | undefined {
    return this.values().get(name)?.at(-1);
  }

  /** Every value, in the order of arrival; empty when there is none. */
  getAll(name: string): readonly Value[] {
    return this.values().get(name) ?? [];
  }

  has(name: string): boolean {
    return this.values().has(name);
  }

  /** Each name once. */
  keys(): IterableIterator<string> {
    return this.values().keys();
  }

  *entries(): Generator<[name: string, value: Value]> {
    for (const [name, values] of this.values()) for (const value of values) yield [name, value];
  }

  [Symbol.iterator](): Generator<[name: string, value: Value]> {
    return this.entries();
  }

  /** All of them, by name. */
  protected values(): ReadonlyMap<string, readonly Value[]> {
    return (this.#values ??= this.parse());
  }

  /** What they are, where the constructor was not told. */
  protected parse(): ReadonlyMap<string, readonly Value[]> {
    return new Map();
  }
}

/**
 * Parses `application/x-www-form-urlencoded` text, of a query or a body.
 *
 * Shape:  `"a=1&b&a=%C3%A9"` gives `a → ["1", "é"]`, `b → [""]`.
 * Cost:   linear, at most `maxFields` decodings.
 * Source: WHATWG URL §5.1; `;` separates nothing.
 * Errors: HTTPException 400 for more than `maxFields` fields (QS-05, JB-15).
 */
export function parseUrlencoded(text: string, maxFields: number): Map<string, string[]> {
  const fields = new Map<string, string[]>(); // a Map: a field may be named "__proto__"
  let count = 0;
  for (let start = 0; start < text.length;) {
    const ampersand = text.indexOf("&", start);
    const end = ampersand === -1 ? text.length : ampersand;
    if (end > start) {
      if (++count > maxFields) throw new HTTPException(400, `Too many fields: at most ${maxFields} are read`);
      addField(fields, text.slice(start, end));
    }
    start = end + 1;
  }
  return fields;
}

function addField(fields: Map<string, string[]>, pair: string): void {
  const equals = pair.indexOf("=");
  const name = decodeField(equals === -1 ? pair : pair.slice(0, equals));
  const value = equals === -1 ? "" : decodeField(pair.slice(equals + 1));
  const values = fields.get(name);
  if (values === undefined) fields.set(name, [value]);
  else values.push(value);
}
