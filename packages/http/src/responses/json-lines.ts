import { Response, type ResponseInit } from "./response.ts";
import { serializeJson } from "./serialize-json.ts";
import { mapSource, openSource, type StreamSource } from "./stream/source.ts";
import { StreamBody } from "./stream/stream-body.ts";

/**
 * A response that streams values, each as one line of JSON.
 *
 * Shape:  `new JSONLinesResponse(rows())` is `application/jsonl` with the body `{"id":1}\n{"id":2}\n`.
 * Source: jsonlines.org: one value on each line, and each line ended, also the last.
 * Errors: those of a StreamingResponse, and JSONSerializationError for a value that JSON cannot carry, wherever in the stream it comes.
 */
export class JSONLinesResponse extends Response {
  constructor(source: StreamSource<unknown>, init?: ResponseInit) {
    super(new StreamBody(mapSource(openSource(source), toLine)), init);
    this.mediaType ??= "application/jsonl";
  }
}

function toLine(value: unknown): string {
  return `${serializeJson(value)}\n`;
}
