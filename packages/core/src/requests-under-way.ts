import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Request } from "@madeleine/http";

/** A request that is not answered yet, between those that came before and after it. */
export interface RequestUnderWay {
  readonly request: Request;
  readonly rawResponse: ServerResponse;
  earlier: RequestUnderWay | undefined;
  later: RequestUnderWay | undefined;
}

/**
 * The requests for which something is waited for: an answer, or what is done after it.
 *
 * Cost: a linked list, where one comes and goes with a few writes; a Map is made anew every few requests, which costs 0.16 µs each. One that goes lets
 *       go of the others: else the oldest, once the garbage collector has moved it to old space, keeps all alive that came after it.
 */
export class RequestsUnderWay {
  #latest: RequestUnderWay | undefined;
  readonly #waiting: (() => void)[] = [];
  readonly #answeredAhead = new WeakMap<Duplex, IncomingMessage>();

  add(request: Request, rawResponse: ServerResponse): RequestUnderWay {
    const added = { request, rawResponse, earlier: this.#latest, later: undefined };
    if (this.#latest !== undefined) this.#latest.later = added;
    return (this.#latest = added);
  }

  remove(gone: RequestUnderWay): void {
    const { earlier, later } = gone;
    gone.earlier = gone.later = undefined;
    if (earlier !== undefined) earlier.later = later;
    if (later !== undefined) later.earlier = earlier;
    else this.#latest = earlier;
    if (this.#latest === undefined) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Shape: `["GET /slow"]`, the first to come first. */
  get names(): readonly string[] {
    return [...this.#latestFirst()].map(({ request: { method, path } }) => `${method} ${path}`).toReversed();
  }

  /** Kept when nothing is under way: neither a request nor what is done after its answer. */
  async whenNone(): Promise<void> {
    if (this.#latest !== undefined) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** What answers the last request of a connection, as long as it is not answered. */
  answerOn(socket: Duplex): ServerResponse | undefined {
    for (const { rawResponse } of this.#latestFirst())
      if (rawResponse.req.socket === socket && !rawResponse.writableFinished) return rawResponse;
    return undefined;
  }

  /** Whose answer has a connection now. */
  holderOf(socket: Duplex): ServerResponse | undefined {
    for (const { rawResponse } of this.#latestFirst()) if (rawResponse.socket === socket) return rawResponse;
    return undefined;
  }

  /** To be called for a request that is answered before all of its body is there. */
  answerAhead({ raw }: Request): void {
    this.#answeredAhead.set(raw.socket, raw);
  }

  /** Whether what arrives on a connection is still the body of a request that has its answer. */
  isArriving(socket: Duplex): boolean {
    return this.#answeredAhead.get(socket)?.complete === false && this.answerOn(socket) === undefined;
  }

  *#latestFirst(): Generator<RequestUnderWay> {
    for (let at = this.#latest; at !== undefined; at = at.earlier) yield at;
  }
}
