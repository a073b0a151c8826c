import type { Readable } from "node:stream";
import type { ReadableStream, ReadableStreamDefaultReader } from "node:stream/web";

/** What can be streamed: a generator or another iterable, a Node stream, a web stream. */
export type StreamSource<Item> = AsyncIterable<Item> | Iterable<Item> | Readable | ReadableStream<Item> | Source<Item>;

/** One item after the other, on demand. Unlike an iterator it can be closed while the next one is still awaited. */
export abstract class Source<Item> {
  abstract next(): Promise<IteratorResult<Item, unknown>>;
  /** Has the origin clean up. Of what was never begun nothing is run. */
  abstract close(): Promise<void>;
}

/**
 * Opens a source. Nothing of it runs before `next` is called.
 *
 * Errors: TypeError for text, bytes, a stream that somebody else reads, and whatever cannot be iterated.
 */
export function openSource<Item>(origin: StreamSource<Item>): Source<Item> {
  if (typeof origin !== "object" || origin === null || origin instanceof Uint8Array) throw notAStream(origin);
  if (origin instanceof Source) return origin;
  if (isWebStream<Item>(origin)) return new WebSource(origin);
  if (isNodeStream(origin)) return new NodeSource(origin);
  if (Symbol.asyncIterator in origin || Symbol.iterator in origin) return new IterableSource(origin);
  throw notAStream(origin);
}

/** The same source, of which each item is changed. Unlike with a generator around it, closing reaches the origin also while an item is awaited. */
export function mapSource<From, To>(source: Source<From>, change: (item: From) => To | Promise<To>): Source<To> {
  return new MappedSource(source, change);
}

class MappedSource<From, To> extends Source<To> {
  readonly #from: Source<From>;
  readonly #change: (item: From) => To | Promise<To>;

  constructor(from: Source<From>, change: (item: From) => To | Promise<To>) {
    super();
    this.#from = from;
    this.#change = change;
  }

  async next(): Promise<IteratorResult<To, unknown>> {
    const result = await this.#from.next();
    return result.done === true ? result : { done: false, value: await this.#change(result.value) };
  }

  close(): Promise<void> {
    return this.#from.close();
  }
}

class IterableSource<Item> extends Source<Item> {
  readonly #origin: AsyncIterable<Item> | Iterable<Item>;
  #iterator: AsyncIterator<Item> | Iterator<Item> | undefined;

  constructor(origin: AsyncIterable<Item> | Iterable<Item>) {
    super();
    this.#origin = origin;
  }

  async next(): Promise<IteratorResult<Item, unknown>> {
    this.#iterator ??= toIterator(this.#origin);
    return this.#iterator.next();
  }

  async close(): Promise<void> {
    // A generator is its own iterator. One that was never begun ends without running a line.
    await (this.#iterator ?? (this.#origin as Partial<AsyncIterator<Item>>)).return?.();
  }
}

class NodeSource<Item> extends Source<Item> {
  readonly #origin: Readable;
  #iterator: AsyncIterator<Item> | undefined;

  constructor(origin: Readable) {
    super();
    this.#origin = origin;
    origin.on("error", () => {}); // next() reports it; but before next() is called an error would end the process
  }

  next(): Promise<IteratorResult<Item, unknown>> {
    this.#iterator ??= this.#origin[Symbol.asyncIterator]() as AsyncIterator<Item>; // each chunk is checked when it comes
    return this.#iterator.next();
  }

  async close(): Promise<void> {
    this.#origin.destroy(); // the iterator's return() would wait for the next chunk
  }
}

class WebSource<Item> extends Source<Item> {
  readonly #origin: ReadableStream<Item>;
  #reader: ReadableStreamDefaultReader<Item> | undefined;

  constructor(origin: ReadableStream<Item>) {
    super();
    if (origin.locked)
      throw new TypeError("This web stream is locked: somebody else reads it. mend: give it before, or a branch of its tee()");
    this.#origin = origin;
  }

  next(): Promise<IteratorResult<Item, unknown>> {
    this.#reader ??= this.#origin.getReader();
    return this.#reader.read() as Promise<IteratorResult<Item, unknown>>; // at the end the types leave out `value`, which is undefined
  }

  close(): Promise<void> {
    return (this.#reader ?? this.#origin).cancel(); // what is being read ends with it
  }
}

function toIterator<Item>(origin: AsyncIterable<Item> | Iterable<Item>): AsyncIterator<Item> | Iterator<Item> {
  return Symbol.asyncIterator in origin ? origin[Symbol.asyncIterator]() : origin[Symbol.iterator]();
}

function isWebStream<Item>(origin: object): origin is ReadableStream<Item> {
  return typeof (origin as Partial<ReadableStream>).getReader === "function";
}

// By its methods: there are streams of other copies of the class, as of the package readable-stream.
function isNodeStream(origin: object): origin is Readable {
  const { pipe, destroy } = origin as Partial<Readable>;
  return typeof pipe === "function" && typeof destroy === "function" && Symbol.asyncIterator in origin;
}

function notAStream(origin: unknown): TypeError {
  if (typeof origin === "string" || origin instanceof Uint8Array)
    return new TypeError("Text and bytes are no stream. mend: new Response(body)");
  const kind = origin === null ? "null" : `of type ${typeof origin}`;
  return new TypeError(`A stream is an iterable, a Node stream or a web stream, not ${kind}`);
}
