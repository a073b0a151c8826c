import type { CookieAttributes } from "@madeleine/http";
import type { CookieCase, Origin, StoredCookie } from "./cookie-case.ts";

/** The folder that cookies without a path get: the pages that set them are below it. */
export const FOLDER = "/app";

const LONGEST_SECONDS = 400 * 24 * 60 * 60; // rfc6265bis §5.5

/**
 * What somebody means who sets a cookie like this: what the jar should hold, or undefined where it should hold nothing, as of a
 * cookie that has expired, or one that is for https alone over http.
 *
 * Derived from the attributes, and not from the line that is sent: that is what the matrix puts to the test.
 */
export function intendedCookie({ name, value, attributes, intended }: CookieCase, origin: Origin): StoredCookie | undefined {
  const { path, domain, secure, httpOnly, sameSite = "lax", partitioned, priority = "medium" } = attributes;
  const expires = expiryOf(attributes);
  const isSecure = secure === true || (secure === "auto" && origin.isHttps);
  if (isSecure && !origin.isTrustworthy) return undefined;
  if (expires !== undefined && expires <= Date.now() / 1000) return undefined;
  return {
    name,
    value,
    domain: domain === undefined ? origin.host : `.${domain.replace(/^\./, "").toLowerCase()}`,
    path: path === null ? FOLDER : (path ?? "/"),
    secure: isSecure,
    httpOnly: httpOnly === true,
    sameSite: sameSite === null ? undefined : capitalized(sameSite),
    priority: capitalized(priority),
    partition: partitioned === true ? origin.site : undefined,
    expires,
    ...intended,
  };
}

/** Units: seconds since 1970; undefined for a session of the browser. Max-Age is stronger (RFC 6265 §5.3). */
function expiryOf({ maxAge, expires }: CookieAttributes): number | undefined {
  const now = Date.now() / 1000;
  if (maxAge !== undefined) return now + Number(maxAge);
  if (expires === undefined) return undefined;
  return Math.min(Number(expires) / 1000, now + LONGEST_SECONDS); // a date says until when at the latest
}

function capitalized<Text extends string>(text: Text): Capitalize<Text> {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` as Capitalize<Text>;
}
