import type { SessionCarrier } from "./keeping/carrier.ts";
import { beginLifetime, continueLifetime, currentLifetime, isOver, prolongLifetime, type SessionLifetime } from "./lifetime.ts";
import type { SessionSettings } from "./settings.ts";
import type { SessionRow } from "./stores/store.ts";

/** A session as its request found it. */
export interface StoredSession {
  readonly secret: string;
  readonly key: string;
  readonly row: SessionRow;
}

// Of a store that keeps what it is given there is none; one whose copies are behind may need a few.
const maxRefusals = 10;

const contradiction =
  "refused to write over the row that it gave. mend: write(…) gives true where it has written, and read(…) what was written last";

/** Brings what one request did to a session into its row and its cookie. */
export class Saving<Data> {
  readonly #settings: SessionSettings<Data>;
  readonly #carrier: SessionCarrier;
  /** Where the session is to last from now on. */
  readonly #rememberMs: number | undefined;
  /** Told of a row that is gone because the session was over, and not because somebody ended it. */
  readonly #onOver: () => void;

  constructor(settings: SessionSettings<Data>, carrier: SessionCarrier, rememberMs: number | undefined, onOver: () => void) {
    this.#settings = settings;
    this.#carrier = carrier;
    this.#rememberMs = rememberMs;
    this.#onOver = onOver;
  }

  /** A session that was not there before. */
  async begin(secret: string, text: string): Promise<StoredSession> {
    const begun = await this.#create(secret, text, beginLifetime(this.#settings.rules, Date.now()));
    this.#carrier.begin(secret, begun.row);
    return begun;
  }

  /**
   * The same session under another id, with what others have stored since it was read. The new row comes first, so that whoever ends all of
   * a user's sessions meanwhile meets one of the two; and where the old one is gone then, another request has logged out, and the new one
   * goes as well (SE-07): undefined.
   */
  async regenerate({ key, row }: StoredSession, secret: string, text: string | undefined): Promise<StoredSession | undefined> {
    const { rows } = this.#carrier;
    const current = await rows.read(key);
    if (current === undefined) return this.#lose(row);
    const { isLasting, idleMs } = current.lifetime;
    const begun = beginLifetime(this.#settings.rules, Date.now());
    const lifetime = isLasting ? prolongLifetime(begun, idleMs, Date.now()) : begun;
    const renewed = await this.#create(secret, this.#merge(row, text, current), lifetime);
    if (!(await rows.delete(key))) {
      await rows.delete(renewed.key);
      return undefined;
    }
    this.#carrier.begin(secret, renewed.row);
    return renewed;
  }

  /** Other data, or none where only its end moves. Of two requests at once each key is the last one's that changed it (SE-06). */
  async replace({ secret, key, row }: StoredSession, text: string | undefined): Promise<void> {
    const { rows } = this.#carrier;
    let [current, next] = [row, text ?? row.data];
    for (let refusals = 0; ;) {
      const lifetime = this.#continue(current.lifetime);
      const written = { revision: current.revision + 1, lifetime, user: this.#userOf(next, current), data: next };
      if (await rows.write(key, written, current.revision)) return this.#carrier.renew(secret, written);
      const newer = await rows.read(key);
      if (newer === undefined) return this.#lose(current);
      refusals = newer.revision === current.revision ? refusals + 1 : 0;
      if (refusals === maxRefusals) throw new Error(`the store of session "${this.#settings.name}" ${contradiction}`);
      current = newer;
      next = this.#merge(row, text, newer);
    }
  }

  /** A use that changed nothing but the time of the last one. */
  async touch({ secret, key, row }: StoredSession): Promise<void> {
    const now = Date.now();
    const lifetime = this.#use(row.lifetime, now);
    if (await this.#carrier.rows.touch(key, lifetime, row.revision)) this.#carrier.renew(secret, { ...row, lifetime });
  }

  /** What is destroyed meanwhile stays so (SE-07), and nothing of it is missed; what ended by itself was to be kept. */
  #lose({ lifetime }: SessionRow): undefined {
    if (isOver(lifetime, Date.now())) this.#onOver();
  }

  /** What this request made of a row, with what is stored by now. */
  #merge(read: SessionRow, text: string | undefined, stored: SessionRow): string {
    if (text === undefined) return stored.data;
    return stored.revision === read.revision ? text : this.#settings.data.merge(read.data, text, stored.data);
  }

  async #create(secret: string, text: string, begun: SessionLifetime): Promise<StoredSession> {
    const lifetime = this.#rememberMs === undefined ? begun : prolongLifetime(begun, this.#rememberMs, Date.now());
    const key = this.#settings.keyOf(secret);
    const row = { revision: 1, lifetime, user: this.#userOf(text, undefined), data: text };
    if (!(await this.#carrier.rows.write(key, row, 0))) throw new Error("a new session id was in the store already");
    return { secret, key, row };
  }

  /** Whose session it is by its data; what another version wrote, and this one cannot read, is whose it was. */
  #userOf(text: string, current: SessionRow | undefined): string | undefined {
    const content = this.#settings.data.read(text);
    return content === undefined ? current?.user : this.#settings.userOf(content.data);
  }

  #continue(lifetime: SessionLifetime): SessionLifetime {
    const now = Date.now();
    if (this.#rememberMs === undefined) return this.#use(lifetime, now);
    return prolongLifetime(currentLifetime(lifetime, this.#settings.rules, now), this.#rememberMs, now);
  }

  #use(lifetime: SessionLifetime, now: number): SessionLifetime {
    const { rules } = this.#settings;
    return continueLifetime(currentLifetime(lifetime, rules, now), rules, now);
  }
}
