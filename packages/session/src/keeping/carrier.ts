import type { SessionRow, SessionRows } from "../stores/store.ts";

/**
 * What leads from one request of a visitor to the next, as one request and its response see it: a cookie with an id and a row on
 * the server, or a cookie that holds the row.
 */
export interface SessionCarrier {
  readonly rows: SessionRows;
  /** Whether a row that its store gives without a promise is the same for other requests, and what it holds is worth keeping. */
  readonly sharesRows: boolean;
  /** What the request brought to find its row by; undefined where it brought nothing that counts. */
  readonly secret: string | undefined;
  /** Sends the cookie of a session that has just been stored. */
  begin(secret: string, row: SessionRow): void;
  /** Sends the cookie anew where a change of the row asks for it. */
  renew(secret: string, row: SessionRow): void;
  /** Has the browser forget the cookie, where it sent one. */
  end(): void;
  /** The same after the session was saved for the response, whose head may be out. Errors: CookieError where only the cookie could end it. */
  endLate(): void;
}
