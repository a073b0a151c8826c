import { Response, type ResponseInit } from "./response.ts";

/** A response whose body is text that a browser shows as it is: `text/plain; charset=utf-8`. */
export class PlainTextResponse extends Response {
  constructor(text: string, init?: ResponseInit) {
    super(text, init);
    this.mediaType ??= "text/plain";
  }
}
