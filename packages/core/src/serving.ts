import type { IncomingMessage, ServerResponse } from "node:http";
import {
  checkProtocol,
  compileTrustProxy,
  defaultRequestSettings,
  HTTPException,
  mergeResponse,
  Request,
  send,
  type RequestSettings,
  type Response,
} from "@madeleine/http";
import { RouteTree, type Match } from "@madeleine/router";
import type { Route } from "./boot.ts";
import { answerUnmatched } from "./dispatch.ts";
import type { ErrorAnswers } from "./errors/error-answers.ts";
import { Exchange } from "./exchange.ts";
import { describeThrown, type Logger } from "./logger.ts";

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
  /** Requests that are not answered yet. */
  readonly underWay = new Set<Request>();
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
      () => (this.#starting = undefined),
      () => {}, // each request that waits for it hears of the error itself
    );
  }

  readonly callback = (raw: IncomingMessage, rawResponse: ServerResponse): void => {
    this.#serve(raw, rawResponse).catch((error: unknown) => this.#giveUp(error, rawResponse));
  };

  async #serve(raw: IncomingMessage, rawResponse: ServerResponse): Promise<void> {
    const request = new Request(raw, this.#settings, rawResponse);
    this.underWay.add(request);
    try {
      if (this.#starting !== undefined) await this.#starting;
      const match = this.#tree.match(request.method, request.path);
      const exchange =
        match.status === 200
          ? new Exchange(request, match.parameters, match.value.status)
          : new Exchange(request, noParameters, 200);
      const response = await this.#answer(match, exchange);
      if (this.isDraining) rawResponse.setHeader("connection", "close");
      await send(exchange.injected === undefined ? response : mergeResponse(exchange.injected, response), rawResponse, request);
      if (exchange.unwinding !== undefined) await this.#unwind(exchange, rawResponse);
    } finally {
      this.underWay.delete(request);
    }
  }

  async #answer(match: Match<Route>, exchange: Exchange): Promise<Response> {
    const { request } = exchange;
    const origin = { request, route: match.status === 200 ? match.value.label : undefined };
    const violation = checkProtocol(request.raw);
    if (violation !== undefined)
      return this.#errors.answer(new HTTPException(violation.status, violation.detail, { connection: "close" }), origin);
    const response =
      match.status === 200
        ? await match.value.handle(exchange)
        : await answerUnmatched(match, exchange, this.#tree, this.#errors);
    if (request.method === "GET" || request.method === "HEAD") return response;
    try {
      await request.body.finish(); // a body over the limit is refused also where the handler did not read it (LM-02)
      return response;
    } catch (error) {
      return this.#errors.answer(error, origin);
    }
  }

  /** Ends what lived until the last byte. The answer is out, so an error can only be logged. */
  async #unwind({ unwinding }: Exchange, rawResponse: ServerResponse): Promise<void> {
    if (!rawResponse.writableFinished && !rawResponse.destroyed)
      await new Promise((resolve) => rawResponse.once("close", resolve));
    const failure = await unwinding?.responseDone(undefined);
    if (failure !== undefined) this.#logger.error({ error: failure.error }, "a dependency failed after its response was sent");
  }

  /** Something failed where nothing may: the client gets a bare 500, or the end of the connection where an answer had begun. */
  #giveUp(error: unknown, rawResponse: ServerResponse): void {
    this.#logger.error({ error: error instanceof Error ? error : describeThrown(error) }, "a request could not be answered");
    if (rawResponse.headersSent) rawResponse.destroy();
    else rawResponse.writeHead(500, { "content-type": "application/json" }).end('{"detail":"Internal Server Error"}');
  }
}
