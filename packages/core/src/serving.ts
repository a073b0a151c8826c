import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import {
  checkProtocol,
  compileTrustProxy,
  defaultRequestSettings,
  HTTPException,
  prepareResponse,
  Request,
  SetCookies,
  type CookieRules,
  type RequestSettings,
  type Response,
} from "@madeleine/http";
import type { Match } from "@madeleine/router";
import { AfterResponse } from "./after-response.ts";
import type { AppLimits } from "./app-options.ts";
import { runTasks } from "./background-tasks.ts";
import type { Booted, Route } from "./boot.ts";
import { compileUnmatched } from "./dispatch.ts";
import type { ErrorAnswers, ErrorOrigin } from "./errors/error-answers.ts";
import { Exchange } from "./exchange.ts";
import type { Handle } from "./handler.ts";
import { closeInjected, withInjected } from "./injected.ts";
import type { Logger } from "./logger.ts";
import { keepCookies } from "./middleware/own-response.ts";
import { RouteTable } from "./route-table.ts";
import { Sending } from "./sending.ts";

interface ServingParts {
  readonly limits: AppLimits;
  readonly cookies: CookieRules;
  readonly trustProxy: boolean | number | string | readonly string[] | undefined;
  readonly rootPath: string | undefined;
  readonly errors: ErrorAnswers;
  readonly logger: Logger;
}

const noParameters: readonly string[] = [];

/** The way of a request: from node's callback through its route to the bytes of the answer, and what is done after them. */
export class Serving {
  readonly #settings: RequestSettings;
  readonly #errors: ErrorAnswers;
  readonly #logger: Logger;
  readonly #sending: Sending;
  readonly #afterResponse: AfterResponse;
  /** Said for this application; mounted in another one, it holds here instead of that one's. */
  readonly #maxBodyBytes: number | undefined;
  /** The same, of the secrets of cookies and of the consent that they need. */
  readonly #ownCookies: CookieRules | undefined;
  #table = new RouteTable();
  #unmatched: Handle;
  #starting: Promise<void> | undefined;
  /** Requests that are not answered yet, each with what answers it. */
  readonly #underWay = new Map<Request, ServerResponse>();
  readonly #waiting: (() => void)[] = [];
  /** While the server closes, each answer asks its client to leave the connection. */
  isDraining = false;

  constructor({ limits, cookies, trustProxy, rootPath, errors, logger }: ServingParts) {
    this.#settings = {
      ...defaultRequestSettings,
      ...cookies,
      maxBodyBytes: limits.maxBodyBytes ?? defaultRequestSettings.maxBodyBytes,
      maxUploadBytes: limits.maxUploadBytes ?? defaultRequestSettings.maxUploadBytes,
      maxJsonDepth: limits.maxJsonDepth ?? defaultRequestSettings.maxJsonDepth,
      uploadDirectory: limits.uploadDirectory,
      trustProxy: trustProxy === undefined ? undefined : compileTrustProxy(trustProxy),
      rootPath: rootPath?.replace(/\/+$/, ""),
    };
    this.#maxBodyBytes = limits.maxBodyBytes;
    this.#ownCookies = cookies.cookieKeys === undefined && cookies.consent === undefined ? undefined : cookies;
    this.#unmatched = compileUnmatched(this.#table, errors);
    this.#errors = errors;
    this.#logger = logger;
    this.#sending = new Sending(errors, logger);
    this.#afterResponse = new AfterResponse(logger);
  }

  /** Answers with these routes from now on; where something must be made first, requests wait for it. */
  use({ table, unmatched }: Pick<Booted, "table" | "unmatched">, starting?: Promise<void>): void {
    this.#table = table;
    this.#unmatched = unmatched;
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

  /** Kept when nothing is under way: neither a request nor what is done after its answer. */
  async whenIdle(): Promise<void> {
    if (this.#underWay.size > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
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
      const match = this.#table.match(request);
      const exchange = openExchange(request, match);
      const origin = originOf(request, match);
      const response = await this.#answer(match, exchange, origin);
      if (this.isDraining) rawResponse.setHeader("connection", "close");
      // What is left of a body stands before the next request: it is thrown away, and no more of it than the limit allows.
      if (!request.raw.complete) request.body.finish().catch(() => {});
      const sending = this.#sending.send(response, exchange, rawResponse, origin);
      const failure = sending === undefined ? undefined : await sending;
      if (exchange.unwinding !== undefined || exchange.askedTasks !== undefined)
        await this.#afterResponse.finish(exchange, failure, rawResponse, origin);
    } catch (error) {
      this.#giveUp(error, request, rawResponse);
    } finally {
      const closing = request.close(); // the files of a form, however the request ended
      if (closing !== undefined) await closing;
      this.#underWay.delete(request);
      if (this.#waiting.length > 0 && this.#underWay.size === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  #answer(match: Match<Route>, exchange: Exchange, origin: ErrorOrigin): Promise<Response> {
    const { request } = exchange;
    const violation = checkProtocol(request.raw);
    if (violation !== undefined) {
      return this.#errors.answer(new HTTPException(violation.status, violation.detail, { connection: "close" }), origin);
    }
    return match.status === 200 ? match.value.handle(exchange) : this.#unmatched(exchange);
  }

  /** Answers under a path of the request of another application, whose host and framing were checked there. Never rejects. */
  async respond(outer: Exchange, rootPath: string): Promise<Response> {
    if (this.#starting !== undefined) await this.#starting;
    const request = outer.request.under(rootPath, this.#ownCookies);
    if (this.#maxBodyBytes !== undefined) request.body.maxBodyBytes = this.#maxBodyBytes;
    const match = this.#table.match(request);
    const exchange = openExchange(request, match);
    let response = await (match.status === 200 ? match.value.handle(exchange) : this.#unmatched(exchange));
    try {
      // Here, so that this application's own handlers hear of its errors.
      response = this.#seal(withInjected(await prepareResponse(response, request), exchange), request);
    } catch (error) {
      exchange.failure = { error };
      keepCookies(exchange);
      if (exchange.injected?.hasCookies) exchange.injected.cookies = exchange.injected.cookies.sendable(request);
      response = this.#seal(withInjected(await this.#errors.answer(error, originOf(request, match)), exchange), request);
    }
    exchange.injected?.cookies.close();
    if (exchange.unwinding !== undefined) outer.leave(exchange.unwinding);
    const { askedTasks } = exchange;
    if (askedTasks !== undefined) outer.tasks.add(() => (closeInjected(exchange), runTasks(askedTasks)));
    return response;
  }

  /** Cookies under rules of this application's own are finished here: its host has other secrets, or none. */
  #seal(response: Response, request: Request): Response {
    if (this.#ownCookies === undefined || !response.hasCookies) return response;
    const sealed = response.copy();
    sealed.cookies = new SetCookies();
    for (const line of response.cookies.lines(request.secure, request)) sealed.cookies.addLine(line);
    return sealed;
  }

  /** Something failed where nothing may: the client gets a bare 500, or the end of the connection where an answer had begun. */
  #giveUp(error: unknown, request: Request, rawResponse: ServerResponse): void {
    this.#logger.error({ err: error }, `${request.method} ${request.path} could not be answered`);
    if (rawResponse.destroyed) return; // nobody is left to hear it, and a write would be an error event
    if (rawResponse.headersSent) rawResponse.destroy();
    else rawResponse.writeHead(500, { "content-type": "application/json" }).end('{"detail":"Internal Server Error"}');
  }
}

function openExchange(request: Request, match: Match<Route>): Exchange {
  if (match.status !== 200) return new Exchange(request, noParameters, 200);
  return new Exchange(request, match.parameters, match.value.status);
}

function originOf(request: Request, match: Match<Route>): ErrorOrigin {
  return { request, route: match.status === 200 ? match.value.label : undefined };
}
