import { readConsent, type ConsentRules, type ConsentState } from "./consent/consent-rules.ts";
import { findCookie, findCookies, parseCookies } from "./parse.ts";
import type { CookieKeys } from "./sealing/cookie-keys.ts";
import { unknownCategory, type CookieScope, type SetCookie } from "./set-cookie.ts";
import { SetCookies } from "./set-cookies.ts";

/** What reads a cookie of one name as a typed value: a `defineCookie(…)` is one. */
export interface CookieReader<Value> {
  readonly name: string;
  /** `candidates` are all cookies of that name, first the most specific. */
  decode(candidates: readonly string[], reading?: CookieReading): Value;
}

/** What reading a cookie may depend on, and may find to be put right. */
export interface CookieReading extends CookieScope {
  /** Has the response set or delete a cookie, unless the handler does so itself. */
  correct(cookie: SetCookie): void;
  /** Tells the application that a sealed cookie was sent and none of its values is genuine (CK-19). */
  distrust(cookie: string): void;
}

/** What an application settles about its cookies, once. */
export interface CookieRules {
  /** What signs and encrypts. */
  readonly cookieKeys?: CookieKeys | undefined;
  /** How visitors are asked for consent. */
  readonly consent?: ConsentRules | undefined;
  /** Told the name of a sealed cookie that was sent and is not genuine: changed, of another application, under a secret that is gone, or over. */
  readonly onForgery?: ((cookie: string) => void) | undefined;
}

/**
 * The cookies that the client sent.
 *
 * Shape: `theme=dark; theme=light` has `get("theme") → "dark"`, `getAll("theme") → ["dark", "light"]`; iterating and `toJSON`
 *        give each name once.
 * Cost:  reading one cookie searches the header for it; only iterating parses all.
 */
export class RequestCookies implements CookieReading, Iterable<[name: string, value: string]> {
  readonly #header: string;
  readonly #rules: CookieRules;
  #consent: ConsentState | undefined;
  #corrections: SetCookies | undefined;

  constructor(header: string | undefined, rules: CookieRules = noRules) {
    this.#header = header ?? "";
    this.#rules = rules;
  }

  get(name: string): string | undefined;
  get<Value>(definition: CookieReader<Value>): Value;
  get<Value>(cookie: string | CookieReader<Value>): string | undefined | Value {
    if (typeof cookie === "string") return findCookie(this.#header, cookie);
    return cookie.decode(findCookies(this.#header, cookie.name), this);
  }

  getAll(name: string): string[] {
    return findCookies(this.#header, name);
  }

  has(name: string): boolean {
    return findCookie(this.#header, name) !== undefined;
  }

  get keys(): CookieKeys | undefined {
    return this.#rules.cookieKeys;
  }

  allows(cookie: string, category: string): boolean {
    if (this.#rules.consent?.categories.includes(category) !== true) throw unknownCategory(cookie, category);
    return this.consent.granted.has(category);
  }

  /** What the visitor agreed to; `Consent` changes it. */
  get consent(): ConsentState {
    return (this.#consent ??= readConsent(this.#rules.consent, this.#header));
  }

  set consent(consent: ConsentState) {
    this.#consent = consent;
  }

  /** How this application asks for consent; undefined where it does not. */
  get consentRules(): ConsentRules | undefined {
    return this.#rules.consent;
  }

  correct(cookie: SetCookie): void {
    (this.#corrections ??= new SetCookies()).add(cookie);
  }

  distrust(cookie: string): void {
    this.#rules.onForgery?.(cookie);
  }

  /** What was found to be set anew or deleted while cookies were read: the response sends it, unless it sets the same cookie itself. */
  get corrections(): SetCookies | undefined {
    return this.#corrections;
  }

  [Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    return parseCookies(this.#header).entries();
  }

  /** Own properties, also for a cookie named `__proto__`. */
  toJSON(): Record<string, string> {
    return Object.fromEntries(this);
  }
}

const noRules: CookieRules = {};
