import type { KeyvLike } from "./keyv-like.ts";
import type { OrderedSteps } from "./ordered-steps.ts";

/** When the row of a key is over. */
type Entry = readonly [key: string, expiresAt: number];

/**
 * Which rows a user has, in one list a user. Two processes that change it in one moment may lose an entry: it serves to list, and
 * nothing rests on its being complete.
 */
export class KeyvIndex {
  readonly #keyv: KeyvLike;
  readonly #steps: OrderedSteps;

  constructor(keyv: KeyvLike, steps: OrderedSteps) {
    this.#keyv = keyv;
    this.#steps = steps;
  }

  add(user: string, key: string, expiresAt: number): Promise<void> {
    return this.#change(user, key, [[key, expiresAt]]);
  }

  remove(user: string, key: string): Promise<void> {
    return this.#change(user, key, []);
  }

  async list(user: string): Promise<string[]> {
    return (await this.#read(user)).map(([key]) => key);
  }

  #change(user: string, key: string, added: readonly Entry[]): Promise<void> {
    const name = listOf(user);
    return this.#steps.run(name, async () => {
      const others = (await this.#read(user)).filter(([other]) => other !== key);
      const entries = [...others, ...added];
      const last = Math.max(...entries.map(([, expiresAt]) => expiresAt));
      if (entries.length === 0) await this.#keyv.delete(name);
      else await this.#keyv.set(name, entries, Math.max(1, Math.ceil(last - Date.now())));
    });
  }

  async #read(user: string): Promise<readonly Entry[]> {
    const entries = ((await this.#keyv.get(listOf(user))) ?? []) as readonly Entry[]; // #change wrote it
    return entries.filter(([, expiresAt]) => expiresAt > Date.now());
  }
}

function listOf(user: string): string {
  return `user:${user}`;
}
