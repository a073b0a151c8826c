import type { IncomingMessage, ServerResponse } from "node:http";
import {
  checkProtocol,
  compileTrustProxy,
  defaultRequestSettings,
  departures,
  HTTPException,
  prepareResponse,
  Request,
  Response,
  send,
  SetCookies,
  type CookieRules,
  type RequestSettings,
} from "@madeleine/http";
import { Answering } from "./answering.ts";
import type { AppLimits } from "./app-options.ts";
import { runTasks } from "./background-tasks.ts";
import type { Booted } from "./boot.ts";
import { compileUnmatched } from "./dispatch.ts";
import type { ErrorAnswers } from "./errors/error-answers.ts";
import { Exchange, type Handle } from "./exchange.ts";
import { closeInjected, withInjected } from "./injected.ts";
import type { Logger } from "./logger.ts";
import { keepCookies } from "./middleware/own-response.ts";
import { RouteTable } from "./route-table.ts";

interface ServingParts {
  readonly limits: AppLimits;
  readonly cookies: CookieRules;
  readonly trustProxy: boolean | number | string | readonly string[] | undefined;
  readonly rootPath: string | undefined;
  readonly errors: ErrorAnswers;
  readonly logger: Logger;
}

/** The way of a request, from node's callback through its route to the response. */
export class Serving {
  readonly #settings: RequestSettings;
  /** The same where the server is the application's own. */
  readonly #ownSettings: RequestSettings;
  readonly #errors: ErrorAnswers;
  readonly answering: Answering;
  /** Said for this application; mounted in another one, it holds here instead of that one's. */
  readonly #maxBodyBytes: number | undefined;
  /** The same, of the secrets of cookies and of the consent that they need. */
  readonly #ownCookies: CookieRules | undefined;
  #table = new RouteTable();
  #unmatched: Handle;
  #starting: Promise<void> | undefined;

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
    this.#ownSettings = { ...this.#settings, ownsResponse: true };
    this.#maxBodyBytes = limits.maxBodyBytes;
    this.#ownCookies = cookies.cookieKeys === undefined && cookies.consent === undefined ? undefined : cookies;
    this.#unmatched = compileUnmatched(this.#table, errors);
    this.#errors = errors;
    this.answering = new Answering(errors, logger);
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

  /** Of a server that somebody else made, and who may watch the response. */
  readonly callback = (raw: IncomingMessage, rawResponse: ServerResponse): void => {
    if (this.#isHeldBack(raw, rawResponse, this.callback)) return;
    this.#serve(new Request(raw, this.#settings, rawResponse), rawResponse);
  };

  /** Of a server that the application opened. */
  readonly listener = (raw: IncomingMessage, rawResponse: ServerResponse): void => {
    if (this.#isHeldBack(raw, rawResponse, this.listener)) return;
    this.#serve(new Request(raw, this.#ownSettings, rawResponse), rawResponse);
  };

  /**
   * The listener of `checkContinue`: a client that asks whether to send its body is told so when the body is first read, and not
   * when another answer comes first (LM-11, RFC 9110 §10.1.1). Then it may send the body or leave it out; the connection ends,
   * as nobody could tell the next request from a body.
   */
  readonly continueWhenRead = (raw: IncomingMessage, rawResponse: ServerResponse): void => {
    if (this.#isHeldBack(raw, rawResponse, this.continueWhenRead)) return;
    const request = new Request(raw, this.#settings, rawResponse);
    const { shouldKeepAlive } = rawResponse;
    rawResponse.shouldKeepAlive = false;
    request.body.onFirstRead = () => {
      if (rawResponse.headersSent || rawResponse.destroyed) return;
      rawResponse.shouldKeepAlive = shouldKeepAlive;
      rawResponse.writeContinue();
    };
    this.#serve(request, rawResponse);
  };

  /** The listener of `checkExpectation`: what a client expects beside `100-continue` is 417 (RFC 9110 §10.1.1), in its turn. */
  readonly refuseExpectation = (raw: IncomingMessage, rawResponse: ServerResponse): void => {
    if (this.#isHeldBack(raw, rawResponse, this.refuseExpectation)) return;
    void send(this.standardAnswer(new HTTPException(417)), rawResponse, { method: raw.method ?? "GET", secure: false });
  };

  /** Whether a request may not begin now: its answer waits for that of an earlier one, for which node has the socket, or came too late. */
  #isHeldBack(raw: IncomingMessage, rawResponse: ServerResponse, begin: typeof this.callback): boolean {
    const { socket } = rawResponse;
    if (socket !== null && !socket.writableEnded) return false; // nearly always: nothing is looked up
    departures.leave();
    return !this.answering.pipelines.mayBegin(raw, rawResponse, begin);
  }

  /** Never throws. Where nothing is waited for, all is over when it returns: no promise is made, and nothing is under way. */
  #serve(request: Request, rawResponse: ServerResponse): void {
    // It was let in, and waited for what an override makes: the request before it may have been a faulty one (HT-01).
    if (rawResponse.socket === null && this.answering.pipelines.hasEnded(request.raw.socket)) return;
    if (this.#starting !== undefined) return void this.#serveWhen(this.#starting, request, rawResponse);
    try {
      const exchange = new Exchange(request, this.#table.match(request));
      const response = this.#respond(exchange, rawResponse);
      if (response instanceof Response) this.answering.answer(response, exchange, rawResponse);
      else this.answering.answerWhen(response, exchange, rawResponse);
    } catch (error) {
      this.answering.giveUp(error, request, rawResponse);
    }
  }

  async #serveWhen(started: Promise<void>, request: Request, rawResponse: ServerResponse): Promise<void> {
    const { underWay } = this.answering;
    const added = underWay.add(request, rawResponse);
    try {
      await started;
      this.#serve(request, rawResponse);
    } catch (error) {
      this.answering.giveUp(error, request, rawResponse);
    } finally {
      underWay.remove(added);
    }
  }

  #respond(exchange: Exchange, rawResponse: ServerResponse): Response | PromiseLike<Response> {
    const { request, route } = exchange;
    const violation = checkProtocol(request.raw);
    if (violation === undefined) return route === undefined ? this.#unmatched(exchange) : route.handle(exchange);
    const { status, detail } = violation;
    rawResponse.shouldKeepAlive = false; // whatever an error handler answers: what follows could be anything
    this.answering.pipelines.end(request.raw.socket);
    return this.#errors.answer(new HTTPException(status, detail), exchange.origin);
  }

  /** Answers under a path of the request of another application, whose host and framing were checked there. Never rejects. */
  async respond(outer: Exchange, rootPath: string): Promise<Response> {
    if (this.#starting !== undefined) await this.#starting;
    const request = outer.request.under(rootPath, this.#ownCookies);
    if (this.#maxBodyBytes !== undefined) request.body.maxBodyBytes = this.#maxBodyBytes;
    const exchange = new Exchange(request, this.#table.match(request));
    const { route } = exchange;
    let response = await (route === undefined ? this.#unmatched(exchange) : route.handle(exchange));
    try {
      // Here, so that this application's own handlers hear of its errors.
      response = this.#seal(withInjected(await prepareResponse(response, request), exchange), request);
    } catch (error) {
      exchange.failure = { error };
      keepCookies(exchange);
      if (exchange.injected?.hasCookies) exchange.injected.cookies = exchange.injected.cookies.sendable(request);
      response = this.#seal(withInjected(await this.#errors.answer(error, exchange.origin), exchange), request);
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

  /** What is answered where there is no request that a handler could be asked about. */
  standardAnswer(error: HTTPException): Response {
    return this.#errors.standard(error);
  }
}
