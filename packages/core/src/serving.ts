import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Failure } from "@madeleine/di";
import {
  checkProtocol,
  compileTrustProxy,
  defaultRequestSettings,
  HTTPException,
  Request,
  RequestAborted,
  send,
  type RequestSettings,
  type Response,
} from "@madeleine/http";

import { RouteTree, type Match } from "@madeleine/router";
import type { Route } from "./boot.ts";
import { redirectUnmatched } from "./dispatch.ts";
import type { ErrorAnswers, ErrorOrigin } from "./errors/error-answers.ts";
import { Exchange } from "./exchange.ts";
import { withInjected } from "./injected.ts";
import type { Logger } from "./logger.ts";

interface ServingParts {
  readonly maxBodyBytes: number | undefined;
  readonly trustProxy: boolean | number | string | readonly string[] | undefined;
  readonly errors: ErrorAnswers;
  readonly logger: Logger;
}

const noParameters: readonly string[] = [];

/** The way of a request: from node's callback through its route to the bytes of the answer, and what is done after them. */
export class Serving {
  readonly #settings: RequestSettings;
  readonly #errors: ErrorAnswers;
  readonly #logger: Logger;
  #tree = new RouteTree<Route>();
  #starting: Promise<void> | undefined;
  /** Requests that are not answered yet, each with what answers it. */
  readonly #underWay = new Map<Request, ServerResponse>();
  /** While the server closes, each answer asks its client to leave the connection. */
  isDraining = false;

  constructor({ maxBodyBytes, trustProxy, errors, logger }: ServingParts) {
    this.#settings = {
      ...defaultRequestSettings,
      maxBodyBytes: maxBodyBytes ?? defaultRequestSettings.maxBodyBytes,
      trustProxy: trustProxy === undefined ? undefined : compileTrustProxy(trustProxy),
    };
    this.#errors = errors;
    this.#logger = logger;
  }

  /** Answers with these routes from now on; where something must be made first, requests wait for it. */
  use(tree: RouteTree<Route>, starting?: Promise<void>): void {
    this.#tree = tree;
    this.#starting = starting;
    starting?.then(
      () => this.#starting === starting && (this.#starting = undefined),
      () => {}, // each request that waits for it hears of the error itself
    );
  }

  readonly callback = (raw: IncomingMessage, rawResponse: ServerResponse): void => {
    void this.#serve(new Request(raw, this.#settings, rawResponse), rawResponse);
  };

  /**
   * The listener of `checkContinue`: a client that asks whether to send its body is told so when the body is first read, and not
   * when another answer comes first (LM-11, RFC 9110 §10.1.1). Then it may send the body or leave it out; the connection ends,
   * as nobody could tell the next request from a body.
   */
  readonly continueWhenRead = (raw: IncomingMessage, rawResponse: ServerResponse): void => {
    const request = new Request(raw, this.#settings, rawResponse);
    const { shouldKeepAlive } = rawResponse;
    rawResponse.shouldKeepAlive = false;
    request.body.onFirstRead = () => {
      if (rawResponse.headersSent || rawResponse.destroyed) return;
      rawResponse.shouldKeepAlive = shouldKeepAlive;
      rawResponse.writeContinue();
    };
    void this.#serve(request, rawResponse);
  };

  /** Shape: `["GET /slow"]`, the requests that are not answered yet. */
  get underWay(): readonly string[] {
    return [...this.#underWay.keys()].map(({ method, path }) => `${method} ${path}`);
  }

  /** What answers the last request of a connection, as long as it is not answered. */
  answerOn(socket: Duplex): ServerResponse | undefined {
    return [...this.#underWay.values()].findLast(
      (rawResponse) => rawResponse.req.socket === socket && !rawResponse.writableFinished,
    );
  }

  /** Never rejects. */
  async #serve(request: Request, rawResponse: ServerResponse): Promise<void> {
    this.#underWay.set(request, rawResponse);
    try {
      if (this.#starting !== undefined) await this.#starting;
      const match = this.#tree.match(request.method, request.path);
      const exchange =
        match.status === 200
          ? new Exchange(request, match.parameters, match.value.status)
          : new Exchange(request, noParameters, 200);
      const origin = { request, route: match.status === 200 ? match.value.label : undefined };
      const response = await this.#answer(match, exchange, origin);
      if (this.isDraining) rawResponse.setHeader("connection", "close");
      // What is left of a body stands before the next request: it is thrown away, and no more of it than the limit allows.
      if (!request.raw.complete) request.body.finish().catch(() => {});
      const failure = await this.#send(response, exchange, rawResponse, origin);
      if (exchange.unwinding !== undefined) await this.#unwind(exchange, failure, rawResponse, origin);
    } catch (error) {
      this.#giveUp(error, request, rawResponse);
    } finally {
      this.#underWay.delete(request);
    }
  }

  async #answer(match: Match<Route>, exchange: Exchange, origin: ErrorOrigin): Promise<Response> {
    const { request } = exchange;
    const violation = checkProtocol(request.raw);
    if (violation !== undefined) {
      return this.#errors.answer(new HTTPException(violation.status, violation.detail, { connection: "close" }), origin);
    }
    if (match.status === 200) return match.value.handle(exchange);
    try {
      return redirectUnmatched(match, request, this.#tree);
    } catch (error) {
      return this.#errors.answer(error, origin);
    }
  }

  /** Sends the response; where it turns out that it cannot be sent, the answer to that error. Gives what failed when the head was out. */
  async #send(
    response: Response,
    exchange: Exchange,
    rawResponse: ServerResponse,
    origin: ErrorOrigin,
  ): Promise<Failure | undefined> {
    const { request } = exchange;
    try {
      await send(withInjected(response, exchange), rawResponse, request);
    } catch (error) {
      if (rawResponse.headersSent) return this.#cutOff(error, rawResponse, origin);
      exchange.hasFailed = true;
      await send(withInjected(await this.#errors.answer(error, origin), exchange), rawResponse, request);
    }
    return undefined;
  }

  /** Where an answer has begun and cannot go on, a client that sees it end in order would take it for whole (ST-03). */
  #cutOff(error: unknown, rawResponse: ServerResponse, { request, route }: ErrorOrigin): Failure {
    const where = route ?? `${request.method} ${request.path}`;
    this.#logger.error({ route: where, err: error }, `${where} failed while its response was being sent`);
    rawResponse.destroy();
    return { error };
  }

  /** Ends what lived until the last byte. The answer is out, so an error can only be logged. */
  async #unwind(
    { unwinding, request }: Exchange,
    sending: Failure | undefined,
    rawResponse: ServerResponse,
    { route }: ErrorOrigin,
  ): Promise<void> {
    if (!rawResponse.writableFinished && !rawResponse.destroyed)
      await new Promise((resolve) => rawResponse.once("close", resolve));
    const known = sending ?? (rawResponse.writableFinished ? undefined : { error: new RequestAborted() });
    const failure = await unwinding?.responseDone(known);
    if (failure === undefined || failure.error === known?.error) return;
    const where = route ?? `${request.method} ${request.path}`;
    this.#logger.error({ route: where, err: failure.error }, `a dependency of ${where} failed after the response was sent`);
  }

  /** Something failed where nothing may: the client gets a bare 500, or the end of the connection where an answer had begun. */
  #giveUp(error: unknown, request: Request, rawResponse: ServerResponse): void {
    this.#logger.error({ err: error }, `${request.method} ${request.path} could not be answered`);
    if (rawResponse.destroyed) return; // nobody is left to hear it, and a write would be an error event
    if (rawResponse.headersSent) rawResponse.destroy();
    else rawResponse.writeHead(500, { "content-type": "application/json" }).end('{"detail":"Internal Server Error"}');
  }
}
