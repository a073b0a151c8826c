import { nodeCrypto } from "@madeleine/http";
import type { AvailableStore } from "./available-store.ts";
import { isOver, rewindLifetime } from "./lifetime.ts";
import type { Session, SessionSettings } from "./session.ts";

/** One session of a user, as it is listed. */
export interface SessionEntry<Data> {
  readonly id: string;
  readonly data: Data;
  readonly begunAt: Date;
  /** To within a tenth of the idle time. */
  readonly usedAt: Date;
  readonly expiresAt: Date;
}

/** The sessions of a user, wherever they are. Errors: TypeError where the definition has no `user`; HTTPException 503. */
export interface UserSessions<Data> {
  /** The last used first: "your devices". */
  listSessions(user: string): Promise<SessionEntry<Data>[]>;
  /** Ends one session; false where the user has none with this id. */
  revokeSession(user: string, id: string): Promise<boolean>;
  /** Ends all of them but the one that is to stay, and says how many: "log out everywhere". */
  revokeUser(user: string, except?: Pick<Session<Data>, "id">): Promise<number>;
}

/** What a definition can do with the sessions of a user. */
export function userSessions<Data>(
  name: string,
  settings: SessionSettings<Data>,
  store: AvailableStore,
  hasUsers: boolean,
): UserSessions<Data> {
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
export function toUserKey(cookie: string, user: string | undefined): string | undefined {
  return user === undefined ? undefined : nodeCrypto().hash("sha256", `${cookie}\0user\0${user}`, "base64url");
}
