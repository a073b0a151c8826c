import { Html } from "./html-template.ts";
import { Response, type ResponseInit } from "./response.ts";

/** A response whose body is a page, `text/html; charset=utf-8`: text that is HTML already, or what the tag `` html`…` `` makes. */
export class HTMLResponse extends Response {
  constructor(page: string | Html, init?: ResponseInit) {
    super(page instanceof Html ? page.text : page, init);
    this.mediaType ??= "text/html";
  }
}
