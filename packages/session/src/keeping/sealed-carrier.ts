import { CookieError, type CookieDefinition, type Response } from "@madeleine/http";
import type { $ZodOptional, $ZodString } from "zod/v4/core";
import { cookieSeconds } from "../lifetime.ts";
import { SessionDataError } from "../session-data.ts";
import { toStoreKey } from "../session-id.ts";
import type { SessionRow, SessionRows } from "../stores/store.ts";
import type { SessionCarrier } from "./carrier.ts";
import { RequestRows } from "./request-rows.ts";
import { toSealedText, type CarriedSession } from "./sealed-text.ts";

/** The cookie of a session that is in it. */
export type SealedCookie = CookieDefinition<$ZodOptional<$ZodString>>;

/** A session in its cookie, on its way through one request: each change of its row is another cookie. */
export class SealedCarrier implements SessionCarrier {
  readonly rows: SessionRows;
  readonly sharesRows = false;
  readonly secret: string | undefined;
  readonly #cookie: SealedCookie;
  readonly #response: Response;
  readonly #isSent: boolean;

  constructor(cookie: SealedCookie, response: Response, carried: CarriedSession | undefined, isSent: boolean) {
    this.rows = new RequestRows(carried && { key: toStoreKey(cookie.name, carried.secret), row: carried.row });
    this.secret = carried?.secret;
    this.#cookie = cookie;
    this.#response = response;
    this.#isSent = isSent;
  }

  /** Errors: SessionDataError where a browser would drop the cookie for its size. */
  begin(secret: string, row: SessionRow): void {
    try {
      this.#response.setCookie(this.#cookie, toSealedText({ secret, row }), {
        maxAge: cookieSeconds(row.lifetime, Date.now()),
      });
    } catch (cause) {
      if (!(cause instanceof CookieError && cause.rule === "COOKIE_SIZE")) throw cause;
      throw new SessionDataError(`The data of session "${this.#cookie.name}" does not fit into its cookie. ${cause.message}`, {
        cause,
      });
    }
  }

  renew(secret: string, row: SessionRow): void {
    this.begin(secret, row);
  }

  end(): void {
    if (this.#isSent) this.#response.deleteCookie(this.#cookie);
  }

  endLate(): void {
    this.#response.deleteCookie(this.#cookie);
  }
}
