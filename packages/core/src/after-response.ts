import { AsyncResource } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import type { Failure, Unwinding } from "@madeleine/di";
import { RequestAborted } from "@madeleine/http";
import { runTasks, type BackgroundTasks } from "./background-tasks.ts";
import type { Exchange } from "./exchange.ts";
import { closeInjected } from "./injected.ts";
import type { Logger } from "./logger.ts";

/** What is done when an answer is out. */
export class AfterResponse {
  readonly #logger: Logger;
  /** What is left of those of this turn that hold nothing open. */
  #ended: Ended[] = [];
  /** The context in which the application was made: that of no request. */
  readonly #outside = new AsyncResource("MadeleineAfterResponse");

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** When the last byte is out: background tasks, then the end of what lived until now. No promise where there is neither. An error can only be logged. */
  finish(exchange: Exchange, sending: Failure | undefined, rawResponse: ServerResponse): Promise<void> | undefined {
    const { unwinding, askedTasks } = exchange;
    if (unwinding === undefined && askedTasks === undefined) return undefined;
    const hasLeft = rawResponse.headersSent && !rawResponse.destroyed; // or does so at the end of the turn
    if (askedTasks !== undefined || !hasLeft || unwinding === undefined || !unwinding.holdsNothing)
      return this.#finish(exchange, sending, rawResponse);
    closeInjected(exchange);
    if (this.#ended.push({ unwinding, where: whereOf(exchange) }) === 1) setImmediate(() => this.#look());
  }

  /**
   * Measured: to wait for the last byte of each costs 2 µs of a request's 15, the garbage included that lives until then. All of its answer has
   * been handed to node, so nobody's code is part of it any more.
   *
   * It comes in the asynchronous context of the first, which a logger may read. To keep that of each would take 0.1 to 0.5 µs of every
   * request: the others have none, and not another's.
   */
  #look(): void {
    const ended = this.#ended;
    this.#ended = [];
    this.#lookAt(ended.shift()!); // the first has called for it
    if (ended.length > 0) this.#outside.runInAsyncScope(() => ended.forEach((each) => this.#lookAt(each)));
  }

  #lookAt({ unwinding, where }: Ended): void {
    void this.#end(unwinding, undefined, where);
  }

  async #finish(exchange: Exchange, sending: Failure | undefined, rawResponse: ServerResponse): Promise<void> {
    if (!rawResponse.writableFinished && !rawResponse.destroyed)
      await new Promise((resolve) => rawResponse.once("close", resolve));
    closeInjected(exchange);
    const { askedTasks, unwinding } = exchange;
    const where = whereOf(exchange);
    const known =
      (askedTasks && (await this.#runTasks(askedTasks, where))) ??
      sending ??
      (rawResponse.writableFinished ? undefined : { error: new RequestAborted() });
    await this.#end(unwinding, known, where);
  }

  /** Never rejects. */
  #end(unwinding: Unwinding | undefined, known: Failure | undefined, where: string): Promise<void> | undefined {
    const tell = (failure: Failure | undefined): void => {
      if (failure === undefined || failure.error === known?.error) return;
      this.#logger.error({ route: where, err: failure.error }, `a dependency of ${where} failed after the response was sent`);
    };
    const ended = unwinding?.responseDone(known);
    if (ended instanceof Promise) return ended.then(tell);
    tell(ended);
  }

  async #runTasks(tasks: BackgroundTasks, where: string): Promise<Failure | undefined> {
    try {
      await runTasks(tasks);
      return undefined;
    } catch (error) {
      this.#logger.error({ route: where, err: error }, `a background task of ${where} failed, and those after it were left out`);
      return { error };
    }
  }
}

/** Without its exchange: a turn may answer many, and what is kept of them is moved by the garbage collector. */
interface Ended {
  readonly unwinding: Unwinding;
  readonly where: string;
}

function whereOf({ origin: { request, route } }: Exchange): string {
  return route ?? `${request.method} ${request.path}`;
}
