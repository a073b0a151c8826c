import type { RequestOptions, TestClient, TestResponse } from "madeleine/testing";
import type { RecordedPart, RecordedRequest } from "./cases.ts";

/** Sends a recorded request, its headers line by line. */
export function send(client: TestClient, request: RecordedRequest): Promise<TestResponse> {
  const { type, ...content } = bodyOf(request);
  const headers = { ...(type === undefined ? {} : { "content-type": type }), ...toLines(request.headers) };
  return client.request(request.method, request.path, { ...content, headers } as RequestOptions); // one kind of body at most
}

function bodyOf({ json, form, multipart, body }: RecordedRequest): { type?: string; [kind: string]: unknown } {
  if (json !== undefined) return { json };
  if (form !== undefined) return { form };
  if (multipart !== undefined) return { type: "multipart/form-data; boundary=recorded", body: toMultipart(multipart) };
  return body === undefined ? {} : { body };
}

// By hand: an empty file name, as browsers send it for an input without a file, is nothing that FormData can say.
function toMultipart(parts: readonly RecordedPart[]): string {
  const texts = parts.map(({ name, filename, content }) => {
    const file = filename === undefined ? "" : `; filename="${filename}"\r\nContent-Type: application/octet-stream`;
    return `--recorded\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
  });
  return `${texts.join("")}--recorded--\r\n`;
}

function toLines(headers: RecordedRequest["headers"] = {}): Record<string, string[]> {
  const lines: Record<string, string[]> = {};
  for (const [name, value] of isList(headers) ? headers : Object.entries(headers)) (lines[name] ??= []).push(value);
  return lines;
}

// Array.isArray does not narrow a readonly list away from the other member of the union.
function isList(headers: NonNullable<RecordedRequest["headers"]>): headers is readonly (readonly [string, string])[] {
  return Array.isArray(headers);
}
