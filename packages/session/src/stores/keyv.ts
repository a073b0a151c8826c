import type { SessionLifetime } from "../lifetime.ts";
import type { SessionRow, SessionStore } from "./store.ts";
import { withTimeLimit } from "./time-limit.ts";

/** What is asked of a Keyv, whatever its adapter. */
export interface KeyvLike {
  throwOnErrors: boolean;
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttl?: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  on(event: "error", listener: (error: unknown) => void): unknown;
}

export interface KeyvStoreOptions {
  /** How long a step may take. Default 2,000. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Keeps sessions by any Keyv adapter: SQLite, PostgreSQL, MySQL, MongoDB, ….
 *
 * Keyv can read and write, but not compare and write in one step. Here the steps of one process are put in order. Between
 * processes two writes of one session in the same moment are not merged, the last one counts; and a session that one of them
 * ends stays ended, since its end is noted under a key that no write touches (SE-07). It cannot list the sessions of a user.
 *
 * Shape:  `keyvStore(new Keyv(new KeyvPostgres("postgres://localhost/app")))`; closing its connection is yours.
 */
export function keyvStore(keyv: KeyvLike, { timeoutMs = 2_000 }: KeyvStoreOptions = {}): SessionStore {
  keyv.throwOnErrors = true; // else a database that is down would read as a session that is not there
  keyv.on("error", () => {}); // thrown, too
  return new KeyvStore(keyv, timeoutMs);
}

class KeyvStore implements SessionStore {
  readonly #keyv: KeyvLike;
  readonly #timeoutMs: number;
  readonly #lastStep = new Map<string, Promise<unknown>>();

  constructor(keyv: KeyvLike, timeoutMs: number) {
    this.#keyv = keyv;
    this.#timeoutMs = timeoutMs;
  }

  read(key: string): Promise<SessionRow | undefined> {
    return withTimeLimit(this.#find(key), this.#timeoutMs, "the database of the sessions");
  }

  write(key: string, row: SessionRow, revision: number): Promise<boolean> {
    return this.#inOrder(key, async () => {
      if (((await this.#find(key))?.revision ?? 0) !== revision) return false;
      await this.#put(key, row);
      return !(await this.#hasEnded(key)); // another process may have ended it in between
    });
  }

  touch(key: string, lifetime: SessionLifetime, revision: number): Promise<boolean> {
    return this.#inOrder(key, async () => {
      const row = await this.#find(key);
      if (row?.revision !== revision) return false;
      await this.#put(key, { ...row, lifetime });
      return true;
    });
  }

  delete(key: string): Promise<boolean> {
    return this.#inOrder(key, async () => {
      const row = await this.#find(key);
      if (row === undefined) return false;
      await this.#keyv.set(endOf(key), true, Math.max(dayMs, timeToLive(row.lifetime)));
      await this.#keyv.delete(key);
      return true;
    });
  }

  async #find(key: string): Promise<SessionRow | undefined> {
    const [row, hasEnded] = await Promise.all([this.#keyv.get(key), this.#hasEnded(key)]);
    return hasEnded ? undefined : (row as SessionRow | undefined); // #put wrote it
  }

  async #hasEnded(key: string): Promise<boolean> {
    return (await this.#keyv.get(endOf(key))) === true;
  }

  async #put(key: string, row: SessionRow): Promise<void> {
    await this.#keyv.set(key, row, timeToLive(row.lifetime));
  }

  /** One step after the other for each key, also where one failed or is late. */
  #inOrder<T>(key: string, step: () => Promise<T>): Promise<T> {
    const running = (this.#lastStep.get(key) ?? Promise.resolve()).then(step, step);
    this.#lastStep.set(key, running);
    const forget = (): void => void (this.#lastStep.get(key) === running && this.#lastStep.delete(key));
    running.then(forget, forget);
    return withTimeLimit(running, this.#timeoutMs, "the database of the sessions");
  }
}

function endOf(key: string): string {
  return `ended:${key}`;
}

function timeToLive({ expiresAt }: SessionLifetime): number {
  return Math.max(1, Math.ceil(expiresAt - Date.now()));
}

const dayMs = 86_400_000;
