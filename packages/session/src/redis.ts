import { RedisStore, type RedisClient, type RedisStoreOptions } from "./stores/redis.ts";
import { RedisConnection } from "./stores/redis-connection.ts";
import type { SessionStore } from "./stores/store.ts";

export type { RedisClient, RedisStoreOptions } from "./stores/redis.ts";

/** How the store reaches a server of which it knows only the address. */
export interface RedisAddress {
  /** Shape: `"redis://user:password@localhost:6379/0"`, `rediss://` for TLS. */
  readonly url: string;
  /** Whether the application starts without its Redis, and answers 503 until it is there, or fails at boot. Default `"start"`. */
  readonly whenDownAtBoot?: "start" | "fail" | undefined;
}

/**
 * Keeps sessions in Redis 6.2 or newer, for any number of processes. Rows end by the server's own time to live.
 *
 * Shape:  `redisStore({ url: "redis://localhost:6379" })`, or `redisStore(client)` with a client (or cluster) of the package `redis`
 *         that you connect and close. Give it `disableOfflineQueue: true`, so that it refuses commands while the server is away.
 * Errors: a command that fails or takes longer than `timeoutMs` is a 503 for the request that needs it.
 */
export function redisStore(server: RedisAddress | RedisClient, options: RedisStoreOptions = {}): SessionStore {
  if (!("url" in server)) return new RedisStore(server, options);
  return new RedisConnection(server.url, server.whenDownAtBoot ?? "start", options);
}
