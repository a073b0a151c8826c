import type { ServerResponse } from "node:http";
import type { Failure } from "@madeleine/di";
import { departures, LazyBody, prepareResponse, send, type Request, type Response } from "@madeleine/http";
import { dropTasks } from "./background-tasks.ts";
import type { ErrorAnswers } from "./errors/error-answers.ts";
import type { Exchange } from "./exchange.ts";
import { withInjected } from "./injected.ts";
import type { Logger } from "./logger.ts";
import { keepCookies } from "./middleware/own-response.ts";
import { NodeAnswer } from "./mounts/node-answer.ts";

/** The last stretch of a request's way: the response that was made goes to the socket, or the answer to what is wrong with it. */
export class Sending {
  readonly #errors: ErrorAnswers;
  readonly #logger: Logger;

  constructor(errors: ErrorAnswers, logger: Logger) {
    this.#errors = errors;
    this.#logger = logger;
  }

  /**
   * Sends the response; where it turns out that it cannot be sent, the answer to that error. Gives what failed when the head was
   * out; nothing, and no promise, where everything was said at once.
   */
  send(response: Response, exchange: Exchange, rawResponse: ServerResponse): Promise<Failure | undefined> | undefined {
    try {
      const begin = response.body instanceof LazyBody ? sendPrepared : sendReady;
      const sending = begin(response, exchange, rawResponse);
      return sending?.then(
        () => undefined,
        (error: unknown) => this.#sendError(error, exchange, rawResponse),
      );
    } catch (error) {
      return this.#sendError(error, exchange, rawResponse);
    }
  }

  async #sendError(error: unknown, exchange: Exchange, rawResponse: ServerResponse): Promise<Failure | undefined> {
    if (rawResponse.headersSent) return this.#cutOff(error, exchange, rawResponse);
    if (exchange.askedTasks !== undefined) dropTasks(exchange.askedTasks); // the client hears of a bug
    exchange.failure = { error };
    keepCookies(exchange);
    // CK-22: of what could not be sealed nothing is sent
    if (exchange.injected?.hasCookies) exchange.injected.cookies = exchange.injected.cookies.sendable(exchange.request);
    const response = withInjected(await this.#errors.answer(error, exchange.origin), exchange);
    const sending = send(response, rawResponse, exchange.request);
    departures.leave(); // a listener of node:http that failed still has node's response, and could end it without its content
    await sending;
    return undefined;
  }

  /** Where an answer has begun and cannot go on, a client that sees it end in order would take it for whole (ST-03). */
  #cutOff(error: unknown, { origin: { request, route } }: Exchange, rawResponse: ServerResponse): Failure {
    const where = route ?? `${request.method} ${request.path}`;
    this.#logger.error({ route: where, err: error }, `${where} failed while its response was being sent`);
    rawResponse.destroy();
    return { error };
  }
}

/** Until the first chunk of a stream is there, what makes it may still set cookies. */
async function sendPrepared(response: Response, exchange: Exchange, rawResponse: ServerResponse): Promise<void> {
  await sendReady(await prepareResponse(response, exchange.request), exchange, rawResponse);
}

function sendReady(response: Response, exchange: Exchange, rawResponse: ServerResponse): Promise<void> | undefined {
  const sent = withInjected(response, exchange);
  exchange.injected?.cookies.close();
  return write(sent, rawResponse, exchange.request);
}

/** What a listener of `node:http` answers, it writes itself. */
function write(response: Response, rawResponse: ServerResponse, request: Request): Promise<void> | undefined {
  const { body } = response;
  if (typeof body === "object" && body instanceof NodeAnswer) return body.write(response, rawResponse);
  return send(response, rawResponse, request);
}
