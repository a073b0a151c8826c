import { Response, type CookieAttributes, type Request } from "@madeleine/http";
import { cookieSeconds, type SessionLifetime } from "../lifetime.ts";
import { readSessionId } from "../session-id.ts";
import type { SessionRow, SessionRows } from "../stores/store.ts";
import type { SessionCarrier } from "./carrier.ts";

/** The cookie of sessions on the server: it holds an id, and says nothing else. */
export class IdCookie {
  readonly #name: string;
  readonly #attributes: CookieAttributes;

  /** Errors: CookieError for what a browser would drop. */
  constructor(name: string, attributes: CookieAttributes) {
    this.#name = name;
    this.#attributes = attributes;
    this.#set(new Response(), "x".repeat(43), undefined); // refused here, and not at the first login
  }

  read(request: Request): string | undefined {
    return readSessionId(request.cookies.getAll(this.#name));
  }

  /** Whether what was sent leads nowhere because it is more than one. */
  isDoubled(request: Request): boolean {
    const sent = request.cookies.getAll(this.#name);
    return sent.length > 1 && sent.some((each) => each !== sent[0]);
  }

  isSent(request: Request): boolean {
    return request.cookies.has(this.#name);
  }

  set(response: Response, id: string, lifetime: SessionLifetime): void {
    this.#set(response, id, cookieSeconds(lifetime, Date.now()));
  }

  delete(response: Response): void {
    response.deleteCookie(this.#name, this.#attributes);
  }

  #set(response: Response, id: string, maxAge: number | undefined): void {
    response.setCookie(this.#name, id, { ...this.#attributes, maxAge } as object); // any attributes: writing them checks them
  }
}

/** A session on the server, on its way through one request. */
export class IdCarrier implements SessionCarrier {
  readonly rows: SessionRows;
  readonly sharesRows = true;
  readonly secret: string | undefined;
  readonly #cookie: IdCookie;
  readonly #request: Request;
  readonly #response: Response;

  constructor(cookie: IdCookie, rows: SessionRows, request: Request, response: Response) {
    this.rows = rows;
    this.secret = cookie.read(request);
    this.#cookie = cookie;
    this.#request = request;
    this.#response = response;
  }

  begin(id: string, { lifetime }: SessionRow): void {
    this.#cookie.set(this.#response, id, lifetime);
  }

  /** Only the cookie of a lasting session has an end of its own, which has moved with the row's. */
  renew(id: string, row: SessionRow): void {
    if (row.lifetime.isLasting) this.begin(id, row);
  }

  end(): void {
    if (this.#cookie.isSent(this.#request)) this.#cookie.delete(this.#response);
  }

  /** Its row is gone, so that the cookie leads nowhere. */
  endLate(): void {}
}
