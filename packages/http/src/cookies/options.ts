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

interface Secure {
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

interface HostOnly {
  readonly path?: "/" | undefined;
  readonly domain?: undefined;
}

/**
 * The attributes that a browser accepts under this name, so that the compiler refuses what it would drop in silence.
 *
 * Source: rfc6265bis §4.1.3 (prefixes, compared in any case), §5.7 (SameSite=None), CHIPS (Partitioned).
 */
export type CookieOptions<Name extends string> =
  Lowercase<Name> extends `__host-${string}`
    ? FreeAttributes & HostOnly & Secure
    : Lowercase<Name> extends `__secure-${string}`
      ? FreeAttributes & Reach & Secure
      : FreeAttributes & Reach & (Secure | NotAlwaysSecure);

/** An argument that may be left out only where every property may be. */
export type OptionsArgument<Options> = {} extends Options ? [options?: Options | undefined] : [options: Options];
