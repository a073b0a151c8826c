import type { ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";

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
    const unwatchQueue = watchQueue(nodeResponse);
    this.#unwatch = () => {
      nodeResponse.off("drain", wake).off("close", close);
      unwatchQueue();
    };
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

/**
 * Node tells only the first of several pipelined responses that their connection was closed. One that waits behind it has no socket
 * yet, and would wait for ever.
 */
function watchQueue(nodeResponse: ServerResponse): () => void {
  if (nodeResponse.socket !== null) return () => {};
  const { socket } = nodeResponse.req;
  const leave = (): void => {
    if (nodeResponse.socket !== null) return; // its turn had come, and node has told it
    nodeResponse.destroy();
    nodeResponse.emit("close");
  };
  socket.setMaxListeners(socket.getMaxListeners() + 1); // one for each that waits, and no leak
  socket.once("close", leave);
  return () => {
    socket.setMaxListeners(socket.getMaxListeners() - 1);
    socket.off("close", leave);
  };
}
