import { ActiveSession } from "./active-session.ts";
import type { AvailableStore } from "./available-store.ts";
import { currentLifetime, isOver } from "./lifetime.ts";
import { isSessionId, toUserKey } from "./session-id.ts";
import type { Session } from "./session.ts";
import type { SessionSettings } from "./settings.ts";
import type { SessionRow } from "./stores/store.ts";

/** One session of a user, as it is listed. */
export interface SessionEntry<Data> {
  readonly id: string;
  readonly data: Data;
  readonly begunAt: Date;
  /** Of a rolling session to within a tenth of the idle time; of another one when it was last written. */
  readonly usedAt: Date;
  readonly expiresAt: Date;
}

/** The sessions of a user, wherever they are. Errors: TypeError where the definition has no `user`; HTTPException 503. */
export interface UserSessions<Data> {
  /** The last used first: "your devices". */
  listSessions(user: string): Promise<SessionEntry<Data>[]>;
  /** Ends one session; false where the user has none with this id. */
  revokeSession(user: string, id: string): Promise<boolean>;
  /** Ends all of them but the one that is to stay, and says how many were listed: "log out everywhere". */
  revokeUser(user: string, except?: Pick<Session<Data>, "id">): Promise<number>;
}

/** What a definition can do with the sessions of a user. */
export function userSessions<Data>(settings: SessionSettings<Data>, openStore: () => AvailableStore): UserSessions<Data> {
  const { name } = settings;
  return {
    async listSessions(user: string): Promise<SessionEntry<Data>[]> {
      const rows = await rowsOf(openStore(), toUserKey(name, user));
      const entries = rows.flatMap(({ key, row }) => toEntry(settings, key, row));
      return entries.sort((one, other) => other.usedAt.getTime() - one.usedAt.getTime());
    },
    async revokeSession(user: string, id: string): Promise<boolean> {
      if (!isSessionId(id)) return false; // a hash has the same form, and nothing else is asked for (SE-09)
      const store = openStore();
      return (await store.read(id))?.user === toUserKey(name, user) && store.delete(id);
    },
    async revokeUser(user: string, except?: Pick<Session<Data>, "id">): Promise<number> {
      return endAll(openStore(), toUserKey(name, user), storedKeyOf(except));
    },
  };
}

/** The same where nobody could tell whose a session is. */
export function refuseUsers(reason: string): UserSessions<never> {
  const refuse = (): Promise<never> => Promise.reject(new TypeError(reason));
  return { listSessions: refuse, revokeSession: refuse, revokeUser: refuse };
}

/** Under which the session that stays is stored now: one that was given another id goes by that, and is still under its old one. */
function storedKeyOf(session: Pick<Session<unknown>, "id"> | undefined): string | undefined {
  return (session instanceof ActiveSession ? session.storedKey : undefined) ?? session?.id;
}

interface KeyedRow {
  readonly key: string;
  readonly row: SessionRow;
}

async function rowsOf(store: AvailableStore, user: string): Promise<KeyedRow[]> {
  const keys = await store.listByUser(user);
  const rows = await inPortions(keys, async (key) => ({ key, row: await store.read(key) }));
  return rows.flatMap(({ key, row }) => (row?.user === user ? [{ key, row }] : []));
}

/**
 * Until none is left, twice in a row: one that gets a new id is stored under it before its old one is deleted, and may be looked for
 * under the first too early and under the second too late, once.
 */
async function endAll(store: AvailableStore, user: string, except: string | undefined): Promise<number> {
  const ended = new Set<string>();
  for (let emptyPasses = 0; emptyPasses < 2;) {
    const others = (await rowsOf(store, user)).filter(({ key }) => key !== except);
    emptyPasses = others.length === 0 ? emptyPasses + 1 : 0;
    const deleted = await inPortions(others, async ({ key }) => ((await store.delete(key)) ? [key] : []));
    for (const key of deleted.flat()) ended.add(key);
  }
  await store.endUser(user, except);
  return ended.size;
}

/** A store refuses what is too much at once: who has very many sessions, as one who logs in by a script, could not be logged out. */
async function inPortions<Item, Answer>(items: readonly Item[], ask: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < items.length; at += portionSize)
    answers.push(...(await Promise.all(items.slice(at, at + portionSize).map(ask))));
  return answers;
}

const portionSize = 100;

function toEntry<Data>({ data, rules }: SessionSettings<Data>, key: string, row: SessionRow): SessionEntry<Data>[] {
  const now = Date.now();
  const lifetime = currentLifetime(row.lifetime, rules, now);
  const content = data.read(row.data);
  if (content === undefined || isOver(lifetime, now)) return [];
  const [begunAt, usedAt, expiresAt] = [lifetime.begunAt, lifetime.usedAt, lifetime.expiresAt].map((time) => new Date(time)) as [
    Date,
    Date,
    Date,
  ];
  return [{ id: key, data: content.data, begunAt, usedAt, expiresAt }];
}
