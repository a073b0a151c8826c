import type { ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { hearOfClose } from "../../queued-responses.ts";

/** Who a stream is for: reads at its own speed, and may leave at any time. */
export class Recipient {
  readonly nodeResponse: ServerResponse;
  readonly #unwatch: () => void;
  #wake = (): void => {};

  /** `onClosed` is called once, when all was sent or the client has left. */
  constructor(nodeResponse: ServerResponse, onClosed: () => void) {
    this.nodeResponse = nodeResponse;
    const wake = (): void => this.#wake();
    const close = (): void => {
      onClosed();
      wake();
    };
    nodeResponse.on("drain", wake).on("close", close);
    this.#unwatch = () => void nodeResponse.off("drain", wake).off("close", close);
    hearOfClose(nodeResponse);
  }

  get isGone(): boolean {
    return this.nodeResponse.destroyed;
  }

  /** Until there is room for more, or nobody to read it. The turn is for others: a fast generator for a fast reader would never let go. */
  async hasRead(): Promise<void> {
    await this.#woken();
    await turn();
  }

  /** Until the last byte is out, or nobody to read it. */
  async hasAll(): Promise<void> {
    while (!this.isGone) await this.#woken();
  }

  forget(): void {
    this.#unwatch();
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }
}
