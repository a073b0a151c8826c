import type { Logger } from "@madeleine/core";
import type { Request } from "@madeleine/http";
import type { SessionCarrier } from "./keeping/keeping.ts";
import { isOver, isTouchDue, rewindLifetime } from "./lifetime.ts";
import { copyPlain, isSamePlain } from "./plain-data.ts";
import { readOnly } from "./read-only.ts";
import { Saving, type StoredSession } from "./saving.ts";
import type { Flash } from "./session-content.ts";
import { createSessionId } from "./session-id.ts";
import type { Session } from "./session.ts";
import type { SessionSettings } from "./settings.ts";

/** What was saved, to see afterwards whether somebody changed it since: a copy, and its text where it had to be written. */
interface Saved {
  readonly content: unknown;
  readonly text: string | undefined;
}

/** The session of one request: what its handler holds, and what was done to it. */
export class ActiveSession<Data> implements Session<Data> {
  readonly #settings: SessionSettings<Data>;
  readonly #carrier: SessionCarrier;
  readonly #request: Request;
  readonly #logger: Logger;
  #secret: string | undefined;
  #stored: StoredSession | undefined;
  #data: Data;
  #flashes: Flash[] = [];
  /** A copy of what anybody may have changed, as it was before; undefined where nobody asked for it. */
  #before: unknown;
  #saved: Saved | undefined;
  #rememberMs: number | undefined;
  #isRenewed = false;
  #isClosed = false;

  private constructor(settings: SessionSettings<Data>, carrier: SessionCarrier, request: Request, logger: Logger) {
    this.#settings = settings;
    this.#carrier = carrier;
    this.#request = request;
    this.#logger = logger;
    this.#data = undefined as Data; // #begin or #take follow at once
  }

  /** The session that the request leads to, or a new one. A promise only where there is something to ask for. */
  static open<Data>(
    settings: SessionSettings<Data>,
    carrier: SessionCarrier,
    request: Request,
    logger: Logger,
  ): ActiveSession<Data> | Promise<ActiveSession<Data>> {
    const session = new ActiveSession(settings, carrier, request, logger);
    if (carrier.secret !== undefined) return session.#resume(carrier.secret);
    session.#begin();
    return session;
  }

  get data(): Data {
    if (this.#isClosed) return readOnly(this.#data, () => this.#refuseChange());
    this.#expectChange();
    return this.#data;
  }

  set data(data: Data) {
    this.#expectChange();
    this.#data = data;
  }

  get id(): string {
    if (this.#stored !== undefined && !this.#isRenewed) return this.#stored.key;
    return this.#settings.keyOf(this.#anySecret);
  }

  get isNew(): boolean {
    return this.#stored === undefined;
  }

  async regenerate(): Promise<void> {
    if (this.#isClosed) this.#refuseChange();
    this.#isRenewed = true;
    this.#secret = undefined;
  }

  async destroy(): Promise<void> {
    if (this.#stored !== undefined) await this.#carrier.rows.delete(this.#stored.key);
    if (!this.#isClosed) this.#carrier.end();
    this.#begin();
  }

  rememberFor(seconds: number): void {
    if (this.#isClosed) this.#refuseChange();
    const { absoluteMs } = this.#settings.rules;
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > maxCookieSeconds)
      throw new RangeError(`rememberFor: seconds is a whole number from 1 to ${maxCookieSeconds} (400 days), not ${seconds}`);
    if (absoluteMs !== undefined && seconds * 1000 > absoluteMs)
      throw new RangeError(`rememberFor: ${seconds} s are more than the session's absoluteMaxAge, ${absoluteMs / 1000} s`);
    this.#rememberMs = seconds * 1000;
  }

  flash(key: string, value: string): void {
    this.#expectChange();
    this.#flashes.push({ key, value });
  }

  flashes(): Flash[] {
    if (this.#isClosed) return [];
    this.#expectChange();
    return this.#flashes.splice(0);
  }

  /** Stores what changed and sends the cookie; nothing may change afterwards. A promise only where there is something to store. */
  save(): void | Promise<void> {
    const { data, rules } = this.#settings;
    const stored = this.#stored;
    const isAsBefore = this.#before === undefined || isSamePlain(this.#before, this.#content);
    const text = isAsBefore ? undefined : this.#write();
    const isSame = text === undefined || text === stored?.row.data || text === data.rewrite(stored?.row.data);
    const changed = isSame ? undefined : text;
    if (changed !== undefined) data.check(changed);
    if (this.#before !== undefined) this.#saved = { content: isAsBefore ? this.#before : copyPlain(this.#content), text };
    this.#isClosed = true;
    if (stored === undefined) return changed === undefined ? undefined : this.#saving.begin(this.#anySecret, changed);
    if (this.#isRenewed) return this.#saving.regenerate(stored, this.#anySecret, text ?? stored.row.data);
    if (changed !== undefined || this.#rememberMs !== undefined) return this.#saving.replace(stored, changed);
    if (isTouchDue(stored.row.lifetime, rules, Date.now())) return this.#saving.touch(stored);
  }

  /** Leaves everything as it was before the request. */
  abandon(): void {
    this.#isClosed = true;
  }

  /** After the last byte: a change that came since then is lost, and somebody must know (SE-11). */
  checkUnchanged(): void {
    const saved = this.#saved;
    if (saved === undefined || isSamePlain(saved.content, this.#content)) return;
    if (this.#write() === (saved.text ?? this.#settings.data.rewrite(this.#stored?.row.data))) return;
    this.#logger.error({ session: this.id }, `${this.#lateChange} It is lost.`);
  }

  async #resume(secret: string): Promise<this> {
    const key = this.#settings.keyOf(secret);
    const row = await this.#carrier.rows.read(key);
    const now = Date.now();
    if (row === undefined || isOver(rewindLifetime(row.lifetime, now), now)) this.#begin();
    else this.#take({ secret, key, row });
    return this;
  }

  #take(stored: StoredSession): void {
    const { name, data } = this.#settings;
    const content = data.read(stored.row.data);
    if (content === undefined) {
      const problem = `what is stored for session "${name}" does not fit its schema; a new one begins`;
      this.#logger.warn({ session: stored.key }, problem);
      return this.#begin();
    }
    this.#stored = stored;
    this.#secret = stored.secret;
    this.#data = content.data;
    this.#flashes = [...content.flashes];
  }

  #begin(): void {
    this.#stored = this.#secret = this.#rememberMs = undefined;
    this.#isRenewed = false;
    this.#data = this.#settings.data.empty();
    this.#flashes = [];
    this.#before = this.#saved = undefined;
  }

  /** Somebody gets hold of the data, or changes it. */
  #expectChange(): void {
    if (this.#isClosed) this.#refuseChange();
    this.#before ??= copyPlain(this.#content);
  }

  get #content(): unknown {
    return { data: this.#data, flashes: this.#flashes };
  }

  /** Made when it is first needed: most requests without a session leave none. */
  get #anySecret(): string {
    return (this.#secret ??= createSessionId());
  }

  get #saving(): Saving<Data> {
    return new Saving(this.#settings, this.#carrier, this.#rememberMs);
  }

  #write(): string {
    return this.#settings.data.write(this.#data, this.#flashes);
  }

  get #lateChange(): string {
    const { method, path } = this.#request;
    return `${method} ${path} changed session "${this.#settings.name}" after it had been saved for the response.`;
  }

  #refuseChange(): never {
    this.#logger.error({ session: this.id }, this.#lateChange);
    throw new Error(`${this.#lateChange} mend: change it before the handler returns`);
  }
}

const maxCookieSeconds = 400 * 86_400;
