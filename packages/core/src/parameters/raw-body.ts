import type { Param } from "@madeleine/di";
import type { $ZodType } from "zod/v4/core";
import { readJsonLines } from "../inputs/json-lines.ts";
import type { Given } from "./model.ts";
import { toSource } from "./source.ts";

/**
 * The body as it came, whatever its type; empty where there is none. Beside `@Body` or `@Form` both see the same body, as the check of a
 * signature needs it.
 */
export function RawBody(): Param<Buffer> {
  return rawBody;
}

/** The body as text. Errors: 415 for another charset than UTF-8, 400 for bytes that are no UTF-8. */
export function TextBody(): Param<string> {
  return textBody;
}

/**
 * The values of a body of JSON lines while they arrive, each checked when the loop asks for it. It can be gone through once, and the whole may
 * be no longer than `maxBodyBytes`.
 *
 * Shape:  `for await (const row of rows)` of `@JSONLinesBody(Row) rows: AsyncIterable<Row>`.
 * Errors: 415 for another media type. In the loop: RequestValidationError, whose `loc` begins with `["body", 2]` for the third line; 422 for
 *         what is no JSON, 413 for a line or a body that is too long.
 */
export function JSONLinesBody<S extends $ZodType>(schema: S): Param<AsyncIterable<Given<S>>> {
  return toSource({ in: "stream", name: "JSONLinesBody", schema, give: (exchange) => readJsonLines(exchange.request, schema) });
}

// One each: the identity of a source is the object, and a body is read once.
const rawBody = toSource<Buffer>({ in: "raw", name: "RawBody", give: ({ request }) => request.bytes() });
const textBody = toSource<string>({ in: "raw", name: "TextBody", give: ({ request }) => request.text() });
