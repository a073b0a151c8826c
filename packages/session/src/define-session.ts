import { neverThrowing } from "@madeleine/core";
import type { Dependency } from "@madeleine/di";
import type { CookieAttributes } from "@madeleine/http";
import type { $ZodType, output } from "zod/v4/core";
import { nextSecretOf, secretOf, type BoundSession } from "./csrf/secret.ts";
import { keepInCookie } from "./keeping/in-cookie.ts";
import { keepOnServer } from "./keeping/on-server.ts";
import { toLifetimeRules } from "./lifetime.ts";
import { NextIds } from "./next-ids.ts";
import type { SessionName, SessionOptions, SessionRules, SessionSchema, StoreOptions } from "./options.ts";
import { SessionData } from "./session-data.ts";
import { SharedRows } from "./shared-rows.ts";
import { toStoreKey, toUserKey } from "./session-id.ts";
import type { Session } from "./session.ts";
import type { SessionSettings } from "./settings.ts";
import { isCookieStore, type CookieStore } from "./stores/cookie.ts";
import type { SessionStore } from "./stores/store.ts";
import type { UserSessions } from "./user-sessions.ts";

/** A kind of session that is kept in its cookie: a dependency that gives the one of a request. */
export interface CookieSessionDefinition<Data> extends Dependency<Session<Data>> {
  /** The name of its cookie. */
  readonly cookie: string;
}

/** A kind of session: a dependency that gives the one of a request, and what can be done with those of a user. */
export interface SessionDefinition<Data> extends CookieSessionDefinition<Data>, UserSessions<Data> {}

/**
 * Defines a kind of session: typed data on the server, and an opaque 256-bit id in a cookie that is `httpOnly`, `sameSite: "lax"`
 * and `Secure` wherever the request came over https. With `store: cookieStore()` the data is in the cookie, encrypted.
 *
 * Shape:  `const LoginSession = defineSession({ cookie: "session_id", data: z.object({ username: z.string().optional() }), maxAge:
 *         1800 })`, then `@LoginSession() session: Resolved<typeof LoginSession>`.
 * Errors: TypeError and RangeError for a schema or a time that cannot be, and for a store that lacks what it is asked for; CookieError
 *         for what a browser would drop.
 */
export function defineSession<
  Name extends string,
  Schema extends $ZodType,
  Store extends SessionStore | CookieStore = SessionStore,
>(
  options: SessionOptions<Name, Schema> & { cookie: SessionName<Name>; data: SessionSchema<Schema> } & StoreOptions<Store>,
): Store extends CookieStore ? CookieSessionDefinition<output<Schema>> : SessionDefinition<output<Schema>> {
  const { cookie: name, store } = options;
  const settings = toSettings(name, options.data as Schema, options);
  const attributes = toAttributes(options);
  const keeping = isCookieStore(store) ? keepInCookie(settings, attributes) : keepOnServer(settings, attributes, store);
  const bound: BoundSession = {
    cookie: name,
    [secretOf]: keeping.secretOf,
    [nextSecretOf]: (request) => settings.nextIds.expect(request),
  };
  // The compiler leaves the methods of users out where they only refuse.
  return Object.assign(keeping.session, bound, keeping.users) as SessionDefinition<output<Schema>>;
}

function toSettings<Schema extends $ZodType>(
  name: string,
  schema: Schema,
  rules: SessionRules<Schema>,
): SessionSettings<output<Schema>> {
  const { maxDataBytes = 65_536, user, logger } = rules;
  const data = new SessionData(name, schema, maxDataBytes);
  return {
    name,
    data,
    shared: new SharedRows((text) => data.read(text)),
    rules: toLifetimeRules(name, rules),
    keyOf: (secret) => toStoreKey(name, secret),
    nextIds: new NextIds(),
    hasUsers: user !== undefined,
    userOf: (data) => {
      const found = user?.(data);
      return found === undefined || found === null ? undefined : toUserKey(name, found);
    },
    logger: logger && neverThrowing(logger),
  };
}

function toAttributes({ secure, sameSite, domain, path, partitioned, priority }: CookieAttributes): CookieAttributes {
  return { httpOnly: true, secure: secure ?? "auto", sameSite: sameSite ?? "lax", domain, path, partitioned, priority };
}
