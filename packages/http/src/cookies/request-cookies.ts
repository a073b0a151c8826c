import { findCookie, findCookies, parseCookies } from "./parse.ts";

/** What reads a cookie of one name as a typed value: a `defineCookie(…)` is one. */
export interface CookieReader<Value> {
  readonly name: string;
  /** `candidates` are all cookies of that name, first the most specific. */
  decode(candidates: readonly string[]): Value;
}

/**
 * The cookies that the client sent.
 *
 * Shape: `theme=dark; theme=light` has `get("theme") → "dark"`, `getAll("theme") → ["dark", "light"]`; iterating and `toJSON`
 *        give each name once.
 * Cost:  reading one cookie searches the header for it; only iterating parses all.
 */
export class RequestCookies implements Iterable<[name: string, value: string]> {
  readonly #header: string;

  constructor(header: string | undefined) {
    this.#header = header ?? "";
  }

  get(name: string): string | undefined;
  get<Value>(definition: CookieReader<Value>): Value;
  get<Value>(cookie: string | CookieReader<Value>): string | undefined | Value {
    if (typeof cookie === "string") return findCookie(this.#header, cookie);
    return cookie.decode(findCookies(this.#header, cookie.name));
  }

  getAll(name: string): string[] {
    return findCookies(this.#header, name);
  }

  has(name: string): boolean {
    return findCookie(this.#header, name) !== undefined;
  }

  [Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    return parseCookies(this.#header).entries();
  }

  /** Own properties, also for a cookie named `__proto__`. */
  toJSON(): Record<string, string> {
    return Object.fromEntries(this);
  }
}
