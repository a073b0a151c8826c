import { readSetCookieLine, type SetCookie } from "./set-cookie.ts";

/**
 * The cookies that a response sets, in the order in which they were set.
 *
 * Of two with the same name, domain, path and partition the later one is sent, once: to a browser they are one cookie, and
 * which of two equal lines it keeps is nothing to rely on.
 *
 * Cost:   adding walks the cookies that are there.
 * Source: RFC 6265 §4.1.1 ("servers SHOULD NOT include more than one Set-Cookie header field … with the same cookie-name").
 */
export class SetCookies implements Iterable<SetCookie> {
  readonly #cookies: SetCookie[] = [];

  get size(): number {
    return this.#cookies.length;
  }

  /** Adds a cookie; an earlier one that it replaces goes. */
  add(cookie: SetCookie): this {
    const replaced = this.#cookies.findIndex(
      (earlier) => earlier.name === cookie.name && earlier.attributes.jar === cookie.attributes.jar,
    );
    if (replaced !== -1) this.#cookies.splice(replaced, 1);
    this.#cookies.push(cookie);
    return this;
  }

  /**
   * Adds a finished `Set-Cookie` value, of another library or of a web-standard response, under the same rule.
   *
   * Errors: CookieError where it has no name, or characters that no header can have.
   */
  addLine(line: string): this {
    return this.add(readSetCookieLine(line));
  }

  /** The values of the `Set-Cookie` headers, one for each. */
  lines(overHttps: boolean): string[] {
    return this.#cookies.map(({ pair, attributes }) => pair + (overHttps ? attributes.overHttps : attributes.overHttp));
  }

  [Symbol.iterator](): IterableIterator<SetCookie> {
    return this.#cookies.values();
  }
}

/** Both lists as one new list, in which a later cookie replaces its earlier equal. */
export function mergeCookies(earlier: SetCookies, later: SetCookies): SetCookies {
  const merged = new SetCookies();
  for (const cookie of earlier) merged.add(cookie);
  for (const cookie of later) merged.add(cookie);
  return merged;
}
