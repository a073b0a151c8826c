import { App, standardLogger, SteadyLog, type Logger } from "@madeleine/core";
import { dependency, type Dependency } from "@madeleine/di";
import type { CookieAttributes, Request, Response } from "@madeleine/http";
import { AvailableStore } from "../available-store.ts";
import { doubtMilliseconds } from "../milliseconds-doubt.ts";
import { sessionDependency } from "../session-dependency.ts";
import { doubledCookie } from "../session-log.ts";
import type { SessionSettings } from "../settings.ts";
import { memoryStore } from "../stores/memory.ts";
import type { SessionStore } from "../stores/store.ts";
import { refuseUsers, userSessions } from "../user-sessions.ts";
import { IdCarrier, IdCookie } from "./id-cookie.ts";
import type { SessionKeeping } from "./keeping.ts";

/**
 * Sessions in a store, under the hash of an id that the cookie holds.
 *
 * Errors: CookieError for what a browser would drop; TypeError for a store that lacks what it is asked for.
 */
export function keepOnServer<Data>(
  settings: SessionSettings<Data>,
  attributes: CookieAttributes,
  given: SessionStore | undefined,
): SessionKeeping<Data> {
  const { name, hasUsers, logger } = settings;
  if (given !== undefined) checkStore(name, given, hasUsers);
  const store = given ?? memoryStore();
  const cookie = new IdCookie(name, attributes);
  const open: AvailableStore[] = []; // one for each application that is up, since each has a log of its own
  const outside = new AvailableStore(name, store, logger ?? standardLogger);
  const opened = openStore(store, settings, given === undefined, open);
  const carry = ({ rows, log }: Opened, request: Request, response: Response): IdCarrier => {
    const carrier = new IdCarrier(cookie, rows, request, response);
    if (carrier.secret === undefined && cookie.isDoubled(request)) log.warn({}, doubledCookie(request, name));
    return carrier;
  };
  return {
    session: sessionDependency(settings, opened, carry),
    users: hasUsers ? userSessions(settings, () => open.at(-1) ?? outside) : refuseUsers(nobodys(name)),
    secretOf: (request) => cookie.read(request),
  };
}

/** The store of an application that is up, and where its visitors' cookies are told of. */
interface Opened {
  readonly rows: AvailableStore;
  readonly log: SteadyLog;
}

function openStore<Data>(
  store: SessionStore,
  settings: SessionSettings<Data>,
  isDefault: boolean,
  open: AvailableStore[],
): Dependency<Opened> {
  const { name, logger } = settings;
  return dependency(
    { app: App },
    async function* ({ app }) {
      const log = logger ?? app.logger;
      if (isDefault && process.env["NODE_ENV"] === "production") warnOfMemory(name, log);
      doubtMilliseconds(settings, log);
      const available = new AvailableStore(name, store, log);
      await store.open?.();
      open.push(available);
      try {
        yield { rows: available, log: new SteadyLog(log) };
      } finally {
        open.splice(open.indexOf(available), 1);
        await store.close?.();
      }
    },
    { scope: "app", name: `store of session ${name}` },
  );
}

function warnOfMemory(name: string, logger: Logger): void {
  const problem = `session "${name}" is kept in memory: it ends with the process, and other processes do not see it`;
  logger.warn({}, `${problem}. mend: store: redisStore({ url }), or store: memoryStore() where that is what you want`);
}

function checkStore(name: string, store: SessionStore, hasUsers: boolean): void {
  for (const method of ["read", "write", "touch", "delete"] as const) {
    if (typeof store[method] !== "function") throw new TypeError(`defineSession "${name}": its store has no ${method}(…)`);
  }
  if (hasUsers && store.listByUser === undefined)
    throw new TypeError(
      `defineSession "${name}": its store cannot list the sessions of a user. mend: memoryStore, redisStore, keyvStore, or no user`,
    );
}

function nobodys(name: string): string {
  return `session "${name}" does not know whose it is. mend: defineSession({ …, user: (data) => data.username }) with what tells its users apart`;
}
