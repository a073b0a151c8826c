import type { Class } from "@madeleine/di";
import { HTTPException, JSONResponse, RequestAborted, Response, type Request } from "@madeleine/http";
import { describeThrown, type Logger } from "../logger.ts";
import { RequestValidationError } from "../validation/index.ts";

/** Answers an error: with a response, or with a value that is sent as JSON under the error's own status. */
export type ErrorHandler<E = unknown> = (error: E, request: Request) => unknown;

/** Where an error came from, for the log. */
export interface ErrorOrigin {
  readonly request: Request;
  /** Shape: `"Items.list (GET /items)"`; undefined where no route was found. */
  readonly route: string | undefined;
}

/**
 * The one place where everything that is thrown becomes an answer.
 *
 * A thrown response is the answer. An HTTPException and a failed validation are the client's: their detail is shown. Anything
 * else is a bug: logged whole with the route's name, answered with a bare 500.
 */
export class ErrorAnswers {
  readonly #byClass = new Map<unknown, ErrorHandler>();
  readonly #byStatus = new Map<number, ErrorHandler>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** A handler for a status, or for a class of errors and its subclasses. The most specific class counts; a status is stronger. */
  on(kind: number | Class, handler: ErrorHandler): void {
    if (typeof kind === "number") this.#byStatus.set(kind, handler);
    else this.#byClass.set(kind, handler);
  }

  async answer(error: unknown, origin: ErrorOrigin): Promise<Response> {
    if (isInstance(error, Response)) return error;
    const status = statusOf(error);
    if (status === 500) this.#log(error, origin);
    try {
      const handler = this.#byStatus.get(status) ?? this.#handlerOfClass(error);
      if (handler === undefined) return standardAnswer(error, status);
      return toResponse(await handler(error, origin.request), status);
    } catch (thrown) {
      return this.#answerFailedHandler(thrown, origin);
    }
  }

  // An error handler may throw an answer of its own; anything else ends here, so that two broken handlers cannot call each other.
  #answerFailedHandler(thrown: unknown, origin: ErrorOrigin): Response {
    if (isInstance(thrown, Response)) return thrown;
    const status = statusOf(thrown);
    if (status === 500) this.#log(thrown, origin);
    return standardAnswer(thrown, status);
  }

  #handlerOfClass(error: unknown): ErrorHandler | undefined {
    if (this.#byClass.size === 0 || typeof error !== "object" || error === null) return undefined;
    for (
      let at: object | null = Object.getPrototypeOf(error) as object | null;
      at !== null;
      at = Object.getPrototypeOf(at) as object | null
    ) {
      const handler = this.#byClass.get(at.constructor);
      if (handler !== undefined) return handler;
    }
    return undefined;
  }

  #log(error: unknown, { request, route }: ErrorOrigin): void {
    const where = route ?? `${request.method} ${request.path}`;
    try {
      this.#logger.error({ route: where, error: error instanceof Error ? error : describeThrown(error) }, `${where} failed`);
    } catch {
      process.stderr.write(`${where} failed, and so did its logger\n`); // an answer must not depend on a logger
    }
  }
}

// An object may be a proxy whose traps throw: asking what it is must not fail.
function isInstance<T>(value: unknown, of: abstract new (...parameters: never[]) => T): value is T {
  try {
    return value instanceof of;
  } catch {
    return false;
  }
}

function statusOf(error: unknown): number {
  if (isInstance(error, HTTPException)) return error.status;
  if (isInstance(error, RequestValidationError)) return 422;
  return isInstance(error, RequestAborted) ? 400 : 500;
}

function standardAnswer(error: unknown, status: number): Response {
  if (isInstance(error, HTTPException)) return new JSONResponse({ detail: error.detail }, { status, headers: error.headers });
  if (isInstance(error, RequestValidationError)) return new JSONResponse({ detail: error.problems }, { status });
  return new JSONResponse({ detail: status === 400 ? "Bad Request" : "Internal Server Error" }, { status });
}

function toResponse(answer: unknown, status: number): Response {
  return answer instanceof Response ? answer : new JSONResponse(answer ?? null, { status });
}
