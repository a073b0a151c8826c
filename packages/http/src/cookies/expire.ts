import { attributeText, lifetimeText } from "./attributes.ts";
import { checkAttributes } from "./attribute-rules.ts";
import { checkCookieName } from "./cookie-name.ts";
import { promiseOf, type PrefixPromise } from "./name-prefix.ts";
import type { CookieAttributes } from "./options.ts";
import type { SetCookie } from "./set-cookie.ts";

/** The attributes with which a cookie is found again to be deleted. */
export type CookieReach = Omit<CookieAttributes, "maxAge" | "expires" | "priority">;

/**
 * The cookie that takes the place of one with the same name and reach, and is gone at once.
 *
 * Shape:  `"theme=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; SameSite=lax"`
 * Source: RFC 6265 §3.1 (deletion is an expiry in the past), rfc6265bis §5.7: a name with a prefix is refused without
 *         what it promises also when it is deleted, so Secure and HttpOnly are added here.
 * Errors: CookieError.
 */
export function expireCookie(name: string, reach: CookieAttributes = {}): SetCookie {
  checkCookieName(name);
  const promise = promiseOf(name);
  const attributes = promise === undefined ? reach : { ...reach, ...kept(promise, reach) };
  checkAttributes(name, attributes);
  return { name, pair: `${name}=`, attributes: attributeText(IN_THE_PAST, attributes), category: undefined };
}

const IN_THE_PAST = lifetimeText({ maxAge: 0, expires: new Date(0) });

function kept({ isOfHttp }: PrefixPromise, { secure = true, httpOnly = isOfHttp }: CookieAttributes): CookieAttributes {
  return { secure, httpOnly };
}
