import type { Request, Response } from "@madeleine/http";
import type { AvailableStore } from "./available-store.ts";
import {
  beginLifetime,
  continueLifetime,
  isOver,
  isTouchDue,
  prolongLifetime,
  rewindLifetime,
  type SessionLifetime,
} from "./lifetime.ts";
import { mergeContent } from "./merge-content.ts";
import { readOnly } from "./read-only.ts";
import type { Flash } from "./session-data.ts";
import { createSessionId } from "./session-id.ts";
import type { Session, SessionSettings } from "./session.ts";
import type { SessionRow } from "./stores/store.ts";

interface Stored {
  readonly key: string;
  readonly row: SessionRow;
}

/** The session of one request, from the cookie to the row and back. */
export class ActiveSession<Data> implements Session<Data> {
  readonly #settings: SessionSettings<Data>;
  readonly #store: AvailableStore;
  readonly #request: Request;
  readonly #response: Response;
  #secret: string | undefined;
  #stored: Stored | undefined;
  #data: Data;
  #flashes: Flash[] = [];
  /** Whether anybody may have changed anything. */
  #isAskedFor = false;
  /** What was saved, to see afterwards whether somebody changed it since. */
  #saved: string | undefined;
  #rememberMs: number | undefined;
  #isRenewed = false;
  #isClosed = false;

  private constructor(settings: SessionSettings<Data>, store: AvailableStore, request: Request, response: Response) {
    this.#settings = settings;
    this.#store = store;
    this.#request = request;
    this.#response = response;
    this.#data = undefined as Data; // #begin or #resume follow at once
  }

  /** The session that the request's cookie leads to, or a new one. */
  static async open<Data>(
    settings: SessionSettings<Data>,
    store: AvailableStore,
    request: Request,
    response: Response,
  ): Promise<ActiveSession<Data>> {
    const session = new ActiveSession(settings, store, request, response);
    const secret = settings.cookie.read(request);
    if (secret === undefined || !(await session.#resume(secret))) session.#begin();
    return session;
  }

  get data(): Data {
    if (this.#isClosed) return readOnly(this.#data, this.#refuseChange);
    this.#isAskedFor = true;
    return this.#data;
  }

  set data(data: Data) {
    if (this.#isClosed) this.#refuseChange();
    this.#isAskedFor = true;
    this.#data = data;
  }

  get id(): string {
    if (this.#stored !== undefined && !this.#isRenewed) return this.#stored.key;
    return this.#settings.cookie.keyOf((this.#secret ??= createSessionId()));
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
    if (this.#stored !== undefined) await this.#store.delete(this.#stored.key);
    if (!this.#isClosed && this.#settings.cookie.isSent(this.#request)) this.#settings.cookie.delete(this.#response);
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
    if (this.#isClosed) this.#refuseChange();
    this.#isAskedFor = true;
    this.#flashes.push({ key, value });
  }

  flashes(): Flash[] {
    if (this.#isClosed) return [];
    this.#isAskedFor = true;
    return this.#flashes.splice(0);
  }

  /** Stores what changed and sets the cookie; nothing may change afterwards. */
  async save(): Promise<void> {
    const text = this.#isAskedFor ? this.#write() : undefined;
    const changed = text === undefined || this.#isAsRead(text) ? undefined : text;
    if (changed !== undefined) this.#settings.data.check(changed);
    if (this.#stored === undefined) await this.#saveNew(changed);
    else if (this.#isRenewed) await this.#renew(this.#stored, text ?? this.#stored.row.data);
    else if (changed !== undefined || this.#rememberMs !== undefined) await this.#replace(this.#stored, changed);
    else await this.#touch(this.#stored);
    this.#saved = text;
    this.#isClosed = true;
  }

  /** Leaves everything as it was before the request. */
  abandon(): void {
    this.#isClosed = true;
  }

  /** After the last byte: a change that came since then is lost, and somebody must know (SE-11). */
  checkUnchanged(): void {
    if (this.#saved === undefined || this.#saved === this.#write()) return;
    this.#settings.logger.error({ session: this.id }, `${this.#lateChange} It is lost.`);
  }

  async #resume(secret: string): Promise<boolean> {
    const { cookie, data, logger } = this.#settings;
    const key = cookie.keyOf(secret);
    const row = await this.#store.read(key);
    if (row === undefined || isOver(rewindLifetime(row.lifetime, Date.now()), Date.now())) return false;
    const content = data.read(row.data);
    if (content === undefined) {
      logger.warn({ session: key }, `what is stored for session "${cookie.name}" does not fit its schema; a new one begins`);
      return false;
    }
    this.#stored = { key, row };
    this.#secret = secret;
    this.#data = content.data;
    this.#flashes = [...content.flashes];
    return true;
  }

  #begin(): void {
    this.#stored = this.#secret = this.#rememberMs = undefined;
    this.#isRenewed = false;
    this.#data = this.#settings.data.empty();
    this.#flashes = [];
    this.#isAskedFor = false;
    this.#saved = undefined;
  }

  async #saveNew(text: string | undefined): Promise<void> {
    if (text !== undefined) await this.#create(text, beginLifetime(this.#settings.rules, Date.now()));
  }

  /** The old row goes first, and only who finds it may go on: another request may have logged out meanwhile (SE-07). */
  async #renew({ key }: Stored, text: string): Promise<void> {
    if (!(await this.#store.delete(key))) return;
    const lifetime = beginLifetime(this.#settings.rules, Date.now());
    const { isLasting, idleMs } = this.#stored!.row.lifetime;
    await this.#create(text, isLasting ? prolongLifetime(lifetime, idleMs, Date.now()) : lifetime);
  }

  async #create(text: string, begun: SessionLifetime): Promise<void> {
    const { id } = this; // makes the secret where there is none
    const lifetime = this.#rememberMs === undefined ? begun : prolongLifetime(begun, this.#rememberMs, Date.now());
    const row = { revision: 1, lifetime, user: this.#settings.userOf(this.#data), data: text };
    if (!(await this.#store.write(id, row, 0))) throw new Error("a new session id was in the store already");
    this.#setCookie(lifetime);
  }

  async #replace({ key, row }: Stored, text: string | undefined): Promise<void> {
    let [current, data] = [row, text ?? row.data];
    for (;;) {
      const lifetime = this.#continue(current.lifetime);
      const user = this.#settings.userOf(this.#settings.data.read(data)?.data ?? this.#data);
      const isWritten = await this.#store.write(key, { revision: current.revision + 1, lifetime, user, data }, current.revision);
      if (isWritten) return this.#refreshCookie(lifetime);
      const newer = await this.#store.read(key);
      if (newer === undefined) return; // destroyed meanwhile, and it stays so (SE-07)
      current = newer;
      data = text === undefined ? newer.data : this.#merge(this.#before(row.data), text, newer.data);
    }
  }

  /** Where the two do not go together by the schema, the last write is the session's. */
  #merge(before: string, own: string, stored: string): string {
    const merged = mergeContent(before, own, stored);
    return this.#settings.data.read(merged) === undefined ? own : merged;
  }

  async #touch({ key, row }: Stored): Promise<void> {
    const now = Date.now();
    const lifetime = rewindLifetime(row.lifetime, now);
    if (lifetime === row.lifetime && !isTouchDue(lifetime, this.#settings.rules, now)) return;
    const next = continueLifetime(lifetime, this.#settings.rules, now);
    if (await this.#store.touch(key, next, row.revision)) this.#refreshCookie(next);
  }

  #continue(lifetime: SessionLifetime): SessionLifetime {
    const now = Date.now();
    const rewound = rewindLifetime(lifetime, now);
    if (this.#rememberMs !== undefined) return prolongLifetime(rewound, this.#rememberMs, now);
    return continueLifetime(rewound, this.#settings.rules, now);
  }

  #refreshCookie(lifetime: SessionLifetime): void {
    if (lifetime.isLasting) this.#setCookie(lifetime);
  }

  #setCookie({ isLasting, expiresAt }: SessionLifetime): void {
    const seconds = isLasting ? Math.max(1, Math.ceil((expiresAt - Date.now()) / 1000)) : undefined;
    this.#settings.cookie.set(this.#response, this.#secret!, seconds);
  }

  #isAsRead(text: string): boolean {
    const stored = this.#stored?.row.data;
    return text === stored || text === this.#before(stored);
  }

  /** What was read as it would be written today: the schema may have got a default since. */
  #before(stored: string | undefined): string {
    const { data } = this.#settings;
    const content = stored === undefined ? undefined : data.read(stored);
    return data.write(content === undefined ? data.empty() : content.data, content?.flashes ?? []);
  }

  #write(): string {
    return this.#settings.data.write(this.#data, this.#flashes);
  }

  get #lateChange(): string {
    const { method, path } = this.#request;
    return `${method} ${path} changed session "${this.#settings.cookie.name}" after it had been saved for the response.`;
  }

  readonly #refuseChange = (): never => {
    this.#settings.logger.error({ session: this.id }, this.#lateChange);
    throw new Error(`${this.#lateChange} mend: change it before the handler returns`);
  };
}

const maxCookieSeconds = 400 * 86_400;
