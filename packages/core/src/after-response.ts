import type { ServerResponse } from "node:http";
import type { Failure } from "@madeleine/di";
import { RequestAborted } from "@madeleine/http";
import { runTasks, type BackgroundTasks } from "./background-tasks.ts";
import type { Exchange } from "./exchange.ts";
import { closeInjected } from "./injected.ts";
import type { Logger } from "./logger.ts";

/** What is done when an answer is out. */
export class AfterResponse {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** When the last byte is out: background tasks, then the end of what lived until now. No promise where there is neither. An error can only be logged. */
  finish(exchange: Exchange, sending: Failure | undefined, rawResponse: ServerResponse): Promise<void> | undefined {
    const isOver = exchange.unwinding === undefined && exchange.askedTasks === undefined;
    return isOver ? undefined : this.#finish(exchange, sending, rawResponse);
  }

  async #finish(exchange: Exchange, sending: Failure | undefined, rawResponse: ServerResponse): Promise<void> {
    if (!rawResponse.writableFinished && !rawResponse.destroyed)
      await new Promise((resolve) => rawResponse.once("close", resolve));
    closeInjected(exchange);
    const { askedTasks, unwinding } = exchange;
    const { request, route } = exchange.origin;
    const where = route ?? `${request.method} ${request.path}`;
    const known =
      (askedTasks && (await this.#runTasks(askedTasks, where))) ??
      sending ??
      (rawResponse.writableFinished ? undefined : { error: new RequestAborted() });
    const ended = unwinding?.responseDone(known);
    const failure = ended instanceof Promise ? await ended : ended;
    if (failure === undefined || failure.error === known?.error) return;
    this.#logger.error({ route: where, err: failure.error }, `a dependency of ${where} failed after the response was sent`);
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
