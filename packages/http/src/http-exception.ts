import { checkHeaderName, checkHeaderValue } from "./responses/header-rules.ts";
import { checkErrorStatus, reasonPhrase } from "./status.ts";

/**
 * An error that is the client's to see: thrown anywhere during a request, it answers `{"detail": …}` with its status.
 *
 * Shape:  `new HTTPException(404, "No such item")` answers 404 `{"detail":"No such item"}`; without a detail it is the
 *         name of the status, `"Not Found"`.
 * Errors: StatusError for a status outside 400 to 599, HeaderError for a header that cannot be sent.
 */
export class HTTPException extends Error {
  readonly status: number;
  /** Any value that JSON can carry. It is sent as it is, so it holds nothing that the client must not see. */
  readonly detail: unknown;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(status: number, detail?: unknown, headers?: Readonly<Record<string, string>>) {
    const reason = reasonPhrase(checkErrorStatus(status));
    super(typeof detail === "string" ? detail : reason);
    this.name = new.target.name;
    this.status = status;
    this.detail = detail === undefined ? reason : detail;
    this.headers = headers && checkHeaders(headers);
  }
}

// refused where the error is made, with the reader's line on the stack, and not later where it is answered
function checkHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers)) {
    checkHeaderName(name);
    checkHeaderValue(name, value);
  }
  return headers;
}
