import type { Failure } from "@madeleine/di";
import {
  fromWebResponse,
  Html,
  HTMLResponse,
  HTTPException,
  isWebResponse,
  JSONResponse,
  RequestAborted,
  Response,
  type Request,
} from "@madeleine/http";
import type { Logger } from "../logger.ts";
import { RequestValidationError } from "../validation/index.ts";
import { standardAnswers, type ErrorFormat, type StandardAnswers } from "./error-format.ts";
import type { ErrorHandler, ErrorRule } from "./on-error.ts";

/** Where an error came from, for the log. */
export interface ErrorOrigin {
  readonly request: Request;
  /** Shape: `"Items.list (GET /items)"`; undefined where no route was found. */
  readonly route: string | undefined;
  /** What the error took the place of, for the log: a handler's error, where a tear-down failed after it. */
  readonly replaced?: Failure | undefined;
  /** Told when the error turns out to be a bug. */
  readonly onBug?: (() => void) | undefined;
}

/**
 * The one place where everything that is thrown becomes an answer.
 *
 * A thrown response is the answer. An HTTPException and a failed validation are the client's: their detail is shown, and one of
 * 500 or more that has a cause is logged with it. Anything else is a bug: logged whole with the route's name, answered with a
 * bare 500. One whose handler makes something below 500 of it was foreseen, and is not logged.
 */
export class ErrorAnswers {
  readonly #byStatus = new Map<number, ErrorHandler>();
  readonly #byClass = new Map<unknown, ErrorHandler>();
  readonly #logger: Logger;
  readonly #standard: StandardAnswers;
  /** Of the group around the one that these are for. */
  readonly #outer: ErrorAnswers | undefined;

  constructor(logger: Logger, format?: ErrorFormat, outer?: ErrorAnswers) {
    this.#logger = logger;
    this.#standard = outer === undefined ? standardAnswers(format) : outer.#standard;
    this.#outer = outer;
    if (outer === undefined) for (const [kind, handler] of this.#standard.byClass) this.#byClass.set(kind, handler);
  }

  /** The answers inside of a group with rules of its own. */
  within(rules: readonly ErrorRule[]): ErrorAnswers {
    if (rules.length === 0) return this;
    const inner = new ErrorAnswers(this.#logger, undefined, this);
    for (const rule of rules) inner.on(rule);
    return inner;
  }

  /** A handler for a status, or for a class of errors and its subclasses: the most specific class counts. */
  on({ kind, handler }: ErrorRule): void {
    if (typeof kind === "number") this.#byStatus.set(kind, handler);
    else this.#byClass.set(kind, handler);
  }

  /** Never rejects. */
  async answer(error: unknown, origin: ErrorOrigin): Promise<Response> {
    const status = statusOf(error);
    try {
      const response = toResponse(await this.#handlerOf(error)(error, origin.request), status ?? 500, headersOf(error));
      if (isOutage(error)) this.#log(error, origin);
      else if (status === undefined && response.status >= 500) this.#logBug(error, origin);
      return response;
    } catch (failure) {
      if (status === undefined) this.#logBug(error, origin);
      return this.#answerFailure(failure, origin);
    }
  }

  // An error handler may throw an answer of its own; anything else ends here, so that two broken handlers cannot call each
  // other (ST-08).
  async #answerFailure(failure: unknown, origin: ErrorOrigin): Promise<Response> {
    const status = statusOf(failure);
    try {
      if (status !== undefined) {
        const handler = isThrownResponse(failure) ? itself : findByClass(this.#standard.byClass, failure);
        return toResponse(handler?.(failure, origin.request), status);
      }
      this.#logBug(failure, origin);
    } catch (last) {
      this.#logBug(last, origin);
    }
    return toResponse(this.#standard.bug(failure, origin.request), 500);
  }

  /** Of the client's errors the status is stronger than the class: a page for 404 is meant for all of them. */
  #handlerOf(error: unknown): ErrorHandler {
    const status = statusOf(error);
    const byClass = findByClass(this.#byClass, error);
    const isBug = status === undefined; // asked first: what is thrown may be a proxy whose traps throw (ST-04)
    const byStatus = isBug || !isThrownResponse(error) ? this.#byStatus.get(status ?? 500) : undefined;
    const own = isBug ? (byClass ?? byStatus) : (byStatus ?? byClass);
    if (own !== undefined) return own;
    if (this.#outer !== undefined) return this.#outer.#handlerOf(error);
    return !isBug && isThrownResponse(error) ? itself : this.#standard.bug;
  }

  /** The answer in the application's format, whatever handlers there are. */
  standard(error: HTTPException): Response {
    return this.#standard.exception(error);
  }

  #logBug(error: unknown, origin: ErrorOrigin): void {
    this.#log(error, origin);
    origin.onBug?.();
  }

  #log(error: unknown, { request, route, replaced }: ErrorOrigin): void {
    const where = route ?? `${request.method} ${request.path}`;
    const details = replaced === undefined ? {} : { replaced: replaced.error };
    this.#logger.error({ route: where, err: error, ...details }, `${where} failed`);
  }
}

/** The status that an error itself says; undefined for a bug. What is thrown may be a proxy whose traps throw (ST-04). */
function statusOf(error: unknown): number | undefined {
  try {
    if (error instanceof HTTPException || isThrownResponse(error)) return error.status;
    if (error instanceof RequestValidationError) return 422;
    return error instanceof RequestAborted ? 400 : undefined;
  } catch {
    return undefined;
  }
}

/** Something around the application is wrong, a full disk for one: the client hears what it may, the operator the cause. */
function isOutage(error: unknown): boolean {
  try {
    return error instanceof HTTPException && error.status >= 500 && error.cause !== undefined;
  } catch {
    return false; // a proxy whose traps throw
  }
}

function isThrownResponse(error: unknown): error is Response | globalThis.Response {
  return error instanceof Response || isWebResponse(error);
}

const itself: ErrorHandler = (thrown) => thrown;

function findByClass(handlers: ReadonlyMap<unknown, ErrorHandler>, error: unknown): ErrorHandler | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  try {
    for (let at = Object.getPrototypeOf(error) as object | null; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      const handler = handlers.get(at.constructor);
      if (handler !== undefined) return handler;
    }
  } catch {
    // a proxy that does not tell what it is
  }
  return undefined;
}

/** A value, as a handler gave it, has the headers that the error was thrown with: `Allow`, `WWW-Authenticate`. */
function toResponse(answer: unknown, status: number, headers?: HTTPException["headers"]): Response {
  if (answer instanceof Response) return answer;
  if (isWebResponse(answer)) return fromWebResponse(answer);
  if (answer instanceof Html) return new HTMLResponse(answer, { status, headers });
  return new JSONResponse(answer ?? null, { status, headers });
}

function headersOf(error: unknown): HTTPException["headers"] {
  try {
    return error instanceof HTTPException ? error.headers : undefined;
  } catch {
    return undefined; // a proxy whose traps throw
  }
}
