import type { ServerResponse } from "node:http";
import type { Failure } from "@madeleine/di";
import { RequestAborted } from "@madeleine/http";
import { runTasks, type BackgroundTasks } from "./background-tasks.ts";
import type { ErrorOrigin } from "./errors/error-answers.ts";
import type { Exchange } from "./exchange.ts";
import { closeInjected } from "./injected.ts";
import type { Logger } from "./logger.ts";

/** What is done when an answer is out. */
export class AfterResponse {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** When the last byte is out: background tasks, then the end of what lived until now. An error can only be logged. */
  async finish(
    exchange: Exchange,
    sending: Failure | undefined,
    rawResponse: ServerResponse,
    { request, route }: ErrorOrigin,
  ): Promise<void> {
    if (!rawResponse.writableFinished && !rawResponse.destroyed)
      await new Promise((resolve) => rawResponse.once("close", resolve));
    const where = route ?? `${request.method} ${request.path}`;
    closeInjected(exchange);
    const known =
      (await this.#runTasks(exchange.askedTasks, where)) ??
      sending ??
      (rawResponse.writableFinished ? undefined : { error: new RequestAborted() });
    const failure = await exchange.unwinding?.responseDone(known);
    if (failure === undefined || failure.error === known?.error) return;
    this.#logger.error({ route: where, err: failure.error }, `a dependency of ${where} failed after the response was sent`);
  }

  async #runTasks(tasks: BackgroundTasks | undefined, where: string): Promise<Failure | undefined> {
    try {
      if (tasks !== undefined) await runTasks(tasks);
      return undefined;
    } catch (error) {
      this.#logger.error({ route: where, err: error }, `a background task of ${where} failed, and those after it were left out`);
      return { error };
    }
  }
}
