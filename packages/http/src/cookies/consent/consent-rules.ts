import { checkCookieName } from "../cookie-name.ts";
import { checkLifetime } from "../attribute-rules.ts";
import { findCookie } from "../parse.ts";

/** How visitors are asked for their consent. */
export interface ConsentOptions {
  /** What needs consent, by purpose: `["analytics", "marketing"]`. Cookies without a category are essential. */
  readonly categories: readonly string[];
  /** Another version asks again: raise it when the purposes change. Default `"1"`. */
  readonly version?: string | number | undefined;
  /** The name of the cookie that remembers the answer. Default `"cookie_consent"`. */
  readonly cookie?: string | undefined;
  /** Units: seconds. How long an answer counts. Default half a year. */
  readonly maxAge?: number | undefined;
}

/** {@link ConsentOptions}, checked and complete. */
export interface ConsentRules {
  readonly categories: readonly string[];
  readonly version: string;
  readonly cookie: string;
  readonly maxAge: number;
}

/** What one visitor has answered. */
export interface ConsentState {
  /** Whether there is an answer to this version at all. */
  readonly isAnswered: boolean;
  readonly granted: ReadonlySet<string>;
}

const HALF_A_YEAR = 15_552_000;

/**
 * How an application asks for consent: cookies that are defined with one of the categories are neither sent nor read until then.
 *
 * Shape:  `new App({ consent: cookieConsent({ categories: ["analytics", "marketing"] }) })`
 * Errors: TypeError for a category or a version that the cookie could not hold, CookieError for its name and lifetime.
 */
export function cookieConsent(options: ConsentOptions): ConsentRules {
  const { categories, version = "1", cookie = "cookie_consent", maxAge = HALF_A_YEAR } = options;
  for (const word of [...categories, String(version)]) {
    if (!/^[\w-]+$/.test(word)) {
      throw new TypeError(`cookieConsent: ${JSON.stringify(word)} is no category or version. mend: letters, digits, - and _`);
    }
  }
  checkCookieName(cookie);
  checkLifetime(cookie, { maxAge });
  return { categories: [...categories], version: String(version), cookie, maxAge };
}

/** Shape: version `1` with one category granted is `"1:analytics"`, with two `"1:analytics.marketing"`, and with none `"1:"`. */
export function writeConsent({ version, categories }: ConsentRules, granted: ReadonlySet<string>): string {
  return `${version}:${categories.filter((category) => granted.has(category)).join(".")}`;
}

/** An answer to another version, or in another form, is none. A category that is asked for no longer is left out. */
export function readConsent(rules: ConsentRules | undefined, header: string): ConsentState {
  const text = rules === undefined ? undefined : findCookie(header, rules.cookie);
  if (rules === undefined || text === undefined || !text.startsWith(`${rules.version}:`)) return unanswered;
  const named = text.slice(rules.version.length + 1).split(".");
  return { isAnswered: true, granted: new Set(rules.categories.filter((category) => named.includes(category))) };
}

const unanswered: ConsentState = { isAnswered: false, granted: new Set() };
