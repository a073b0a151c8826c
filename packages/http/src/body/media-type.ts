import { HTTPException } from "../http-exception.ts";

/**
 * Whether a Content-Type is JSON, by its name or its suffix.
 *
 * Shape:  `"application/json"`, `"Application/JSON; charset=utf-8"`, `"application/problem+json"` are; `"text/json"`, `"application/geo+json-seq"`
 *         and a missing one are not.
 * Source: RFC 8259 §11, RFC 6839 §3.1. A missing type is not JSON: a page of another site can send that without a preflight
 *         (CVE-2021-32677, JB-09).
 */
export function isJson(contentType: string | undefined): boolean {
  if (contentType === "application/json") return true;
  const essence = essenceOf(contentType);
  return essence === "application/json" || (essence.startsWith("application/") && essence.endsWith("+json"));
}

/** Whether a Content-Type is `application/x-www-form-urlencoded`. */
export function isUrlencoded(contentType: string | undefined): boolean {
  return essenceOf(contentType) === "application/x-www-form-urlencoded";
}

/** Whether a Content-Type is `multipart/form-data`. */
export function isMultipart(contentType: string | undefined): boolean {
  return essenceOf(contentType) === "multipart/form-data";
}

/** Whether a Content-Type is JSON by line; the names are none of IANA's, and these are the ones in use. */
export function isJsonLines(contentType: string | undefined): boolean {
  return JSON_LINES.has(essenceOf(contentType));
}

const JSON_LINES: ReadonlySet<string> = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/x-jsonlines",
  "application/jsonlines",
]);

/**
 * Accepts a text that UTF-8 can read. No charset means UTF-8 (RFC 8259 §8.1), and ASCII is a part of it.
 *
 * Errors: HTTPException 415 for any other charset (JB-11).
 */
export function checkCharset(contentType: string | undefined): void {
  if (contentType === undefined || !contentType.includes(";")) return;
  const charset = parameterOf(contentType, "charset")?.toLowerCase();
  if (charset !== undefined && !READABLE.has(charset)) throw new HTTPException(415, "The charset of a body must be utf-8");
}

const READABLE: ReadonlySet<string> = new Set(["utf-8", "utf8", "us-ascii"]);

function essenceOf(contentType: string | undefined): string {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/**
 * The value of a Content-Type's parameter, unquoted; of several the first.
 *
 * Cost: linear, by hand: a regular expression here was CVE-2024-24762.
 */
export function parameterOf(contentType: string, name: string): string | undefined {
  for (const parameter of contentType.split(";").slice(1)) {
    const equals = parameter.indexOf("=");
    if (equals === -1 || parameter.slice(0, equals).trim().toLowerCase() !== name) continue;
    const value = parameter.slice(equals + 1).trim();
    const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
    return isQuoted ? value.slice(1, -1) : value;
  }
  return undefined;
}
