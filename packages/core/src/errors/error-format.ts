import { HTTPException, JSONResponse, reasonPhrase, RequestAborted, type Response } from "@madeleine/http";
import { RequestValidationError } from "../validation/index.ts";
import type { ErrorHandler } from "./on-error.ts";

/** How the errors are answered that nobody else answers. */
export type ErrorFormat = "detail" | "problem-details";

/** The handlers that an application begins with. */
export interface StandardAnswers {
  readonly exception: (error: HTTPException) => Response;
  /** Handlers like any other: so `app.on(Error, …)` is for bugs, and does not get what these are nearer to. */
  readonly byClass: ReadonlyMap<unknown, ErrorHandler>;
  /** Of what is nobody's to see. */
  readonly bug: ErrorHandler;
}

/** FastAPI's: `{"detail": …}`. */
const detail = standard({
  exception: ({ status, detail, headers }) => new JSONResponse({ detail }, { status, headers }),
  invalid: ({ problems }) => ({ detail: problems }),
  aborted: () => ({ detail: "Bad Request" }),
  bug: () => ({ detail: "Internal Server Error" }),
});

/**
 * RFC 9457: `application/problem+json`.
 *
 * Shape:  `{"type":"about:blank","title":"Not Found","status":404,"detail":"No such item"}`. A detail that is an object adds its members, and may give
 *         a `type` and `title` of its own; what is wrong with a request is in `errors`.
 */
const problemDetails = standard({
  exception: ({ status, detail, headers }) => problem(status, membersOf(detail, status), headers),
  invalid: ({ problems }) => problem(422, { detail: "The request is not valid", errors: problems }),
  aborted: () => problem(400, {}),
  bug: () => problem(500, {}),
});

/** Errors: TypeError for a format that does not exist. */
export function standardAnswers(format: ErrorFormat = "detail"): StandardAnswers {
  if (format === "detail") return detail;
  if (format === "problem-details") return problemDetails;
  throw new TypeError(`errorFormat is ${JSON.stringify(format)}. mend: "detail" or "problem-details"`);
}

function standard(answers: {
  exception: (error: HTTPException) => Response;
  invalid: (error: RequestValidationError) => unknown;
  aborted: () => unknown;
  bug: () => unknown;
}): StandardAnswers {
  const { exception, invalid, aborted, bug } = answers;
  const byClass = new Map<unknown, ErrorHandler>([
    [HTTPException, exception as ErrorHandler],
    [RequestValidationError, invalid as ErrorHandler],
    [RequestAborted, aborted],
  ]);
  return { exception, byClass, bug };
}

function problem(status: number, members: object, headers?: Readonly<Record<string, string>>): Response {
  const title = reasonPhrase(status);
  const content = { type: "about:blank", title, status, ...members };
  return new JSONResponse(content, { status, headers, mediaType: "application/problem+json" });
}

/** Source: RFC 9457 §3.1.4 (`detail` is text), §3.2 (extension members). */
function membersOf(detail: unknown, status: number): object {
  if (typeof detail === "string") return detail === reasonPhrase(status) ? {} : { detail };
  if (Array.isArray(detail)) return { errors: detail as readonly unknown[] };
  return typeof detail === "object" ? { ...detail, status } : { detail: String(detail) };
}
