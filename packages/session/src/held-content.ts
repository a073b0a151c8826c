import { copyPlain, isSamePlain } from "./plain-data.ts";
import type { Flash, ReadContent, SessionContent } from "./session-content.ts";
import type { SessionSettings } from "./settings.ts";
import type { SessionRow } from "./stores/store.ts";

/** What had to be written to see whether it changed. */
interface WrittenContent {
  readonly text: string;
  /** Whether that is something else than what is stored. */
  readonly isChanged: boolean;
}

/** What was saved: a copy, and its text where it had to be written. */
interface Settled {
  readonly copy: SessionContent;
  readonly text: string | undefined;
}

/** What one request holds of its session, and whether that is still as it was. */
export class HeldContent<Data> {
  data: Data;
  readonly flashes: Flash[];
  readonly #settings: SessionSettings<Data>;
  /** What is stored; of a new session what it began as, or undefined. */
  readonly #text: string | undefined;
  /** A copy of how it was, where there is one already. */
  readonly #original: SessionContent | undefined;
  /** The same as soon as anybody may change what is held. */
  #before: SessionContent | undefined = undefined;
  #settled: Settled | undefined = undefined;

  private constructor(settings: SessionSettings<Data>, content: ReadContent<Data>, text: string | undefined) {
    this.data = content.data;
    this.flashes = content.flashes;
    this.#settings = settings;
    this.#text = text;
    this.#original = content.original;
  }

  /** That of a new session. */
  static empty<Data>(settings: SessionSettings<Data>): HeldContent<Data> {
    const content = settings.data.empty();
    return new HeldContent(settings, content, content.text);
  }

  /** That of a row; undefined where it does not fit the schema. */
  static ofRow<Data>(settings: SessionSettings<Data>, row: SessionRow, isShared: boolean): HeldContent<Data> | undefined {
    const content = isShared ? settings.shared.read(row) : settings.data.read(row.data);
    return content && new HeldContent(settings, content, row.data);
  }

  /** Somebody gets hold of it, or changes it. */
  handOut(): void {
    this.#before ??= this.#original ?? this.#copy();
  }

  get isHandedOut(): boolean {
    return this.#before !== undefined;
  }

  /**
   * Sees whether it changed. Undefined where it is known not to have.
   *
   * Errors: SessionDataError for data that cannot be stored.
   */
  settle(): WrittenContent | undefined {
    const before = this.#before;
    if (before === undefined) return undefined;
    if (this.#isSame(before)) {
      this.#settled = { copy: before, text: undefined };
      return undefined;
    }
    const { data } = this.#settings;
    const text = data.write(this.data, this.flashes);
    const isChanged = text !== this.#text && text !== data.rewrite(this.#text);
    if (isChanged) data.check(text);
    this.#settled = { copy: this.#copy(), text };
    return { text, isChanged };
  }

  /** Whether nothing has changed since. */
  isAsSettled(): boolean {
    const settled = this.#settled;
    if (settled === undefined || this.#isSame(settled.copy)) return true;
    const { data } = this.#settings;
    try {
      return data.write(this.data, this.flashes) === (settled.text ?? data.rewrite(this.#text));
    } catch {
      return false; // what could not be stored is not what was
    }
  }

  #isSame(content: SessionContent): boolean {
    return isSamePlain(content.data, this.data) && isSamePlain(content.flashes, this.flashes);
  }

  #copy(): SessionContent {
    return { data: copyPlain(this.data), flashes: copyPlain(this.flashes) as Flash[] };
  }
}
