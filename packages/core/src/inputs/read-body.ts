import {
  decodeText,
  HTTPException,
  isJson,
  isMultipart,
  isUrlencoded,
  JSONSyntaxError,
  type FormFields,
  type Later,
  type Request,
} from "@madeleine/http";
import type { InputSource } from "../parameters/source.ts";
import { invalidJson, RequestValidationError } from "../validation/index.ts";

/** What a route reads of the body: nothing, JSON, or a form. */
export type BodyKind = "none" | "json" | "form";

export function bodyKind(sources: readonly InputSource[]): BodyKind {
  if (sources.some((source) => source.in === "body")) return "json";
  return sources.some((source) => source.in === "form" || source.in === "upload") ? "form" : "none";
}

/**
 * The bytes of a JSON body. Nothing is waited for where there is none: then each part is missing.
 *
 * Errors: 415 for another media type (a browser sends `text/plain` across origins without asking, RFC 9110 §15.5.16); 413.
 */
export function receiveJson(request: Request): Later<Buffer> | undefined {
  const { body } = request;
  if (!body.isPresent) return undefined;
  if (!isJson(body.contentType)) throw wrongType("application/json");
  return body.receiveText();
}

/** What was received, parsed. Errors: RequestValidationError for text that is no JSON; 400. */
export function parseReceived({ body }: Request, received: Buffer): unknown {
  try {
    return body.parse(received);
  } catch (error) {
    if (!(error instanceof JSONSyntaxError)) throw error;
    throw new RequestValidationError([invalidJson(error)], decodeText(received));
  }
}

/** The form of the body, by the same rules. */
export function receiveForm(request: Request): Promise<FormFields> | undefined {
  const { body } = request;
  if (!body.isPresent) return undefined;
  const { contentType } = body;
  if (!isUrlencoded(contentType) && !isMultipart(contentType))
    throw wrongType("application/x-www-form-urlencoded, multipart/form-data");
  return body.form();
}

/** The same, of a body that something else reads as it came: it is kept, as the form would use it up. */
export async function receiveKeptForm(request: Request): Promise<FormFields | undefined> {
  await request.bytes();
  return receiveForm(request);
}

function wrongType(accept: string): HTTPException {
  return new HTTPException(415, `Expected a body of type ${accept.replace(", ", " or ")}`, { accept });
}
