import { readFileSync } from "node:fs";

/** One request as it was sent to FastAPI. A list of headers keeps lines with one name apart. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly multipart?: readonly RecordedPart[];
  readonly body?: string;
}

/** A part of a multipart body; with a `filename`, an empty one too, it is a file. */
export interface RecordedPart {
  readonly name: string;
  readonly content: string;
  readonly filename?: string;
}

/** A `Set-Cookie` line: attributes in lower case, flags as `true`. */
export interface RecordedCookie {
  readonly name: string;
  readonly value: string;
  readonly attributes: Readonly<Record<string, string | true>>;
}

/** What an answer has to be; what is not mentioned may be anything. */
export interface Expectation {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly headers_absent?: readonly string[];
  readonly set_cookie?: readonly RecordedCookie[];
  readonly json?: unknown;
  readonly text?: string;
  readonly body_length?: number;
  /** Only status, and `loc` and `type` of each problem, are compared: the rest are pydantic's words. */
  readonly match?: string;
  readonly log_order?: readonly string[];
}

/** One recorded case: an application in words, a request, and what FastAPI or Starlette answered. */
export interface RecordedCase {
  readonly id: string;
  readonly area: string;
  readonly app: string;
  /** Of several steps each sends the cookies that those before it have set. */
  readonly request: RecordedRequest | { readonly steps: readonly RecordedRequest[] };
  readonly expect: Expectation | { readonly steps: readonly Expectation[] };
  /** The test of FastAPI or Starlette that it was taken from. */
  readonly source: string;
  readonly note?: string;
}

/** All recorded cases. */
export const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8")) as readonly RecordedCase[];

/** Errors: an id that nobody recorded. */
export function findCase(id: string): RecordedCase {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`cases.json has no case ${JSON.stringify(id)}`);
  return found;
}
