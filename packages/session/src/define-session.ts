import { hash } from "node:crypto";
import { RequestValidationError, standardLogger, type Logger } from "@madeleine/core";
import { dependency, type Dependency } from "@madeleine/di";
import { HTTPException, Request, Response } from "@madeleine/http";
import type { $ZodType, output } from "zod/v4/core";
import { AvailableStore } from "./available-store.ts";
import { isOver, rewindLifetime, type LifetimeRules } from "./lifetime.ts";
import type { SessionName, SessionOptions, SessionSchema } from "./options.ts";
import { SessionCookie } from "./session-cookie.ts";
import { SessionData } from "./session-data.ts";
import { ActiveSession, type Session, type SessionSettings } from "./session.ts";
import { memoryStore } from "./stores/memory.ts";
import type { SessionStore } from "./stores/store.ts";

/** One session of a user, as it is listed. */
export interface SessionEntry<Data> {
  readonly id: string;
  readonly data: Data;
  readonly begunAt: Date;
  /** To within a tenth of the idle time. */
  readonly usedAt: Date;
  readonly expiresAt: Date;
}

/** A kind of session: a dependency that gives the one of a request, and what can be done with those of a user. */
export interface SessionDefinition<Data> extends Dependency<Session<Data>> {
  /** The name of its cookie. */
  readonly cookie: string;
  /** The sessions of a user, the last used first: "your devices". */
  listSessions(user: string): Promise<SessionEntry<Data>[]>;
  /** Ends one session of a user, wherever it is; false where the user has none with this id. */
  revokeSession(user: string, id: string): Promise<boolean>;
  /** Ends all sessions of a user but the one that is to stay, and says how many: "log out everywhere". */
  revokeUser(user: string, except?: Pick<Session<Data>, "id">): Promise<number>;
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
    rules: toRules(name, options),
    logger,
    userOf: (data) => toUserKey(name, options.user?.(data)),
  };
  const opened = openStore(name, store, options.store === undefined, logger);
  const definition = sessionDependency(name, settings, available, opened);
  return Object.assign(definition, { cookie: name }, userMethods(name, settings, available, options.user !== undefined));
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
  if (error instanceof Response || error instanceof globalThis.Response || error instanceof HTTPException)
    return error.status < 500;
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

function userMethods<Data>(name: string, settings: SessionSettings<Data>, store: AvailableStore, hasUsers: boolean) {
  const rowsOf = async (user: string) => {
    if (!hasUsers) {
      throw new TypeError(
        `session "${name}" does not know whose it is. mend: defineSession({ …, user: (data) => data.username }) with what tells its users apart`,
      );
    }
    const userKey = toUserKey(name, user)!;
    const keys = await store.listByUser(userKey);
    const rows = await Promise.all(keys.map(async (key) => ({ key, row: await store.read(key) })));
    return rows.flatMap(({ key, row }) => (row?.user === userKey ? [{ key, row }] : []));
  };
  return {
    async listSessions(user: string): Promise<SessionEntry<Data>[]> {
      const entries = (await rowsOf(user)).flatMap(({ key, row }) => {
        const { begunAt, usedAt, expiresAt } = rewindLifetime(row.lifetime, Date.now());
        const data = settings.data.read(row.data)?.data;
        if (data === undefined || isOver(rewindLifetime(row.lifetime, Date.now()), Date.now())) return [];
        return [{ id: key, data, begunAt: new Date(begunAt), usedAt: new Date(usedAt), expiresAt: new Date(expiresAt) }];
      });
      return entries.sort((one, other) => other.usedAt.getTime() - one.usedAt.getTime());
    },
    async revokeSession(user: string, id: string): Promise<boolean> {
      const found = (await rowsOf(user)).find(({ key }) => key === id);
      return found !== undefined && store.delete(found.key);
    },
    async revokeUser(user: string, except?: Pick<Session<Data>, "id">): Promise<number> {
      const others = (await rowsOf(user)).filter(({ key }) => key !== except?.id);
      const ended = await Promise.all(others.map(({ key }) => store.delete(key)));
      return ended.filter(Boolean).length;
    },
  };
}

/** Hashed, so that no store has to bear what a user is called (SE-09), nor tells it. */
function toUserKey(cookie: string, user: string | undefined): string | undefined {
  return user === undefined ? undefined : hash("sha256", `${cookie}\0user\0${user}`, "base64url");
}

function toRules(
  name: string,
  {
    maxAge,
    absoluteMaxAge,
    rolling = false,
  }: { maxAge: number; absoluteMaxAge?: number | undefined; rolling?: boolean | undefined },
): LifetimeRules {
  for (const [option, seconds] of Object.entries({ maxAge, absoluteMaxAge })) {
    if (seconds === undefined && option === "absoluteMaxAge") continue;
    if (!Number.isSafeInteger(seconds) || (seconds as number) < 1)
      throw new RangeError(`defineSession "${name}": ${option} is a whole number of seconds from 1, not ${String(seconds)}`);
  }
  return {
    idleMs: maxAge * 1000,
    absoluteMs: absoluteMaxAge === undefined ? undefined : absoluteMaxAge * 1000,
    isRolling: rolling,
  };
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
