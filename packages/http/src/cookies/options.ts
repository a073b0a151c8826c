import type { $ZodType, input } from "zod/v4/core";

/** The attributes of a cookie. What is left out has the default that is named here. */
export interface CookieAttributes {
  /** Units: seconds, at most 400 days; 0 or less deletes. Default: the browser's session. */
  readonly maxAge?: number | undefined;
  readonly expires?: Date | undefined;
  /** Default `"/"`; `null` leaves the attribute out, and the browser takes the folder of the request's path. */
  readonly path?: string | null | undefined;
  /** Default: the host that set it, without its subdomains. */
  readonly domain?: string | undefined;
  /** `"auto"` is on where the request came over https. Default false, in a definition `"auto"`. */
  readonly secure?: boolean | "auto" | undefined;
  /** Default false, in a definition true. */
  readonly httpOnly?: boolean | undefined;
  /** Default `"lax"`; `null` leaves the attribute out. */
  readonly sameSite?: "lax" | "strict" | "none" | null | undefined;
  /** One jar per embedding site (CHIPS). */
  readonly partitioned?: boolean | undefined;
  readonly priority?: "low" | "medium" | "high" | undefined;
}

/** How long a cookie lives: all that may differ between two settings of one definition. */
export interface CookieLifetime {
  /** Units: seconds. */
  readonly maxAge?: number | undefined;
  readonly expires?: Date | undefined;
}

interface FreeAttributes extends CookieLifetime {
  readonly httpOnly?: boolean | undefined;
  readonly priority?: "low" | "medium" | "high" | undefined;
}

interface Reach {
  readonly path?: string | null | undefined;
  readonly domain?: string | undefined;
}

declare const rule: unique symbol;

/** A browser drops the cookie without `secure`: `Rule` says why, where the compiler names this type. */
interface Secure<Rule extends string> {
  /** Never given. */
  readonly [rule]?: Rule;
  readonly secure: true;
  readonly sameSite?: "lax" | "strict" | "none" | null | undefined;
  readonly partitioned?: boolean | undefined;
}

// "auto" stands here: over plain http the cookie would go out without Secure, and browsers drop the rest of it
interface NotAlwaysSecure {
  readonly secure?: false | "auto" | undefined;
  readonly sameSite?: "lax" | "strict" | null | undefined;
  readonly partitioned?: false | undefined;
}

interface HostOnly<Rule extends string> {
  /** Never given. */
  readonly [rule]?: Rule;
  readonly path?: "/" | undefined;
  readonly domain?: undefined;
}

/** What a definition is where nothing is said. */
interface HttpOnlyByDefault {
  readonly httpOnly?: true | undefined;
}

/** What `response.setCookie(name, value)` is only where it is said. */
interface HttpOnly {
  readonly httpOnly: true;
}

/**
 * The attributes that a browser accepts under this name, so that the compiler refuses what it would drop in silence.
 *
 * Source: rfc6265bis §4.1.3 (prefixes, compared in any case), §5.7 (SameSite=None), CHIPS (Partitioned),
 *         draft-ietf-httpbis-layered-cookies (`__Http-`).
 */
export type CookieOptions<Name extends string, OfHttp = HttpOnlyByDefault> =
  Lowercase<Name> extends `__host-http-${string}`
    ? FreeAttributes & OfHttp & HostOnly<HostHttpRule> & Secure<HostHttpRule>
    : Lowercase<Name> extends `__host-${string}`
      ? FreeAttributes & HostOnly<HostRule> & Secure<HostRule>
      : Lowercase<Name> extends `__http-${string}`
        ? FreeAttributes & OfHttp & Reach & Secure<"a name that begins with __Http- needs secure: true and httpOnly: true">
        : Lowercase<Name> extends `__secure-${string}`
          ? FreeAttributes & Reach & Secure<"a name that begins with __Secure- needs secure: true">
          : FreeAttributes & Reach & (NotAlwaysSecure | Secure<"sameSite none and partitioned need secure: true">);

/** The same where a cookie is set by its name: what is not said is not `httpOnly`. */
export type NamedCookieOptions<Name extends string> = CookieOptions<Name, HttpOnly>;

type HostRule = "a name that begins with __Host- needs secure: true, path / and no domain";
type HostHttpRule = "a name that begins with __Host-Http- needs secure: true, httpOnly: true, path / and no domain";

interface Signed {
  /** HMAC-SHA-256: everybody can read the value, nobody can change it. */
  readonly signed?: boolean | undefined;
  readonly encrypted?: false | undefined;
}

interface Encrypted {
  readonly signed?: false | undefined;
  /** AES-256-GCM: nobody can read or change the value. */
  readonly encrypted?: boolean | undefined;
}

/** What a definition may say beside the attributes. A cookie is signed or encrypted, never both: what is encrypted cannot be changed either. */
export type DefinitionOptions<
  Name extends string,
  Category extends string | undefined = string | undefined,
> = CookieOptions<Name> &
  (Signed | Encrypted) & {
    /** Whether a value that no longer fits is deleted when it was read. Default false: it stays, and reads as absent. */
    readonly cleanup?: boolean | undefined;
    /** Neither sent nor read before the visitor agreed to it; one of `cookieConsent({ categories })`. */
    readonly category?: Category;
  };

/** Compile error: `defineCookie("visitor", z.string(), { category: "analytics" })`. */
export interface MustAcceptAbsence<
  Mend extends string = "without consent this cookie reads as absent: make the schema .optional() or .default(…)",
> {
  error: Mend;
}

/** `unknown` for a schema that accepts a missing value, or needs no consent, else a type whose property is the message. */
export type AcceptsAbsence<Schema extends $ZodType, Category extends string | undefined> = Category extends string
  ? undefined extends input<Schema>
    ? unknown
    : MustAcceptAbsence
  : unknown;

/** The same, or `undefined` where every attribute may be left out. */
export type OptionsOrNone<Options> = {} extends Options ? Options | undefined : Options;
