import { RequestValidationError, standardLogger, type Logger } from "@madeleine/core";
import { dependency, type Dependency } from "@madeleine/di";
import { HTTPException, isWebResponse, Request, Response } from "@madeleine/http";
import type { $ZodType, output } from "zod/v4/core";
import { ActiveSession } from "./active-session.ts";
import { AvailableStore } from "./available-store.ts";
import { toLifetimeRules } from "./lifetime.ts";
import type { SessionName, SessionOptions, SessionSchema } from "./options.ts";
import { SessionCookie } from "./session-cookie.ts";
import { SessionData } from "./session-data.ts";
import type { Session, SessionSettings } from "./session.ts";
import { memoryStore } from "./stores/memory.ts";
import type { SessionStore } from "./stores/store.ts";
import { toUserKey, userSessions, type UserSessions } from "./user-sessions.ts";

/** A kind of session: a dependency that gives the one of a request, and what can be done with those of a user. */
export interface SessionDefinition<Data> extends Dependency<Session<Data>>, UserSessions<Data> {
  /** The name of its cookie. */
  readonly cookie: string;
}

/**
 * Defines a kind of session: typed data on the server, and an opaque 256-bit id in a cookie that is `httpOnly`, `sameSite: "lax"`
 * and `Secure` wherever the request came over https.
 *
 * Shape:  `const LoginSession = defineSession({ cookie: "session_id", data: z.object({ username: z.string().optional() }), maxAge:
 *         1800 })`, then `@LoginSession() session: Resolved<typeof LoginSession>`.
 * Errors: TypeError and RangeError for a schema or a time that cannot be; CookieError for what a browser would drop.
 */
export function defineSession<Name extends string, Schema extends $ZodType>(
  options: SessionOptions<Name, Schema> & { cookie: SessionName<Name>; data: SessionSchema<Schema> },
): SessionDefinition<output<Schema>> {
  const { cookie: name, maxDataBytes = 65_536, store = memoryStore(), logger = standardLogger } = options;
  checkStore(name, options);
  const available = new AvailableStore(name, store, logger);
  const settings: SessionSettings<output<Schema>> = {
    cookie: new SessionCookie(name, options),
    data: new SessionData(name, options.data as Schema, maxDataBytes),
    rules: toLifetimeRules(name, options),
    logger,
    userOf: (data) => toUserKey(name, options.user?.(data)),
  };
  const opened = openStore(name, store, options.store === undefined, logger);
  const definition = sessionDependency(name, settings, available, opened);
  return Object.assign(definition, { cookie: name }, userSessions(name, settings, available, options.user !== undefined));
}

function sessionDependency<Data>(
  name: string,
  settings: SessionSettings<Data>,
  store: AvailableStore,
  opened: Dependency<SessionStore>,
): Dependency<Session<Data>> {
  const needs = { request: Request, response: Response, opened };
  const held = dependency(
    needs,
    async function* ({ request, response }) {
      addVary(response);
      const session = await ActiveSession.open(settings, store, request, response);
      yield session;
      session.checkUnchanged();
    },
    { name: `session ${name} until the last byte`, until: "response" },
  );
  return dependency(
    { session: held, response: Response },
    async function* ({ session, response }): AsyncGenerator<Session<Data>> {
      try {
        yield session;
      } catch (error) {
        if (isAnswer(error)) await saveSession(session, response);
        else session.abandon();
        throw error;
      }
      await saveSession(session, response);
    },
    { name: `session ${name}` },
  );
}

async function saveSession<Data>(session: ActiveSession<Data>, response: Response): Promise<void> {
  await session.save();
  if (!(session.isNew && !response.hasCookies) && !response.headers.has("cache-control"))
    response.headers.set("cache-control", "private");
}

/** Whether what was thrown is an answer that was meant: a redirect to the login page, a 403, a 422. After a bug nothing is saved. */
function isAnswer(error: unknown): boolean {
  if (error instanceof Response || isWebResponse(error) || error instanceof HTTPException) return error.status < 500;
  return error instanceof RequestValidationError;
}

/** What a page shows may depend on the session, also where there was none: caches must know (RFC 9110 §12.5.5). */
function addVary({ headers }: Response): void {
  const vary = headers.get("vary");
  if (vary === undefined) headers.set("vary", "Cookie");
  else if (vary !== "*" && !/(?:^|,)\s*cookie\s*(?:,|$)/i.test(vary)) headers.set("vary", `${vary}, Cookie`);
}

function openStore(name: string, store: SessionStore, isDefault: boolean, logger: Logger): Dependency<SessionStore> {
  return dependency(
    {},
    async function* () {
      if (isDefault && process.env["NODE_ENV"] === "production") {
        const problem = `session "${name}" is kept in memory: it ends with the process, and other processes do not see it`;
        logger.warn({}, `${problem}. mend: store: redisStore({ url }), or store: memoryStore() where that is what you want`);
      }
      await store.open?.();
      try {
        yield store;
      } finally {
        await store.close?.();
      }
    },
    { scope: "app", name: `store of session ${name}` },
  );
}

function checkStore(name: string, { store, user }: { store?: SessionStore | undefined; user?: unknown }): void {
  if (store === undefined) return;
  for (const method of ["read", "write", "touch", "delete"] as const) {
    if (typeof store[method] !== "function") throw new TypeError(`defineSession "${name}": its store has no ${method}(…)`);
  }
  if (user !== undefined && store.listByUser === undefined)
    throw new TypeError(
      `defineSession "${name}": its store cannot list the sessions of a user. mend: memoryStore, redisStore, or no user`,
    );
}
