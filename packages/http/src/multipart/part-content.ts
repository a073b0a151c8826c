import { Outlet } from "./outlet.ts";

/** The content of a part as it arrives, with backpressure. */
export class PartContent extends Outlet {
  #length = 0;
  #maxBytes = Infinity;
  #onTooLong: (() => void) | undefined;

  constructor() {
    super({ objectMode: false, highWaterMark: 64 * 1024 });
  }

  /** Calls the listener at the first byte over the limit, which may have come already. */
  limit(maxBytes: number, onTooLong: () => void): void {
    this.#maxBytes = maxBytes;
    this.#onTooLong = onTooLong;
    this.#check();
  }

  override put(chunk: Buffer | null): void {
    if (chunk !== null) this.#length += chunk.length;
    this.#check();
    super.put(chunk);
  }

  #check(): void {
    if (this.#length > this.#maxBytes && !this.destroyed) this.#onTooLong?.();
  }
}
