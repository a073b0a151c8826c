import { CookieError } from "./cookie-error.ts";

type Separator =
  | ";"
  | "="
  | ","
  | " "
  | "\t"
  | "\n"
  | "\r"
  | "\0"
  | '"'
  | "\\"
  | "/"
  | "("
  | ")"
  | "<"
  | ">"
  | "@"
  | ":"
  | "["
  | "]"
  | "?"
  | "{"
  | "}";

/** What the compiler says of a name that a browser would cut or drop. */
export interface NotACookieName<Rule extends string = "a cookie's name is a token (RFC 6265 §4.1.1): letters, digits, - and _"> {
  error: Rule;
}

/** What the compiler says of a name with a prefix where no attributes are given. */
export interface NeedsAttributes<Rule extends string> {
  error: Rule;
}

/** The same as {@link CookieName}, for a cookie with nothing but its defaults. */
export type PlainCookieName<Name extends string> =
  Lowercase<Name> extends `__http-${string}` | `__host-http-${string}`
    ? NeedsAttributes<"a name that begins with __Http- or __Host-Http- needs { secure: true, httpOnly: true } (draft-ietf-httpbis-layered-cookies)">
    : Lowercase<Name> extends `__host-${string}`
      ? NeedsAttributes<"a name that begins with __Host- needs { secure: true }, and no domain (rfc6265bis §4.1.3.2)">
      : Lowercase<Name> extends `__secure-${string}`
        ? NeedsAttributes<"a name that begins with __Secure- needs { secure: true } (rfc6265bis §4.1.3.1)">
        : CookieName<Name>;

/** `unknown` for a name that may be one, else a type whose property is the message. A name that is only known as `string` is checked at run time. */
export type CookieName<Name extends string> = Name extends `${string}${Separator}${string}` | "" ? NotACookieName : unknown;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Refuses a name that is no token.
 *
 * Source: RFC 6265 §4.1.1 and RFC 9110 §5.6.2. `"a;b"` would begin an attribute (CVE-2024-47764), and U+00A0 before `__Host-`
 *         would be a way around the prefix, which browsers strip before they compare.
 * Errors: CookieError.
 */
export function checkCookieName(name: string): void {
  if (typeof name === "string" && TOKEN.test(name)) return;
  throw new CookieError(name, "COOKIE_NAME", "the name is not a token (RFC 6265 §4.1.1)", "letters, digits, - and _");
}
