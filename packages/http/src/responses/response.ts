import { writeAttributes } from "../cookies/attributes.ts";
import type { CookieName, PlainCookieName } from "../cookies/cookie-name.ts";
import type { CookieDefinition } from "../cookies/definition.ts";
import { expireCookie, type CookieReach } from "../cookies/expire.ts";
import type { CookieAttributes, CookieLifetime, NamedCookieOptions, OptionsOrNone } from "../cookies/options.ts";
import { cookiePair } from "../cookies/serialize.ts";
import { mergeCookies, SetCookies } from "../cookies/set-cookies.ts";
import { checkStatus } from "../status.ts";
import type { output } from "zod/v4/core";
import { isPlainValue } from "./header-rules.ts";
import { ResponseHeaders, type HeaderEntries } from "./response-headers.ts";
import { LazyBody } from "./stream/lazy-body.ts";

/** What a response carries: text, bytes, what is made while it is sent, or nothing. `send` tells the members apart and the compiler holds it to all of them. */
export type ResponseBody = string | Uint8Array | LazyBody | null;

// One signature for names and definitions: of several overloads the compiler tells what was wrong with the last one only.
type PlainCookie<Cookie> = Cookie extends string ? PlainCookieName<Cookie> : unknown;
type NamedCookie<Cookie> = Cookie extends string ? CookieName<Cookie> : unknown;

/** What a cookie may be set to: text, or what the schema of a definition gives. */
export type CookieValue<Cookie> =
  Cookie extends CookieDefinition<infer Schema, string> ? Exclude<output<Schema>, undefined> : string;

/** What may be said when a cookie is set: the attributes of a name, the lifetime of a definition. */
export type SetCookieOptions<Cookie> = Cookie extends string
  ? OptionsOrNone<NamedCookieOptions<Cookie>>
  : CookieLifetime | undefined;

/** What a response begins with. */
export interface ResponseInit {
  /** Default 200. */
  readonly status?: number | undefined;
  readonly headers?: HeaderEntries | undefined;
  /** Becomes the Content-Type, of a `text/…` with `; charset=utf-8`. */
  readonly mediaType?: string | undefined;
}

/**
 * An answer. Returned by a handler, thrown from anywhere, or injected to set a status, headers and cookies beside a plain value.
 *
 * Shape:  `new Response("<a/>", { mediaType: "application/xml" })`; `new Response()` is 200 with `Content-Length: 0`.
 * Cost:   headers and cookies are made when they are asked for: most responses have none.
 * Errors: StatusError, HeaderError, CookieError, each at the call that is wrong; then nothing was changed.
 */
export class Response {
  // Declared, so that the constructor alone makes the fields: defining them first costs as much again, and twenty times as much
  // where a loader lowers fields. TypeScript's private and not #private: copy() makes a response without the constructor.
  declare body: ResponseBody;
  declare mediaType: string | null;
  declare private statusCode: number;
  declare private headerList: ResponseHeaders | undefined;
  declare private cookieList: SetCookies | undefined;
  declare private refuse: ((change: string) => never) | undefined;

  constructor(body?: ResponseBody, init?: ResponseInit) {
    this.body = body === undefined ? null : checkBody(body);
    this.mediaType = init?.mediaType ?? null;
    this.statusCode = init?.status === undefined ? 200 : checkStatus(init.status);
    this.headerList = init?.headers === undefined ? undefined : new ResponseHeaders(init.headers);
    this.cookieList = undefined;
    this.refuse = undefined;
  }

  /** From now on every change throws what `refuse` throws of it: the head is out, and nothing that is set could reach the client. */
  close(refuse: (change: string) => never): void {
    this.refuse = refuse;
  }

  get status(): number {
    return this.statusCode;
  }

  set status(status: number) {
    this.refuse?.("response.status = …");
    this.statusCode = checkStatus(status);
  }

  get headers(): ResponseHeaders {
    this.refuse?.("response.headers");
    return (this.headerList ??= new ResponseHeaders());
  }

  /** Whether a header may have been set; asking `headers` itself would make them. */
  get hasHeaders(): boolean {
    return this.headerList !== undefined;
  }

  /** Whether its head may have a character beyond ASCII: one byte there (latin1), and two in a body (UTF-8). Cookies have none. */
  get hasObsText(): boolean {
    if (this.headerList !== undefined && this.headerList.hasObsText) return true;
    return this.mediaType !== null && !isPlainValue(this.mediaType);
  }

  get cookies(): SetCookies {
    this.refuse?.("response.cookies");
    return (this.cookieList ??= new SetCookies());
  }

  set cookies(cookies: SetCookies) {
    this.refuse?.("response.cookies");
    this.cookieList = cookies;
  }

  /** Whether a cookie was set. A response that sets one belongs to one client and to no shared cache. */
  get hasCookies(): boolean {
    return this.cookieList !== undefined && this.cookieList.size > 0;
  }

  /** The Content-Type as it is sent: the header if it was set, else what the media type makes. */
  get contentType(): string | undefined {
    const header = this.headerList?.get("content-type");
    if (header !== undefined) return header;
    return this.mediaType === null ? undefined : withCharset(this.mediaType);
  }

  /**
   * Sets a cookie under a name, `Path=/; SameSite=lax` unless told otherwise, or one that was defined with its type.
   *
   * Errors: CookieError for all that a browser would drop.
   */
  setCookie<Cookie extends string | CookieDefinition>(cookie: Cookie & PlainCookie<Cookie>, value: CookieValue<Cookie>): this;
  setCookie<Cookie extends string | CookieDefinition>(
    cookie: Cookie & NamedCookie<Cookie>,
    value: CookieValue<Cookie>,
    options: SetCookieOptions<Cookie>,
  ): this;
  setCookie(cookie: string | CookieDefinition, value: unknown, options?: CookieAttributes): this {
    this.refuse?.("response.setCookie(…)");
    if (typeof cookie === "object") {
      this.cookies.add(cookie.toSetCookie(value, options));
      return this;
    }
    const attributes = writeAttributes(cookie, options);
    const pair = cookiePair(cookie, value as string, attributes); // the overloads say so, and cookiePair checks it again
    this.cookies.add({ name: cookie, pair, attributes, category: undefined });
    return this;
  }

  /** Has the browser forget a cookie. One set with another path or domain than the default needs the same ones here; a definition knows its own. */
  deleteCookie(cookie: string | CookieDefinition, reach?: CookieReach): this {
    this.refuse?.("response.deleteCookie(…)");
    const expired =
      typeof cookie === "string" ? expireCookie(cookie, reach) : expireCookie(cookie.name, { ...cookie.attributes, ...reach });
    this.cookies.add(expired);
    return this;
  }

  /** A response of the same class with the same body, whose status, headers and cookies are its own. */
  copy(): this {
    const copy = Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this);
    copy.headerList = this.headerList && new ResponseHeaders(this.headerList);
    copy.cookieList = this.cookieList && mergeCookies(this.cookieList, new SetCookies());
    copy.refuse = undefined;
    return copy;
  }
}

// Text is UTF-8 here; other media types either say so themselves (JSON, RFC 8259 §8.1) or carry it inside (XML).
function withCharset(mediaType: string): string {
  if (!mediaType.startsWith("text/") || mediaType.toLowerCase().includes("charset=")) return mediaType;
  return `${mediaType}; charset=utf-8`;
}

function checkBody(body: ResponseBody): ResponseBody {
  if (typeof body === "string" || body === null || body instanceof Uint8Array || body instanceof LazyBody) return body;
  throw new TypeError(
    `A response's body is text, bytes or null, not of type ${typeof body}. mend: new JSONResponse(value), or return the value itself`,
  );
}
