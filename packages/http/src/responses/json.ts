import { Response, type ResponseInit } from "./response.ts";
import { serializeJson } from "./serialize-json.ts";

/**
 * A response whose body is a value as JSON.
 *
 * Shape:  `new JSONResponse({ id: 7 }, { status: 201 })` is `application/json` with the body `{"id":7}`.
 * Source: RFC 8259. `serialize` writes the text where another way than the usual one is wanted.
 * Errors: JSONSerializationError, with the path of what JSON cannot carry: nothing is sent as `{}` or `null` by accident.
 */
export class JSONResponse extends Response {
  constructor(content: unknown, init?: ResponseInit, serialize: (content: unknown) => string = serializeJson) {
    super(serialize(content), init);
    this.mediaType ??= "application/json";
  }
}
