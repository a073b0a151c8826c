import { Readable } from "node:stream";

/** A stream that another hand fills, and that says when it has room again. */
export class Outlet extends Readable {
  #isFull = false;
  #onRoom: (() => void) | undefined;

  constructor(options: { readonly objectMode: boolean; readonly highWaterMark: number }) {
    super(options);
    // Without a listener the error of a stream that nobody reads would end the process. Readers still see it.
    this.on("error", () => {});
  }

  /** What is put into a stream that was destroyed is thrown away. */
  put(value: unknown): void {
    if (!this.destroyed && !this.push(value)) this.#isFull = true;
  }

  /** Undefined where there is room already. A stream that was destroyed always has. */
  room(): Promise<void> | undefined {
    if (!this.#isFull || this.destroyed) return undefined;
    return new Promise((resolve) => (this.#onRoom = resolve));
  }

  override _read(): void {
    this.#isFull = false;
    this.#onRoom?.();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#onRoom?.();
    done(error);
  }
}
