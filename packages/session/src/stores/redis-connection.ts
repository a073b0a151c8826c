import type { SessionLifetime } from "../lifetime.ts";
import { RedisStore, type RedisClient, type RedisStoreOptions } from "./redis.ts";
import type { SessionRow, SessionStore } from "./store.ts";
import { TimeLimit, TimeLimitError } from "./time-limit.ts";

type Client = Pick<import("redis").RedisClientType, "isReady" | "destroy">;

/**
 * A store with a connection of its own: opened with the application and closed with it, and made anew for as long as it takes
 * when the server goes away.
 */
export class RedisConnection implements SessionStore {
  readonly #url: string;
  readonly #whenDownAtBoot: "start" | "fail";
  readonly #options: RedisStoreOptions;
  readonly #timeoutMs: number;
  #client: Client | undefined;
  #store: RedisStore | undefined;
  /** How many applications and kinds of session use it. */
  #users = 0;
  #opening: Promise<void> | undefined;
  #lastError: unknown;
  /** Since when commands are late, and none was answered. */
  #silentSince: number | undefined;

  constructor(url: string, whenDownAtBoot: "start" | "fail", options: RedisStoreOptions) {
    this.#url = url;
    this.#whenDownAtBoot = whenDownAtBoot;
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? 2_000;
  }

  async open(): Promise<void> {
    this.#users += 1;
    this.#opening ??= this.#connect();
    try {
      await this.#opening;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0) return;
    const client = this.#client;
    this.#client = this.#store = this.#opening = undefined;
    client?.destroy();
  }

  read(key: string): Promise<SessionRow | undefined> {
    return this.#ask((store) => store.read(key));
  }

  write(key: string, row: SessionRow, revision: number): Promise<boolean> {
    return this.#ask((store) => store.write(key, row, revision));
  }

  touch(key: string, lifetime: SessionLifetime, revision: number): Promise<boolean> {
    return this.#ask((store) => store.touch(key, lifetime, revision));
  }

  delete(key: string): Promise<boolean> {
    return this.#ask((store) => store.delete(key));
  }

  listByUser(user: string): Promise<string[]> {
    return this.#ask((store) => store.listByUser(user));
  }

  async #connect(): Promise<void> {
    const { createClient } = await import("redis"); // an optional peer: asked for only where it is used
    const client = createClient({
      url: this.#url,
      disableOfflineQueue: true, // while the server is away a command fails at once, and none waits in memory
      socket: {
        connectTimeout: this.#timeoutMs,
        reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 1_000),
      },
    });
    client.on("error", (error: unknown) => (this.#lastError = error)); // each request that needs it tells of its own
    this.#client = client;
    this.#store = new RedisStore(client as unknown as RedisClient, this.#options); // its types depend on its modules
    const connecting = client.connect();
    connecting.catch(() => {}); // heard below, where it is waited for
    try {
      await new TimeLimit(this.#timeoutMs, "Redis").wait(connecting);
    } catch (cause) {
      if (this.#whenDownAtBoot === "fail") throw new Error(`Redis cannot be reached: ${String(this.#lastError)}`, { cause });
    }
  }

  async #ask<T>(ask: (store: RedisStore) => Promise<T>): Promise<T> {
    if (this.#store === undefined) throw new Error("the application of this store is not open");
    if (!this.#client!.isReady) throw new Error("Redis cannot be reached", { cause: this.#lastError });
    try {
      const answer = await ask(this.#store);
      this.#silentSince = undefined;
      return answer;
    } catch (error) {
      if (error instanceof TimeLimitError) this.#noticeSilence();
      throw error;
    }
  }

  /**
   * A connection that has been silent for so long may be dead without an error, and what is owed on it would stand before every
   * new answer: it is made anew. (A socket's own timeout never comes, since it counts what is written, too.)
   */
  #noticeSilence(): void {
    const now = performance.now();
    this.#silentSince ??= now;
    if (now - this.#silentSince < 2 * this.#timeoutMs) return;
    this.#silentSince = undefined;
    if (this.#users === 0) return; // closed meanwhile
    this.#client?.destroy();
    this.#connect().catch((error: unknown) => (this.#lastError = error)); // it goes on trying
  }
}
