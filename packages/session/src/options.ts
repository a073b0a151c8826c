import type { Logger } from "@madeleine/core";
import type { CookieName, CookieOptions } from "@madeleine/http";
import type { $ZodType, input, output } from "zod/v4/core";
import type { CookieStore } from "./stores/cookie.ts";
import type { SessionStore } from "./stores/store.ts";

/** What a kind of session is told beside the attributes of its cookie. */
export interface SessionRules<Schema extends $ZodType> {
  /** Units: seconds. From its beginning, or with `rolling` from its last use. */
  readonly maxAge: number;
  /** Units: seconds from its beginning (the login, where that regenerates), however often it is used. */
  readonly absoluteMaxAge?: number | undefined;
  /** Whether each use begins `maxAge` anew. Default false. */
  readonly rolling?: boolean | undefined;
  /** Default: a `memoryStore()` of its own. */
  readonly store?: SessionStore | CookieStore | undefined;
  /** Whose session it is, for `listSessions` and `revokeUser`; undefined or null where it is nobody's. */
  readonly user?: ((data: output<Schema>) => string | null | undefined) | undefined;
  /** Default 65,536. */
  readonly maxDataBytes?: number | undefined;
  /** Where a store that fails and data that does not fit are told. Default: the logger of the application. */
  readonly logger?: Logger | undefined;
  readonly httpOnly?: undefined;
  readonly expires?: undefined;
}

/** What a kind of session is made of; of the cookie's attributes, those that a browser accepts under its name. */
export type SessionOptions<Name extends string, Schema extends $ZodType> = SessionRules<Schema> & CookieOptions<Name>;

/** The name of a cookie, or what the compiler says of it. */
export type SessionName<Name extends string> = Name & CookieName<Name>;

/** What the compiler says of a schema that a session could not begin with. */
export interface RefusesNewSessions {
  error: "a new session is empty: make every key of its data .optional() or .default(…)";
}

export type SessionSchema<Schema extends $ZodType> = Schema & ({} extends input<Schema> ? unknown : RefusesNewSessions);

/** What the compiler says where the users of sessions in cookies are wanted. */
export interface RefusesUsers {
  error: "sessions in cookies can be neither listed nor revoked: take a store on the server, or leave user out";
}

/** What one kind of store asks of the other options. */
export type StoreOptions<Store extends SessionStore | CookieStore> = {
  readonly store?: Store | undefined;
} & (Store extends CookieStore ? { readonly user?: RefusesUsers | undefined } : unknown);
