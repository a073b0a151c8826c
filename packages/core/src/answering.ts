import type { ServerResponse } from "node:http";
import { HTTPException, Later, send, type Request, type Response } from "@madeleine/http";
import { AfterResponse } from "./after-response.ts";
import type { ErrorAnswers } from "./errors/error-answers.ts";
import type { Exchange } from "./exchange.ts";
import type { Logger } from "./logger.ts";
import { Pipelines } from "./pipelines.ts";
import { RequestsUnderWay, type RequestUnderWay } from "./requests-under-way.ts";
import { Sending } from "./sending.ts";

/** From the response that was made to the end of its request: the bytes of the answer, what is done after them, what is cleared away. */
export class Answering {
  readonly underWay = new RequestsUnderWay();
  readonly pipelines = new Pipelines(this.underWay);
  /** While the server closes, the last answer of each connection asks its client to leave it. */
  isDraining = false;
  readonly #errors: ErrorAnswers;
  readonly #logger: Logger;
  readonly #sending: Sending;
  readonly #afterResponse: AfterResponse;

  constructor(errors: ErrorAnswers, logger: Logger) {
    this.#errors = errors;
    this.#logger = logger;
    this.#sending = new Sending(errors, logger);
    this.#afterResponse = new AfterResponse(logger);
  }

  /** Sends a response. Never throws. Where nothing is left to wait for, all is over when it returns. */
  answer(response: Response, exchange: Exchange, rawResponse: ServerResponse, underWay?: RequestUnderWay): void {
    let ending: Promise<void> | undefined;
    try {
      ending = this.#send(response, exchange, rawResponse) ?? exchange.request.close();
    } catch (error) {
      ending = Promise.reject(error as Error);
    }
    if (ending !== undefined) void this.#awaitEnd(ending, exchange, rawResponse, underWay);
    else if (underWay !== undefined) this.underWay.remove(underWay);
  }

  /** The same when there is one. */
  answerWhen(response: PromiseLike<Response>, exchange: Exchange, rawResponse: ServerResponse): void {
    const underWay = this.underWay.add(exchange.request, rawResponse);
    const answer = (made: Response): void => this.answer(made, exchange, rawResponse, underWay);
    const fail = (reason: unknown): void => void this.#awaitEnd(Promise.reject(reason as Error), exchange, rawResponse, underWay);
    if (response instanceof Later) response.tell(answer, fail);
    else response.then(answer, fail);
  }

  /** Something failed where nothing may: the client gets a bare 500, or the end of the connection where an answer had begun. */
  giveUp(error: unknown, request: Request, rawResponse: ServerResponse): void {
    this.#logger.error({ err: error }, `${request.method} ${request.path} could not be answered`);
    if (rawResponse.destroyed) return; // nobody is left to hear it, and a write would be an error event
    if (rawResponse.headersSent) rawResponse.destroy();
    else send(this.#errors.standard(new HTTPException(500)), rawResponse, request);
  }

  #send(response: Response, exchange: Exchange, rawResponse: ServerResponse): Promise<void> | undefined {
    const { request } = exchange;
    if (this.isDraining) this.pipelines.leave(request.raw, rawResponse);
    // What is left of a body stands before the next request: it is thrown away, and no more of it than the limit allows.
    if (request.hasBody && !request.raw.complete) {
      this.underWay.answerAhead(request);
      request.body.finish()?.then(undefined, () => {});
    }
    const sending = this.#sending.send(response, exchange, rawResponse);
    if (rawResponse.shouldKeepAlive === false) this.pipelines.end(request.raw.socket);
    if (sending === undefined) return this.#afterResponse.finish(exchange, undefined, rawResponse);
    return sending.then((failure) => this.#afterResponse.finish(exchange, failure, rawResponse));
  }

  /** Sees a request to its end, with the files of its form. Never rejects. */
  async #awaitEnd(
    ending: Promise<void>,
    { request }: Exchange,
    rawResponse: ServerResponse,
    underWay = this.underWay.add(request, rawResponse),
  ): Promise<void> {
    try {
      await ending;
    } catch (error) {
      this.giveUp(error, request, rawResponse);
    } finally {
      await request.close();
      this.underWay.remove(underWay);
    }
  }
}
