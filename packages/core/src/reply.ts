import {
  fromWebResponse,
  Html,
  HTMLResponse,
  isWebResponse,
  ItemStream,
  JSONLinesResponse,
  JSONResponse,
  Response,
  StreamingResponse,
  type StreamSource,
} from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";
import type { Exchange } from "./exchange.ts";
import { compileFilter, type Filter } from "./replies/filter.ts";
import { StatusReply } from "./replies/reply-with.ts";
import type { ResponseOptions } from "./replies/response-options.ts";

/** Makes the response of what a handler returned. */
export type Reply = (value: unknown, exchange: Exchange) => Response | Promise<Response>;

/** How a route says that it answers. */
export interface ReplyOptions {
  readonly status?: number | undefined;
  readonly response?: $ZodType | ItemStream | undefined;
  readonly responses?: Readonly<Record<number, $ZodType>> | undefined;
  readonly responseOptions?: ResponseOptions | undefined;
}

/**
 * How a route answers: a response as it is, a web-standard `Response` translated, html as a page, a stream while it is made, every other value
 * as JSON.
 *
 * `status` is that of plain values; one that was set on the injected response is stronger, a returned response has its own.
 * A value under the status of a redirect without `Location` is a mistake.
 */
export function compileReply(options: ReplyOptions): Reply {
  const { status = 200, response } = options;
  const respond = response instanceof ItemStream ? replyWithStream(response) : replyWithValue(options);
  return (value, exchange) => {
    if (value instanceof Response) return value;
    if (isWebResponse(value)) return fromWebResponse(value);
    const answered = value instanceof StatusReply ? value.status : (exchange.injected?.status ?? status);
    if (isRedirect(answered)) requireLocation(answered, exchange);
    return respond(value, answered);
  };
}

type Respond = (value: unknown, status: number) => Response | Promise<Response>;

function replyWithStream(stream: ItemStream): Respond {
  return (value, status) => {
    if (isStream(value)) return stream.respond(value, { status });
    throw new TypeError(
      `a route of ${stream.mediaType} returned ${value === null ? "null" : typeof value}. mend: make the handler async *, and yield the items`,
    );
  };
}

function isStream(value: unknown): value is StreamSource<unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Symbol.asyncIterator in value || Symbol.iterator in value || "getReader" in value;
}

function replyWithValue({ response, responses = {}, responseOptions }: ReplyOptions): Respond {
  const filters = new Map<number, Filter>();
  for (const [status, schema] of Object.entries(responses)) filters.set(Number(status), compileFilter(schema, responseOptions));
  const filterAny = response === undefined ? undefined : compileFilter(response as $ZodType, responseOptions);
  const hasTable = filters.size > 0;
  return (value, status) => {
    if (value instanceof StatusReply) return replyWith(value, filters);
    if (hasNoBody(status)) return new Response(null, { status });
    const filter = (hasTable ? filters.get(status) : undefined) ?? filterAny;
    if (filter === undefined || value instanceof Html) return toResponse(value, status);
    return filter(value, (filtered, serialize) => toJson(filtered, status, serialize));
  };
}

function replyWith({ status, value }: StatusReply, filters: ReadonlyMap<number, Filter>): Response | Promise<Response> {
  const filter = filters.get(status);
  if (filter === undefined) {
    const declared = filters.size === 0 ? "no responses" : `responses for ${[...filters.keys()].join(", ")}`;
    throw new TypeError(`reply(${status}, …): the route declares ${declared}. mend: { responses: { ${status}: schema } }`);
  }
  return filter(value, (filtered, serialize) =>
    hasNoBody(status) ? new Response(null, { status }) : toJson(filtered, status, serialize),
  );
}

function toResponse(value: unknown, status: number): Response {
  if (typeof value !== "object" || value === null) return toJson(value, status);
  if (value instanceof Html) return new HTMLResponse(value, { status });
  if (ArrayBuffer.isView(value))
    throw new TypeError('the handler returned bytes. mend: new Response(bytes, { mediaType: "application/octet-stream" })');
  if ("pipe" in value || "getReader" in value)
    return new StreamingResponse(value as StreamSource<string>, { status, mediaType: "application/octet-stream" }); // it checks its chunks
  if (Symbol.asyncIterator in value) return new JSONLinesResponse(value as AsyncIterable<unknown>, { status });
  return toJson(value, status);
}

function toJson(value: unknown, status: number, serialize?: (value: unknown) => string): Response {
  return new JSONResponse(value === undefined ? null : value, status === 200 ? undefined : { status }, serialize);
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** The statuses that are nothing without `Location`: of the others from 300 to 399 one needs none, one is 304, and two are of the past (RFC 9110 §15.4). */
function isRedirect(status: number): boolean {
  return status > 300 && status < 309 && (status < 304 || status > 306);
}

/** A value goes with a redirect where the injected response says where to. Boot cannot know: the handler may return a response of its own. */
function requireLocation(status: number, { injected }: Exchange): void {
  if (injected?.headers.has("location")) return;
  throw new TypeError(
    `a value was returned under ${status}, and nothing says where to: no client would follow. mend: return new RedirectResponse(url, ${status}), or set the header location of the injected response`,
  );
}
