import { HTTPException, isJson, isMultipart, isUrlencoded, JSONSyntaxError, type Request } from "@madeleine/http";
import type { InputSource } from "../parameters/source.ts";
import { invalidJson, RequestValidationError } from "../validation/index.ts";
import type { ReadBody } from "./compile-input.ts";

/** What a route reads of the body: nothing, JSON, or a form. */
export type BodyKind = "none" | "json" | "form";

export function bodyKind(sources: readonly InputSource[]): BodyKind {
  if (sources.some((source) => source.in === "body")) return "json";
  return sources.some((source) => source.in === "form" || source.in === "upload") ? "form" : "none";
}

type UseBody = (body: ReadBody) => void | Promise<void>;

/**
 * Reads the body, once and before anything is checked, and hands it on.
 *
 * Errors: 415 for another media type (a browser sends `text/plain` across origins without asking, RFC 9110 §15.5.16), 413,
 *         400; RequestValidationError for text that is no JSON. No body at all is no error: then each part is missing.
 */
export function readBody(request: Request, kind: "json" | "form", use: UseBody): void | Promise<void> {
  if (!request.body.isPresent) return use({});
  const contentType = request.headers.get("content-type");
  if (kind === "json" ? !isJson(contentType) : !isUrlencoded(contentType) && !isMultipart(contentType)) throw wrongType(kind);
  if (kind === "form") return request.form().then((form) => use({ form }));
  return request.json().then(
    (json) => use({ json }),
    (error: unknown) => refuseJson(error, request),
  );
}

async function refuseJson(error: unknown, request: Request): Promise<never> {
  if (error instanceof JSONSyntaxError) throw new RequestValidationError([invalidJson(error)], await request.text());
  throw error;
}

function wrongType(kind: "json" | "form"): HTTPException {
  const accept = kind === "json" ? "application/json" : "application/x-www-form-urlencoded, multipart/form-data";
  return new HTTPException(415, `Expected a body of type ${accept.replace(", ", " or ")}`, { accept });
}
