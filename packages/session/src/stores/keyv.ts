import { nodeCrypto } from "@madeleine/http";
import type { SessionLifetime } from "../lifetime.ts";
import { KeyvIndex } from "./keyv-index.ts";
import type { KeyvLike } from "./keyv-like.ts";
import { OrderedSteps } from "./ordered-steps.ts";
import type { SessionRow, SessionStore } from "./store.ts";

export interface KeyvStoreOptions {
  /** How long a step may take. Default 2,000. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Keeps sessions by any Keyv adapter: SQLite, PostgreSQL, MySQL, MongoDB, ….
 *
 * Keyv can read and write, but not compare and write in one step. Here the steps of one process are put in order. Between
 * processes two writes of one session in the same moment are not merged, the last one counts; what one of them ends stays ended, since
 * an end is noted under a key that no write touches: that of a session (SE-07), and that of all sessions of a user. Of two logins of one
 * user in the same moment one may be missing in the list until it is written again; it ends with the others all the same.
 *
 * Shape:  `keyvStore(new Keyv(new KeyvPostgres("postgres://localhost/app")))`; closing its connection is yours.
 */
export function keyvStore(keyv: KeyvLike, { timeoutMs = 2_000 }: KeyvStoreOptions = {}): SessionStore {
  keyv.throwOnErrors = true; // else a database that is down would read as a session that is not there
  keyv.on("error", () => {}); // thrown, too
  return new KeyvStore(keyv, timeoutMs);
}

/** A row as it is stored: with the revocation of its user that was the latest when it became this user's. */
interface KeptRow {
  readonly row: SessionRow;
  readonly revocation: string | null;
}

/** When all sessions of a user were ended: every row that names another id is over, but one. */
interface Revocation {
  readonly id: string;
  readonly except: string | undefined;
}

class KeyvStore implements SessionStore {
  readonly #keyv: KeyvLike;
  readonly #steps: OrderedSteps;
  readonly #index: KeyvIndex;

  constructor(keyv: KeyvLike, timeoutMs: number) {
    this.#keyv = keyv;
    this.#steps = new OrderedSteps(timeoutMs, "the database of the sessions");
    this.#index = new KeyvIndex(keyv, this.#steps);
  }

  read(key: string): Promise<SessionRow | undefined> {
    return this.#steps.bound(this.#find(key).then((kept) => kept?.row));
  }

  write(key: string, row: SessionRow, revision: number): Promise<boolean> {
    return this.#steps.run(key, async () => {
      const kept = await this.#find(key);
      if ((kept?.row.revision ?? 0) !== revision) return false;
      // Of a row that was read here, the revocation that was read with it: a later one must end what is written now.
      const revocation = kept?.row.user === row.user ? (kept?.revocation ?? null) : await this.#latest(row.user);
      await this.#put(key, { row, revocation });
      return this.#stays(key);
    });
  }

  touch(key: string, lifetime: SessionLifetime, revision: number): Promise<boolean> {
    return this.#steps.run(key, async () => {
      const kept = await this.#find(key);
      if (kept?.row.revision !== revision) return false;
      await this.#put(key, { ...kept, row: { ...kept.row, lifetime } });
      return this.#stays(key);
    });
  }

  delete(key: string): Promise<boolean> {
    return this.#steps.run(key, async () => {
      const row = (await this.#find(key))?.row;
      if (row === undefined) return false;
      await this.#keyv.set(endOf(key), true, Math.max(dayMs, timeToLive(row.lifetime)));
      await this.#keyv.delete(key);
      if (row.user !== undefined) await this.#index.remove(row.user, key);
      return true;
    });
  }

  listByUser(user: string): Promise<string[]> {
    return this.#steps.bound(this.#index.list(user));
  }

  /**
   * Kept for good, whatever time to live the Keyv gives where it is told none: nobody knows how long the last row will last that it ends,
   * and those that began after it name it.
   */
  async endUser(user: string, except: string | undefined): Promise<void> {
    const revocation: Revocation = { id: nodeCrypto().randomUUID(), except };
    await this.#steps.bound(this.#keyv.set(revocationOf(user), revocation, 0));
  }

  /** The row, with the revocation that it has outlived. */
  async #find(key: string): Promise<KeptRow | undefined> {
    const [stored, hasEnded] = await Promise.all([this.#keyv.get(key), this.#hasEnded(key)]);
    if (stored === undefined || hasEnded) return undefined;
    const kept = stored as KeptRow; // #put wrote it
    const { user } = kept.row;
    if (user === undefined) return kept;
    const latest = await this.#revocation(user);
    if (kept.revocation !== (latest?.id ?? null) && key !== latest?.except) return undefined;
    return { row: kept.row, revocation: latest?.id ?? null };
  }

  async #put(key: string, kept: KeptRow): Promise<void> {
    const { user, lifetime } = kept.row;
    if (user !== undefined) await this.#index.add(user, key, lifetime.expiresAt);
    await this.#keyv.set(key, kept, timeToLive(lifetime));
  }

  /** Another process may have ended in between what was put: the row goes, too, since it may outlast the note of its end. */
  async #stays(key: string): Promise<boolean> {
    if (!(await this.#hasEnded(key))) return true;
    await this.#keyv.delete(key);
    return false;
  }

  async #latest(user: string | undefined): Promise<string | null> {
    return user === undefined ? null : ((await this.#revocation(user))?.id ?? null);
  }

  async #revocation(user: string): Promise<Revocation | undefined> {
    return (await this.#keyv.get(revocationOf(user))) as Revocation | undefined; // endUser wrote it
  }

  async #hasEnded(key: string): Promise<boolean> {
    return (await this.#keyv.get(endOf(key))) === true;
  }
}

// A key of a row has 43 characters and no colon.
function endOf(key: string): string {
  return `ended:${key}`;
}

function revocationOf(user: string): string {
  return `revoked:${user}`;
}

function timeToLive({ expiresAt }: SessionLifetime): number {
  return Math.max(1, Math.ceil(expiresAt - Date.now()));
}

const dayMs = 86_400_000;
