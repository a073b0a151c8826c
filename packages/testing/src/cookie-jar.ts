import { CookieJar as ToughCookieJar, MemoryCookieStore, type Cookie } from "tough-cookie";
import { parseSetCookie, toOptional, type ReceivedCookie } from "./set-cookie.ts";

/** A cookie that the jar holds: `domain` and `path` are those it is sent to, `hostOnly` says that subdomains do not get it. */
export interface StoredCookie extends ReceivedCookie {
  readonly domain: string;
  readonly path: string;
  readonly hostOnly: boolean;
}

/** Attributes for `CookieJar.set`, as in a `Set-Cookie` line. */
export interface CookieAttributes {
  readonly path?: string;
  readonly domain?: string;
  readonly maxAge?: number;
  readonly expires?: Date;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
  readonly sameSite?: "strict" | "lax" | "none";
}

/**
 * The cookies of a client, kept and sent by the rules of RFC 6265 (tough-cookie): domain, path, expiry, `Secure`, prefixes.
 *
 * A `Secure` cookie is not stored from http and not sent to it, unless `secureContext` lets loopback count as secure, as
 * browsers do. `SameSite` is kept but does not hold a cookie back: the client is always on the application's own site.
 */
export class CookieJar {
  readonly #store = new MemoryCookieStore();
  readonly #jar: ToughCookieJar;
  readonly #home: string;
  readonly #receivedAt = new WeakMap<Cookie, number>();

  constructor(home: string, secureContext: boolean) {
    this.#home = home;
    this.#jar = new ToughCookieJar(this.#store, { allowSecureOnLocal: secureContext });
  }

  /** The cookie with this name; of several, the one with the longest path, which a server reads first. */
  get(name: string): StoredCookie | undefined {
    return this.all().find((cookie) => cookie.name === name);
  }

  /** All cookies that have not expired, longer paths first. */
  all(): StoredCookie[] {
    return this.#list()
      .map(toStoredCookie)
      .sort((one, other) => other.path.length - one.path.length);
  }

  /**
   * Stores a cookie as if the application had set it, the value as it is.
   *
   * Errors: an `Error` that says why where the jar refuses the cookie: a foreign domain, `secure` on http, a broken prefix rule.
   */
  set(name: string, value: string, attributes: CookieAttributes = {}): void {
    const line = toSetCookieLine(name, value, { path: "/", ...attributes });
    if (this.#keep(line, this.#home, {}) === undefined) throw new Error(`the cookie jar refuses ${JSON.stringify(line)}`);
  }

  /** Forgets every cookie with this name. */
  delete(name: string): void {
    for (const { domain, path } of this.all().filter((cookie) => cookie.name === name)) {
      this.#store.removeCookie(domain, path, name, () => {}); // the memory store works at once
    }
  }

  /** Forgets all cookies. */
  clear(): void {
    this.#jar.removeAllCookiesSync();
  }

  /** Keeps what a response to this URL set; what a browser would drop is dropped without a word, as it does. */
  store(setCookieLines: readonly string[], url: URL): void {
    for (const line of setCookieLines) this.#keep(line, url.href, { ignoreError: true });
  }

  /** The `name=value` pairs to send to this URL, in the order of RFC 6265 §5.4. */
  pairsFor(url: URL): [name: string, value: string][] {
    const cookies = this.#jar.getCookiesSync(url.href).filter((cookie) => !this.#isOver(cookie));
    return cookies.map((cookie) => [cookie.key, cookie.value]);
  }

  #keep(line: string, url: string, options: { ignoreError?: boolean }): Cookie | undefined {
    const cookie = this.#jar.setCookieSync(line, url, options);
    if (cookie !== undefined) this.#receivedAt.set(cookie, Date.now());
    return cookie;
  }

  /** `Max-Age` counts from when the cookie came (RFC 6265 §5.2.2); tough-cookie counts from when it was last sent. */
  #isOver(cookie: Cookie): boolean {
    const receivedAt = this.#receivedAt.get(cookie);
    if (typeof cookie.maxAge !== "number" || receivedAt === undefined) return cookie.TTL() <= 0;
    return receivedAt + cookie.maxAge * 1000 <= Date.now();
  }

  #list(): Cookie[] {
    let cookies: Cookie[] = [];
    this.#store.getAllCookies((_error, found) => (cookies = found ?? [])); // at once, like removeCookie
    return cookies.filter((cookie) => !this.#isOver(cookie));
  }
}

function toStoredCookie(cookie: Cookie): StoredCookie {
  const { domain, path, hostOnly, expires, maxAge, sameSite } = cookie;
  return {
    ...parseSetCookie([`${cookie.key}=${cookie.value}`, ...(cookie.extensions ?? [])].join("; ")),
    domain: domain ?? "",
    path: path ?? "/",
    hostOnly: hostOnly ?? false,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    ...toOptional("expires", expires instanceof Date ? expires : undefined),
    ...toOptional("maxAge", typeof maxAge === "number" ? maxAge : undefined),
    ...toOptional("sameSite", sameSite),
  };
}

function toSetCookieLine(name: string, value: string, attributes: CookieAttributes): string {
  const { path, domain, maxAge, expires, secure, httpOnly, sameSite } = attributes;
  const parts = [`${name}=${value}`];
  if (path !== undefined) parts.push(`Path=${path}`);
  if (domain !== undefined) parts.push(`Domain=${domain}`);
  if (maxAge !== undefined) parts.push(`Max-Age=${maxAge}`);
  if (expires !== undefined) parts.push(`Expires=${expires.toUTCString()}`);
  if (secure) parts.push("Secure");
  if (httpOnly) parts.push("HttpOnly");
  if (sameSite !== undefined) parts.push(`SameSite=${sameSite}`);
  return parts.join("; ");
}
