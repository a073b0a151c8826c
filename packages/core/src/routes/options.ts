import type { Need } from "@madeleine/di";
import type { ItemStream } from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";
import type { AnyMiddleware } from "../middleware/middleware.ts";
import type { ResponseOptions } from "../replies/response-options.ts";

// prettier-ignore
/** A status that an answer with a body can have (RFC 9110 §15). */
export type StatusWithBody =
  | 200 | 201 | 202 | 203 | 206 | 207 | 208 | 226
  | 300 | 301 | 302 | 303 | 307 | 308
  | 400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 418
  | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451
  | 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511;

/** A status whose answer never has a body (RFC 9110 §15.3.5, §15.3.6, §15.4.5). */
export type StatusWithoutBody = 204 | 205 | 304;

export interface RouteOptions {
  /** Of a plain value that is returned; a returned response has its own. 200 unless told otherwise. */
  status?: StatusWithBody | StatusWithoutBody | undefined;
  /** Guards, each finished before the next, before anything else of the request is read. */
  dependencies?: readonly Need[] | undefined;
  /** Around this route alone, outermost first. */
  middleware?: readonly AnyMiddleware[] | undefined;
  /** Under which the document lists the route, after the tags of its groups. */
  tags?: readonly string[] | undefined;
  /** What the route is called in logs and errors, and by who asks for its URL. */
  name?: string | undefined;
  /** The schema of a returned value: what it does not name never leaves the server. Of an `async *` handler `EventStream(schema)` or `JSONLines(schema)`. */
  response?: $ZodType | ItemStream | undefined;
  /** The schemas by status, of plain values and of those that `reply(status, value)` answers. */
  responses?: { readonly [Status in StatusWithBody]?: $ZodType } | undefined;
  /** What is left out of a value that went through a schema. */
  responseOptions?: ResponseOptions | undefined;
  /** The largest body that the route reads, in bytes, instead of the application's. */
  maxBodyBytes?: number | undefined;
  /** The largest multipart form, files included, that the route reads, in bytes, instead of the application's. */
  maxUploadBytes?: number | undefined;
}
