import { CookieError } from "./cookie-error.ts";
import { checkPrefix } from "./name-prefix.ts";
import type { CookieAttributes } from "./options.ts";

/** Units: seconds; no browser keeps a cookie longer (rfc6265bis §5.5). */
export const MAX_AGE_SECONDS = 400 * 24 * 60 * 60;
// rfc6265bis §5.6: a longer attribute is ignored, so that the cookie would silently live without it
const MAX_ATTRIBUTE_BYTES = 1024;

/**
 * Refuses attributes that a browser would drop or ignore, or that would break out of the header.
 *
 * Source: RFC 6265 §4.1 and §5.2, rfc6265bis §4.1.3 and §5.7; each message names its section.
 * Errors: CookieError.
 */
export function checkAttributes(name: string, attributes: CookieAttributes): void {
  checkKinds(name, attributes);
  checkLifetime(name, attributes);
  checkPath(name, attributes.path);
  checkDomain(name, attributes.domain);
  checkSecureContext(name, attributes);
  checkPrefix(name, attributes);
}

const BOOLEAN: readonly unknown[] = [undefined, false, true];
const ALLOWED: Readonly<Record<string, readonly unknown[] | undefined>> = {
  secure: [...BOOLEAN, "auto"],
  httpOnly: BOOLEAN,
  partitioned: BOOLEAN,
  sameSite: [undefined, null, "lax", "strict", "none"],
  priority: [undefined, "low", "medium", "high"],
};
const CHECKED_ELSEWHERE = new Set(["maxAge", "expires", "path", "domain"]);

// The compiler knows all this, JavaScript and casts do not: `secure: "false"` from an environment variable would be truthy,
// and a misspelt `httponly` would be a cookie that scripts can read.
function checkKinds(name: string, attributes: CookieAttributes): void {
  for (const [attribute, value] of Object.entries(attributes)) {
    if (CHECKED_ELSEWHERE.has(attribute)) continue;
    const values = Object.hasOwn(ALLOWED, attribute) ? ALLOWED[attribute] : undefined;
    if (values === undefined) {
      const known = [...CHECKED_ELSEWHERE, ...Object.keys(ALLOWED)].join(", ");
      throw new CookieError(name, "COOKIE_ATTRIBUTE", `there is no attribute ${JSON.stringify(attribute)}`, `one of ${known}`);
    }
    if (values.includes(value)) continue;
    const choice = values
      .filter((each) => each !== undefined)
      .map((each) => JSON.stringify(each))
      .join(", ");
    throw new CookieError(name, "COOKIE_ATTRIBUTE", `${attribute} has a value that it cannot have`, `one of ${choice}`);
  }
}

/**
 * Refuses a lifetime that is no number of seconds or no date.
 *
 * Source: rfc6265bis §5.5 (400 days), RFC 6265 §5.1.1 (years from 1601 on).
 * Errors: CookieError.
 */
export function checkLifetime(name: string, { maxAge, expires }: Pick<CookieAttributes, "maxAge" | "expires">): void {
  if (maxAge !== undefined && !(Number.isSafeInteger(maxAge) && maxAge <= MAX_AGE_SECONDS)) {
    throw new CookieError(
      name,
      "COOKIE_MAX_AGE",
      "maxAge is not a whole number of seconds up to 400 days (rfc6265bis §5.5)",
      `an integer up to ${MAX_AGE_SECONDS}`,
    );
  }
  if (expires === undefined) return;
  const year = expires instanceof Date ? expires.getUTCFullYear() : Number.NaN;
  if (year >= 1601 && year <= 9999) return; // NaN, the year of an invalid date, is neither
  throw new CookieError(
    name,
    "COOKIE_EXPIRES",
    "expires is not a valid date from the year 1601 to 9999 (RFC 6265 §5.1.1)",
    "new Date(milliseconds), or maxAge in seconds",
  );
}

function checkPath(name: string, path: CookieAttributes["path"]): void {
  if (path === undefined || path === null) return;
  // visible ASCII and space without ";": `"/;HttpOnly"` would be a second attribute (CVE-2024-47764)
  if (typeof path === "string" && /^\/[\x20-\x3a\x3c-\x7e]*$/.test(path) && path.length <= MAX_ATTRIBUTE_BYTES) return;
  throw new CookieError(
    name,
    "COOKIE_PATH",
    "the path must begin with / and hold only ASCII without control characters and ; (RFC 6265 §4.1.1)",
    'percent-encode it, path: "/" for the whole site, path: null for the browser\'s default',
  );
}

const HOST_NAME = /^(?=.{1,254}$)\.?[\w-]{1,63}(?:\.[\w-]{1,63})*$/; // RFC 1035 §2.3.4: a longer one is nobody's

function checkDomain(name: string, domain: CookieAttributes["domain"]): void {
  if (domain === undefined) return;
  if (typeof domain !== "string" || !HOST_NAME.test(domain)) {
    throw new CookieError(
      name,
      "COOKIE_DOMAIN",
      "the domain is not a host name (RFC 6265 §4.1.2.3)",
      'domain: "example.com", without scheme, port and path; international names in their xn-- form',
    );
  }
  if (domain.includes(".", 1) || domain.toLowerCase() === "localhost") return;
  throw new CookieError(
    name,
    "COOKIE_DOMAIN",
    "a domain of one label has no subdomains to share a cookie with: browsers drop it as a public suffix (rfc6265bis §5.7)",
    "leave domain out, for a cookie of one host",
  );
}

function checkSecureContext(name: string, { secure, sameSite, partitioned }: CookieAttributes): void {
  if (secure === true) return;
  if (sameSite === "none") {
    throw new CookieError(
      name,
      "COOKIE_SAME_SITE",
      'sameSite "none" needs secure: browsers drop the cookie otherwise (rfc6265bis §5.7)',
      "secure: true",
    );
  }
  if (partitioned === true) {
    throw new CookieError(
      name,
      "COOKIE_PARTITIONED",
      "partitioned needs secure: browsers drop the cookie otherwise (CHIPS §2.1)",
      "secure: true",
    );
  }
}
