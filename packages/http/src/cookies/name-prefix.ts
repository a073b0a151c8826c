import { CookieError } from "./cookie-error.ts";
import type { CookieAttributes } from "./options.ts";

/**
 * What the prefix of a name promises whoever reads the cookie: its attributes are not in the request, its name is. Each promises
 * that the cookie was set over https.
 */
export interface PrefixPromise {
  /** By this very host, for all of its paths: no sibling domain has planted it. */
  readonly isOfHost: boolean;
  /** By a response, and not by a script. */
  readonly isOfHttp: boolean;
}

/**
 * The promise of a name, undefined for one without a prefix. Browsers compare in any case, so `__host-` promises the same.
 *
 * Source: rfc6265bis §4.1.3 (`__Secure-`, `__Host-`), draft-ietf-httpbis-layered-cookies (`__Http-`, `__Host-Http-`).
 */
export function promiseOf(name: string): PrefixPromise | undefined {
  const prefix = PREFIX.exec(name)?.[1];
  return prefix === undefined ? undefined : PROMISES[prefix.toLowerCase()];
}

const PREFIX = /^__(host-http|host|http|secure)-/i;

const PROMISES: Readonly<Record<string, PrefixPromise>> = {
  secure: { isOfHost: false, isOfHttp: false },
  host: { isOfHost: true, isOfHttp: false },
  http: { isOfHost: false, isOfHttp: true },
  "host-http": { isOfHost: true, isOfHttp: true },
};

/**
 * Refuses attributes that break the promise of the name: browsers drop the cookie.
 *
 * Errors: CookieError.
 */
export function checkPrefix(name: string, { secure, path = "/", domain, httpOnly }: CookieAttributes): void {
  const promise = promiseOf(name);
  if (promise === undefined) return;
  if (promise.isOfHost && !(secure === true && path === "/" && domain === undefined)) {
    throw new CookieError(
      name,
      "COOKIE_HOST_PREFIX",
      "a name that begins with __Host- needs secure, path / and no domain (rfc6265bis §4.1.3.2)",
      "secure: true, and leave path and domain out",
    );
  }
  if (promise.isOfHttp && !(secure === true && httpOnly === true)) {
    throw new CookieError(
      name,
      "COOKIE_HTTP_PREFIX",
      "a name that begins with __Http- or __Host-Http- needs secure and httpOnly (draft-ietf-httpbis-layered-cookies)",
      "secure: true, httpOnly: true",
    );
  }
  if (secure === true) return;
  throw new CookieError(
    name,
    "COOKIE_SECURE_PREFIX",
    "a name that begins with __Secure- needs secure (rfc6265bis §4.1.3.1)",
    "secure: true",
  );
}
