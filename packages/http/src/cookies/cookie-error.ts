/** Why a cookie was refused; stable, for tests and logs. */
export type CookieRule =
  | "COOKIE_NAME"
  | "COOKIE_VALUE"
  | "COOKIE_SIZE"
  | "COOKIE_LINE"
  | "COOKIE_SCHEMA"
  | "COOKIE_ATTRIBUTE"
  | "COOKIE_MAX_AGE"
  | "COOKIE_EXPIRES"
  | "COOKIE_PATH"
  | "COOKIE_DOMAIN"
  | "COOKIE_SAME_SITE"
  | "COOKIE_PARTITIONED"
  | "COOKIE_HOST_PREFIX"
  | "COOKIE_HTTP_PREFIX"
  | "COOKIE_SECURE_PREFIX"
  | "COOKIE_PROTECTION"
  | "COOKIE_SECRETS"
  | "COOKIE_CATEGORY"
  | "COOKIE_TOO_LATE";

/**
 * A cookie that a browser would drop or misread, refused where it was made.
 *
 * Shape:  `Cookie "sid": sameSite "none" needs secure (rfc6265bis §5.7). mend: secure: true [COOKIE_SAME_SITE]`
 * Errors: its message never holds the cookie's value.
 */
export class CookieError extends Error {
  override readonly name = "CookieError";
  readonly cookie: string;
  readonly rule: CookieRule;

  constructor(cookie: unknown, rule: CookieRule, problem: string, mend: string, options?: ErrorOptions) {
    super(`Cookie ${JSON.stringify(String(cookie))}: ${problem}. mend: ${mend} [${rule}]`, options);
    this.cookie = String(cookie);
    this.rule = rule;
  }
}
