import { copyPlain, isCopyable } from "./plain-data.ts";
import type { Flash, ReadContent, SessionContent } from "./session-content.ts";
import type { SessionRow } from "./stores/store.ts";

/** What a row held when it was read, and by what text. */
interface KnownRow {
  readonly text: string;
  readonly content: SessionContent;
}

/**
 * Reads rows that a store has in memory, and gives to request after request: parsed and checked once, copied for each.
 *
 * Cost: a copy takes a quarter of what it takes to parse and check; what was read stays as long as its row.
 */
export class SharedRows<Data> {
  readonly #read: (text: string) => ReadContent<Data> | undefined;
  readonly #known = new WeakMap<SessionRow, KnownRow>();

  constructor(read: (text: string) => ReadContent<Data> | undefined) {
    this.#read = read;
  }

  /** What a row holds, for one request; undefined where it does not fit the schema. */
  read(row: SessionRow): ReadContent<Data> | undefined {
    const known = this.#known.get(row);
    if (known?.text !== row.data) return this.#readFirst(row);
    const { data, flashes } = known.content;
    return { data: copyPlain(data) as Data, flashes: copyPlain(flashes) as Flash[], original: known.content };
  }

  /** What a codec makes of it (a Date, a Map) is not copied, nor what is frozen: that is read anew each time. */
  #readFirst(row: SessionRow): ReadContent<Data> | undefined {
    const content = this.#read(row.data);
    if (content === undefined || !isCopyable(content.data)) return content;
    const original = { data: copyPlain(content.data), flashes: copyPlain(content.flashes) as Flash[] };
    this.#known.set(row, { text: row.data, content: original });
    return { ...content, original };
  }
}
