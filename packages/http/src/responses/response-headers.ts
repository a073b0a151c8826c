import { checkHeaderName, checkHeaderValue, isPlainValue } from "./header-rules.ts";

/** Headers to begin with: a record, or pairs where a name may stand several times. */
export type HeaderEntries = Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]>;

/**
 * The headers of a response: names in any case, each name once unless it was appended.
 *
 * Shape:  iteration gives `["x-request-id", "7"]`, names in lower case, in the order in which they were set.
 * Cost:   every call walks the headers that are set; there are few, and a list of two strings each is what node writes.
 * Source: RFC 9110 §5.
 * Errors: HeaderError where a name is no token, where a value could not be sent, and for `Set-Cookie`, `Trailer` and
 *         `Transfer-Encoding`, which have other ways.
 */
export class ResponseHeaders implements Iterable<[name: string, value: string]> {
  readonly #flat: string[];
  #hasObsText = false;

  constructor(entries?: HeaderEntries) {
    const isChecked = entries instanceof ResponseHeaders;
    this.#flat = isChecked ? [...entries.#flat] : [];
    if (isChecked) this.#hasObsText = entries.#hasObsText;
    if (isChecked || entries === undefined) return;
    const pairs = isIterable(entries) ? entries : Object.entries(entries);
    for (const [name, value] of pairs) this.append(name, value);
  }

  /** `[name, value, name, value, …]`, the form that `writeHead` takes as it is. */
  get flat(): readonly string[] {
    return this.#flat;
  }

  /** Whether a value was set that goes beyond ASCII (RFC 9110 §5.5). Noted when it is set: the head is not looked through when it is sent. */
  get hasObsText(): boolean {
    return this.#hasObsText;
  }

  /** The value; several values of one name are joined with a comma (RFC 9110 §5.3). */
  get(name: string): string | undefined {
    const wanted = name.toLowerCase();
    let joined: string | undefined;
    for (let i = 0; i < this.#flat.length; i += 2) {
      if (this.#flat[i] !== wanted) continue;
      const value = this.#flat[i + 1] ?? "";
      joined = joined === undefined ? value : `${joined}, ${value}`;
    }
    return joined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Puts this value in the place of every earlier one. */
  set(name: string, value: string): this {
    const lower = checkHeaderName(name);
    this.#check(name, value); // before anything is removed: a refused value leaves the headers as they were
    this.delete(lower);
    this.#flat.push(lower, value);
    return this;
  }

  /** Adds a line beside the earlier ones of that name. */
  append(name: string, value: string): this {
    this.#flat.push(checkHeaderName(name), this.#check(name, value));
    return this;
  }

  /** Adds the line at this place of other headers' `flat`. It was checked when it was set there. */
  appendLine(from: ResponseHeaders, at: number): this {
    this.#flat.push(from.flat[at]!, from.flat[at + 1]!);
    this.#hasObsText ||= from.hasObsText;
    return this;
  }

  /** Removes every value of the name, and tells whether there was one. */
  delete(name: string): boolean {
    const unwanted = name.toLowerCase();
    const before = this.#flat.length;
    for (let i = before - 2; i >= 0; i -= 2) {
      if (this.#flat[i] === unwanted) this.#flat.splice(i, 2);
    }
    return this.#flat.length < before;
  }

  #check(name: string, value: string): string {
    if (isPlainValue(value)) return value;
    checkHeaderValue(name, value);
    this.#hasObsText = true;
    return value;
  }

  *[Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    for (let i = 0; i < this.#flat.length; i += 2) yield [this.#flat[i] ?? "", this.#flat[i + 1] ?? ""];
  }
}

function isIterable(entries: HeaderEntries): entries is Iterable<readonly [string, string]> {
  return Symbol.iterator in entries;
}
