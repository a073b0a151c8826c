import type { Class } from "@madeleine/di";
import { HTTPException, JSONResponse, RequestAborted, Response, type Request } from "@madeleine/http";
import type { Logger } from "../logger.ts";
import { RequestValidationError } from "../validation/index.ts";
import { fromWebResponse } from "../web-response.ts";

/** Answers an error: with a response, or with a value that is sent as JSON under the error's own status. */
export type ErrorHandler<E = unknown> = (error: E, request: Request) => unknown;

/** Where an error came from, for the log. */
export interface ErrorOrigin {
  readonly request: Request;
  /** Shape: `"Items.list (GET /items)"`; undefined where no route was found. */
  readonly route: string | undefined;
}

// Handlers like any other: so `app.on(Error, …)` is for bugs, and does not get what these are nearer to.
const standardHandlers: ReadonlyMap<unknown, ErrorHandler> = new Map<unknown, ErrorHandler>([
  [Response, (thrown) => thrown],
  [globalThis.Response, (thrown) => thrown],
  [HTTPException, (error) => answerException(error as HTTPException)],
  [RequestValidationError, (error) => ({ detail: (error as RequestValidationError).problems })],
  [RequestAborted, () => ({ detail: "Bad Request" })],
]);

const answerBug: ErrorHandler = () => ({ detail: "Internal Server Error" });

/**
 * The one place where everything that is thrown becomes an answer.
 *
 * A thrown response is the answer. An HTTPException and a failed validation are the client's: their detail is shown. Anything
 * else is a bug: logged whole with the route's name, answered with a bare 500. One whose handler makes something below 500 of
 * it was foreseen, and is not logged.
 */
export class ErrorAnswers {
  readonly #byStatus = new Map<number, ErrorHandler>();
  readonly #byClass = new Map(standardHandlers);
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** A handler for a status, or for a class of errors and its subclasses: the most specific class counts. */
  on(kind: number | Class, handler: ErrorHandler): void {
    if (typeof kind === "number") this.#byStatus.set(kind, handler);
    else this.#byClass.set(kind, handler);
  }

  /** Never rejects. */
  async answer(error: unknown, origin: ErrorOrigin): Promise<Response> {
    const status = statusOf(error);
    try {
      const response = await toResponse(await this.#handlerOf(error)(error, origin.request), status ?? 500);
      if (status === undefined && response.status >= 500) this.#log(error, origin);
      return response;
    } catch (failure) {
      if (status === undefined) this.#log(error, origin);
      return this.#answerFailure(failure, origin);
    }
  }

  // An error handler may throw an answer of its own; anything else ends here, so that two broken handlers cannot call each
  // other (ST-08).
  async #answerFailure(failure: unknown, origin: ErrorOrigin): Promise<Response> {
    const status = statusOf(failure);
    try {
      if (status !== undefined)
        return await toResponse(findByClass(standardHandlers, failure)?.(failure, origin.request), status);
      this.#log(failure, origin);
    } catch (last) {
      this.#log(last, origin);
    }
    return toResponse(answerBug(failure, origin.request), 500);
  }

  /** Of the client's errors the status is stronger than the class: a page for 404 is meant for all of them. */
  #handlerOf(error: unknown): ErrorHandler {
    const status = statusOf(error);
    const byClass = findByClass(this.#byClass, error);
    if (status === undefined) return byClass ?? this.#byStatus.get(500) ?? answerBug;
    return (isThrownResponse(error) ? undefined : this.#byStatus.get(status)) ?? byClass ?? answerBug;
  }

  #log(error: unknown, { request, route }: ErrorOrigin): void {
    const where = route ?? `${request.method} ${request.path}`;
    this.#logger.error({ route: where, err: error }, `${where} failed`);
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

function isThrownResponse(error: unknown): error is Response | globalThis.Response {
  return error instanceof Response || error instanceof globalThis.Response;
}

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

function answerException({ status, detail, headers }: HTTPException): Response {
  return new JSONResponse({ detail }, { status, headers });
}

function toResponse(answer: unknown, status: number): Response | Promise<Response> {
  if (answer instanceof Response) return answer;
  if (answer instanceof globalThis.Response) return fromWebResponse(answer);
  return new JSONResponse(answer ?? null, { status });
}
