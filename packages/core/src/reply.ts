import { JSONResponse, Response } from "@madeleine/http";
import { $ZodAsyncError, safeParse, safeParseAsync, type $ZodType } from "zod/v4/core";
import type { Exchange } from "./exchange.ts";
import { ResponseValidationError } from "./errors/response-validation-error.ts";
import { fromWebResponse } from "./web-response.ts";

/** Makes the response of what a handler returned. */
export type Reply = (value: unknown, exchange: Exchange) => Response | Promise<Response>;

/**
 * How a route answers: a response as it is, a web-standard `Response` translated, every other value as JSON.
 *
 * `status` is that of plain values; one that was set on the injected response is stronger, a returned response has its own.
 */
export function compileReply(options: { status?: number | undefined; response?: $ZodType | undefined }): Reply {
  const { status = 200, response: schema } = options;
  return (value, exchange) => {
    if (value instanceof Response) return value;
    if (value instanceof globalThis.Response) return fromWebResponse(value);
    const answerStatus = exchange.injected?.status ?? status;
    if (hasNoBody(answerStatus)) return new Response(null, { status: answerStatus });
    if (schema === undefined) return toJson(value, answerStatus);
    return filter(schema, value, (filtered) => toJson(filtered, answerStatus));
  };
}

function toJson(value: unknown, status: number): Response {
  if (typeof value === "object" && value !== null) refuseStream(value);
  return new JSONResponse(value === undefined ? null : value, status === 200 ? undefined : { status });
}

/** JSON would send the inner state of a stream, paths of files included, and of bytes a list of numbers. */
function refuseStream(value: object): void {
  if (ArrayBuffer.isView(value))
    throw new TypeError('the handler returned bytes. mend: new Response(bytes, { mediaType: "application/octet-stream" })');
  if (!(Symbol.asyncIterator in value || "getReader" in value)) return;
  const name = Object.prototype.toString.call(value).slice("[object ".length, -1);
  throw new TypeError(
    `the handler returned a stream (${name === "Object" ? value.constructor.name : name}), which is no value that JSON could carry. mend: collect it first, and return what it gave`,
  );
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** Lets through what the schema names. Errors: ResponseValidationError, which the client hears of as a bare 500. */
function filter(schema: $ZodType, value: unknown, use: (filtered: unknown) => Response): Response | Promise<Response> {
  try {
    return use(accept(safeParse(schema, value)));
  } catch (error) {
    if (!(error instanceof $ZodAsyncError)) throw error;
    return safeParseAsync(schema, value).then((result) => use(accept(result)));
  }
}

function accept(result: ReturnType<typeof safeParse>): unknown {
  if (!result.success) throw new ResponseValidationError(result.error.issues);
  return result.data;
}
