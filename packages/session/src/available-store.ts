import { SteadyLog, type Logger } from "@madeleine/core";
import { isThenable } from "@madeleine/di";
import { HTTPException } from "@madeleine/http";
import type { SessionLifetime } from "./lifetime.ts";
import type { SessionRow, SessionRows, SessionStore } from "./stores/store.ts";

/**
 * A store whose failures are answers: 503 with `Retry-After`, and at most one line a second in the log (OP-04). A session that
 * cannot be read is not an absent one: nobody becomes anonymous because a server is down.
 */
export class AvailableStore implements SessionRows {
  readonly #cookie: string;
  readonly #store: SessionStore;
  readonly #log: SteadyLog;

  constructor(cookie: string, store: SessionStore, logger: Logger) {
    this.#cookie = cookie;
    this.#store = store;
    this.#log = new SteadyLog(logger);
  }

  /** A store of one's own may give null for no row, as `JSON.parse` does. */
  read(key: string): SessionRow | undefined | Promise<SessionRow | undefined> {
    let row: SessionRow | null | undefined | PromiseLike<SessionRow | null | undefined>;
    try {
      row = this.#store.read(key);
    } catch (error) {
      return this.#fail(error);
    }
    if (!isThenable(row)) return row ?? undefined;
    return Promise.resolve(row).then(
      (row) => row ?? undefined,
      (error: unknown) => this.#fail(error),
    );
  }

  write(key: string, row: SessionRow, revision: number): Promise<boolean> {
    return this.#ask(() => this.#store.write(key, row, revision));
  }

  touch(key: string, lifetime: SessionLifetime, revision: number): Promise<boolean> {
    return this.#ask(() => this.#store.touch(key, lifetime, revision));
  }

  delete(key: string): Promise<boolean> {
    return this.#ask(() => this.#store.delete(key));
  }

  listByUser(user: string): Promise<string[]> {
    return this.#ask(async () => (await this.#store.listByUser?.(user)) ?? []);
  }

  async endUser(user: string, except: string | undefined): Promise<void> {
    await this.#ask(async () => this.#store.endUser?.(user, except));
  }

  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      return this.#fail(error);
    }
  }

  #fail(error: unknown): never {
    this.#log.error({ err: error }, `the store of session "${this.#cookie}" failed; the answer is 503`);
    throw new HTTPException(503, "Sessions are not available at the moment", { "retry-after": "1" });
  }
}
