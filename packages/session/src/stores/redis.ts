import { fromLifetimeText, toLifetimeText } from "../lifetime-text.ts";
import type { SessionLifetime } from "../lifetime.ts";
import type { SessionRow, SessionStore } from "./store.ts";
import { TimeLimit } from "./time-limit.ts";

/** What is asked of a client: those of the package `redis` have it, single, pooled and cluster. */
export interface RedisClient {
  get(key: string): Promise<unknown>;
  del(key: string): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

export interface RedisStoreOptions {
  /** What all keys begin with. Default `"session:"`. */
  readonly prefix?: string | undefined;
  /** How long a command may take. Default 2,000. */
  readonly timeoutMs?: number | undefined;
  /** Commands that may wait for their answers at once; above it they fail at once. Default 1,000. */
  readonly maxPending?: number | undefined;
}

/** Keeps sessions in Redis, by a client that is connected already. `redisStore` is what users call. */
export class RedisStore implements SessionStore {
  readonly #client: RedisClient;
  readonly #prefix: string;
  readonly #limit: TimeLimit;
  readonly #maxPending: number;
  #pending = 0;

  constructor(client: RedisClient, { prefix = "session:", timeoutMs = 2_000, maxPending = 1_000 }: RedisStoreOptions) {
    this.#client = client;
    this.#prefix = prefix;
    this.#limit = new TimeLimit(timeoutMs, "Redis");
    this.#maxPending = maxPending;
  }

  async read(key: string): Promise<SessionRow | undefined> {
    const text = await this.#ask(() => this.#client.get(this.#keyOf(key)));
    if (text === null || text === undefined) return undefined;
    if (typeof text === "string") return toRow(text);
    throw new TypeError(`the client of Redis gives ${text.constructor.name} for a text. mend: a client without a type mapping`);
  }

  async write(key: string, row: SessionRow, revision: number): Promise<boolean> {
    // Before the row, so that no row can be missed by who ends all of a user's.
    if (row.user !== undefined) await this.#index(row.user, key, row.lifetime);
    return this.#run(WRITE, key, [String(revision), toText(row), timeToLive(row.lifetime)]);
  }

  async touch(key: string, lifetime: SessionLifetime, revision: number): Promise<boolean> {
    const words = [String(revision), toLifetimeText(lifetime), timeToLive(lifetime)];
    const user = await this.#ask(() => this.#client.eval(TOUCH, this.#call(key, words)));
    if (typeof user === "string" && user !== "") await this.#index(user, key, lifetime);
    return typeof user === "string";
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#ask(() => this.#client.del(this.#keyOf(key)))) === 1;
  }

  async listByUser(user: string): Promise<string[]> {
    const keys = await this.#ask(() => this.#client.eval(LIST, this.#call(`user:${user}`, [])));
    return keys as string[]; // ZRANGE gives texts
  }

  async #index(user: string, key: string, lifetime: SessionLifetime): Promise<void> {
    await this.#run(INDEX, `user:${user}`, [timeToLive(lifetime), key]);
  }

  async #run(script: string, key: string, words: string[]): Promise<boolean> {
    return (await this.#ask(() => this.#client.eval(script, this.#call(key, words)))) === 1;
  }

  #call(key: string, words: string[]): { keys: string[]; arguments: string[] } {
    return { keys: [this.#keyOf(key)], arguments: words };
  }

  /** In braces, by which a cluster chooses the slot: each script touches one key, and so one server. */
  #keyOf(key: string): string {
    return `${this.#prefix}{${key}}`;
  }

  /** A server that hangs takes commands and answers none: they must not pile up here (OP-04). */
  #ask<T>(command: () => Promise<T>): Promise<T> {
    if (this.#pending >= this.#maxPending) return Promise.reject(new Error(`Redis owes ${this.#pending} answers`));
    const answer = command();
    this.#pending += 1;
    return this.#limit.wait(answer, this.#settle);
  }

  readonly #settle = (): void => {
    this.#pending -= 1;
  };
}

/** Three lines and the data: a script can compare the first and change the second without reading JSON. */
function toText({ revision, lifetime, user, data }: SessionRow): string {
  return `${revision}\n${toLifetimeText(lifetime)}\n${user ?? ""}\n${data}`;
}

function toRow(text: string): SessionRow {
  const [revision = "", lifetime = "", user = ""] = text.split("\n", 3);
  const data = text.slice(revision.length + lifetime.length + user.length + 3);
  return {
    revision: Number(revision),
    lifetime: fromLifetimeText(lifetime),
    user: user === "" ? undefined : user,
    data,
  };
}

/** In milliseconds, counted by the server's own clock; never 0 or less, which Redis refuses (SE-12). */
function timeToLive({ expiresAt }: SessionLifetime): string {
  return String(Math.max(1, Math.ceil(expiresAt - Date.now())));
}

const WRITE = `
local row = redis.call("GET", KEYS[1])
local revision = row and string.match(row, "^%d+") or "0"
if revision ~= ARGV[1] then return 0 end
redis.call("SET", KEYS[1], ARGV[2], "PX", ARGV[3])
return 1`;

const TOUCH = `
local row = redis.call("GET", KEYS[1])
if not row then return 0 end
local revision, user, data = string.match(row, "^(%d+)\\n[^\\n]*\\n([^\\n]*)\\n(.*)$")
if revision ~= ARGV[1] then return 0 end
redis.call("SET", KEYS[1], revision .. "\\n" .. ARGV[2] .. "\\n" .. user .. "\\n" .. data, "PX", ARGV[3])
return user`;

// The server's own clock, by which the rows end, too: one machine whose clock is ahead would have the others miss rows that are there.
const NOW = `
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

const INDEX = `${NOW}
redis.call("ZADD", KEYS[1], string.format("%.0f", now + ARGV[1]), ARGV[2])
redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", string.format("%.0f", now))
local last = redis.call("ZREVRANGE", KEYS[1], 0, 0, "WITHSCORES")
if last[2] then redis.call("PEXPIREAT", KEYS[1], string.format("%.0f", last[2])) end
return 1`;

const LIST = `${NOW}
redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", string.format("%.0f", now))
return redis.call("ZRANGE", KEYS[1], 0, -1)`;
