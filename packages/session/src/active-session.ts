import type { Logger } from "@madeleine/core";
import type { Ending } from "@madeleine/di";
import type { Request } from "@madeleine/http";
import { HeldContent } from "./held-content.ts";
import type { SessionCarrier } from "./keeping/carrier.ts";
import { currentLifetime, isOver, isTouchDue, limitLifetime } from "./lifetime.ts";
import { readOnly } from "./read-only.ts";
import { checkRemembered } from "./remembered.ts";
import { Saving, type StoredSession } from "./saving.ts";
import type { Flash } from "./session-content.ts";
import { lateChange, lostChange, misfit } from "./session-log.ts";
import type { Session } from "./session.ts";
import type { SessionSettings } from "./settings.ts";
import type { SessionRow } from "./stores/store.ts";

/** The session of one request: what its handler holds, and what was done to it. */
export class ActiveSession<Data> implements Session<Data> {
  readonly #settings: SessionSettings<Data>;
  readonly #carrier: SessionCarrier;
  readonly #request: Request;
  readonly #logger: Logger;
  #secret: string | undefined = undefined;
  /** The one new id of this request, however often it was asked for: it is sent once. */
  #next: string | undefined = undefined;
  #stored: StoredSession | undefined = undefined;
  /** Where a row is that does not fit the schema: another version may still read it. */
  #misfitKey: string | undefined = undefined;
  #held!: HeldContent<Data>; // open() gives it
  #rememberMs: number | undefined = undefined;
  #isRenewed = false;
  #isClosed = false;
  #saved: Promise<void> | undefined = undefined;
  /** An end that is under way. */
  #ending: Promise<void> | undefined = undefined;

  constructor(settings: SessionSettings<Data>, carrier: SessionCarrier, request: Request, logger: Logger) {
    this.#settings = settings;
    this.#carrier = carrier;
    this.#request = request;
    this.#logger = logger;
  }

  /** Finds the session that the request leads to, or begins a new one. A promise only where a store has to be waited for. */
  open(): void | Promise<void> {
    const { secret, rows, sharesRows } = this.#carrier;
    if (secret === undefined) return this.#begin();
    const key = this.#settings.keyOf(secret);
    const row = rows.read(key);
    if (row instanceof Promise) return row.then((row) => this.#resume(secret, key, row, false)); // of a server: another each time
    return this.#resume(secret, key, row, sharesRows);
  }

  get data(): Data {
    if (this.#isClosed) return readOnly(this.#held.data, () => this.#refuseChange());
    this.#held.handOut();
    return this.#held.data;
  }

  set data(data: Data) {
    this.#expectChange();
    this.#held.data = data;
  }

  get id(): string {
    return this.#knownKey ?? this.#settings.keyOf(this.#anySecret);
  }

  get isNew(): boolean {
    return this.#stored === undefined;
  }

  /** Under which it is stored at this moment. */
  get storedKey(): string | undefined {
    return this.#stored?.key;
  }

  async regenerate(): Promise<void> {
    if (this.#isClosed) this.#refuseChange();
    this.#isRenewed = true;
    this.#secret = undefined;
  }

  destroy(): Promise<void> {
    const ending = this.#end().finally(() => {
      if (this.#ending === ending) this.#ending = undefined;
    });
    return (this.#ending = ending);
  }

  rememberFor(seconds: number): void {
    if (this.#isClosed) this.#refuseChange();
    checkRemembered(seconds, this.#settings.rules);
    this.#rememberMs = seconds * 1000;
  }

  flash(key: string, value: string): void {
    this.#expectChange();
    this.#held.flashes.push({ key, value });
  }

  flashes(): Flash[] {
    if (this.#isClosed && this.#held.flashes.length === 0) return []; // which takes nothing away
    this.#expectChange();
    return this.#held.flashes.splice(0);
  }

  /**
   * Stores what changed and sends the cookie; nothing may change afterwards. A promise only where there is something to store, or where an
   * end is under way that the handler has not waited for: what is not ended yet would be saved, and live on in its cookie.
   */
  save(): void | Promise<void> {
    const saved = this.#ending === undefined ? this.#save() : this.#ending.then(() => this.#save());
    if (saved !== undefined) this.#saved = saved;
    return saved;
  }

  /** Leaves everything as it was before the request. */
  abandon(): void {
    this.#isClosed = true;
  }

  /** Whether somebody holds its data, and could still change it. */
  get isHandedOut(): boolean {
    return this.#held.isHandedOut;
  }

  /**
   * For when the answer is on its way: a change that came since then is lost, and somebody must know (SE-11). It keeps nothing else of the
   * request, since those of many requests wait for the same turn.
   */
  lookForLateChange(): Ending {
    const held = this.#held;
    const { method, path } = this.#request;
    const key = this.#knownKey;
    const logger = this.#logger;
    const { name } = this.#settings;
    return (failure) => {
      if (failure !== undefined || held.isAsSettled()) return;
      const { details, message } = lateChange({ method, path }, name, key);
      logger.error(details, `${message} It is lost.`);
    };
  }

  async #end(): Promise<void> {
    if (this.#saved !== undefined) await this.#saved.catch(() => {}); // what is just being stored would be there afterwards
    const key = this.#stored?.key ?? this.#misfitKey;
    if (key !== undefined) await this.#carrier.rows.delete(key);
    if (!this.#isClosed) this.#carrier.end();
    else if (key !== undefined) this.#carrier.endLate();
    this.#begin();
  }

  #save(): Promise<void> | undefined {
    const stored = this.#stored;
    const written = this.#held.settle();
    const changed = written?.isChanged === true ? written.text : undefined;
    this.#isClosed = true;
    if (stored === undefined) return changed === undefined ? undefined : this.#follow(this.#store(changed));
    if (this.#isRenewed) return this.#follow(this.#saving.regenerate(stored, this.#anySecret, written?.text));
    if (changed !== undefined || this.#rememberMs !== undefined) return this.#saving.replace(stored, changed);
    const { rules } = this.#settings;
    if (isTouchDue(limitLifetime(stored.row.lifetime, rules), rules, Date.now())) return this.#saving.touch(stored);
  }

  #resume(secret: string, key: string, row: SessionRow | undefined, isShared: boolean): void {
    const now = Date.now();
    if (row === undefined || isOver(currentLifetime(row.lifetime, this.#settings.rules, now), now)) return this.#begin();
    const held = HeldContent.ofRow(this.#settings, row, isShared);
    if (held === undefined) return this.#beginInPlaceOf(key);
    this.#stored = { secret, key, row };
    this.#secret = secret;
    this.#held = held;
  }

  #beginInPlaceOf(key: string): void {
    this.#logger.warn({ session: key }, misfit(this.#settings.name));
    this.#misfitKey = key;
    this.#begin();
  }

  #begin(): void {
    this.#stored = this.#secret = this.#rememberMs = undefined;
    this.#isRenewed = false;
    this.#held = HeldContent.empty(this.#settings);
  }

  /** Of a session that was not there before. Where it was to get a new id, the old one is dead also for who can still read its row. */
  async #store(text: string): Promise<StoredSession> {
    if (this.#isRenewed && this.#misfitKey !== undefined) await this.#carrier.rows.delete(this.#misfitKey);
    return this.#saving.begin(this.#anySecret, text);
  }

  /** Goes on as what it was saved as, so that it can still be ended. */
  async #follow(saving: Promise<StoredSession | undefined>): Promise<void> {
    const saved = await saving;
    if (saved === undefined) return;
    this.#stored = saved;
    this.#isRenewed = false;
  }

  /** Under which it is stored; undefined where its id has none to be hashed yet. */
  get #knownKey(): string | undefined {
    if (this.#stored !== undefined && !this.#isRenewed) return this.#stored.key;
    return this.#secret === undefined ? undefined : this.#settings.keyOf(this.#secret);
  }

  #expectChange(): void {
    if (this.#isClosed) this.#refuseChange();
    this.#held.handOut();
  }

  /** Made when it is first needed: most requests without a session leave none. */
  get #anySecret(): string {
    return (this.#secret ??= this.#next ??= this.#settings.nextIds.take(this.#request));
  }

  get #saving(): Saving<Data> {
    return new Saving(this.#settings, this.#carrier, this.#rememberMs, () => this.#tellLost());
  }

  #tellLost(): void {
    const { details, message } = lostChange(this.#request, this.#settings.name, this.#stored?.key);
    this.#logger.error(details, message);
  }

  #refuseChange(): never {
    const { details, message } = lateChange(this.#request, this.#settings.name, this.#knownKey);
    this.#logger.error(details, message);
    throw new Error(`${message} mend: change it before the handler returns`);
  }
}
