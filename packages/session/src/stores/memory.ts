import type { SessionLifetime } from "../lifetime.ts";
import type { SessionRow, SessionStore } from "./store.ts";

export interface MemoryStoreOptions {
  /** Above it the session is dropped that was not used (without `rolling`: not written) for the longest time. Default 100,000. */
  readonly maxSessions?: number | undefined;
}

/**
 * Keeps sessions in this process: they end with it, and other processes do not see them.
 *
 * Cost:   about 0.5 KB a session, and 0.2 KB more as soon as it was read. No timer: each new session looks at two others, so those that
 *         are over leave as fast as new ones come.
 * Errors: RangeError where `maxSessions` is no whole number from 1.
 */
export function memoryStore({ maxSessions = 100_000 }: MemoryStoreOptions = {}): SessionStore & { readonly size: number } {
  if (!Number.isSafeInteger(maxSessions) || maxSessions < 1)
    throw new RangeError("memoryStore: maxSessions is a whole number from 1");
  return new MemoryStore(maxSessions);
}

class MemoryStore implements SessionStore {
  readonly #maxSessions: number;
  /** In the order of their last write or touch. */
  readonly #rows = new Map<string, SessionRow>();
  readonly #keysOf = new Map<string, Set<string>>();
  #sweep = this.#rows.entries();
  /** How many rows it looks at before it begins anew. What is written moves to the end of them, which it might never reach. */
  #leftInRound = 0;

  constructor(maxSessions: number) {
    this.#maxSessions = maxSessions;
  }

  get size(): number {
    return this.#rows.size;
  }

  read(key: string): SessionRow | undefined {
    return this.#rows.get(key);
  }

  async write(key: string, row: SessionRow, revision: number): Promise<boolean> {
    if ((this.#rows.get(key)?.revision ?? 0) !== revision) return false;
    this.#remove(key);
    this.#add(key, row);
    if (revision === 0) this.#makeRoom();
    return true;
  }

  async touch(key: string, lifetime: SessionLifetime, revision: number): Promise<boolean> {
    const row = this.#rows.get(key);
    if (row?.revision !== revision) return false;
    this.#rows.delete(key);
    this.#rows.set(key, { ...row, lifetime });
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return this.#remove(key);
  }

  async listByUser(user: string): Promise<string[]> {
    return [...(this.#keysOf.get(user) ?? [])];
  }

  #add(key: string, row: SessionRow): void {
    this.#rows.set(key, row);
    if (row.user === undefined) return;
    const keys = this.#keysOf.get(row.user) ?? new Set();
    this.#keysOf.set(row.user, keys.add(key));
  }

  #remove(key: string): boolean {
    const row = this.#rows.get(key);
    if (row === undefined) return false;
    this.#rows.delete(key);
    if (row.user === undefined) return true;
    const keys = this.#keysOf.get(row.user);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysOf.delete(row.user);
    return true;
  }

  #makeRoom(): void {
    for (let looked = 0; looked < 2; looked++) this.#removeNextIfOver();
    if (this.#rows.size <= this.#maxSessions) return;
    const [oldest] = this.#rows.keys();
    if (oldest !== undefined) this.#remove(oldest);
  }

  #removeNextIfOver(): void {
    if (this.#leftInRound === 0) {
      this.#sweep = this.#rows.entries();
      this.#leftInRound = this.#rows.size;
    }
    this.#leftInRound -= 1;
    const next = this.#sweep.next();
    if (next.done === true) this.#leftInRound = 0;
    else if (next.value[1].lifetime.expiresAt <= Date.now()) this.#remove(next.value[0]);
  }
}
