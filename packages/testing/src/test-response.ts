import { parseSetCookie, type ReceivedCookie } from "./set-cookie.ts";

/** A redirect that the client followed: the URL that answered, its status, and the `Location` as it was written. */
export interface Redirect {
  readonly url: string;
  readonly status: number;
  readonly location: string;
}

/** A response that has been read whole, so that its body can be looked at without `await`, and more than once. */
export class TestResponse {
  readonly status: number;
  readonly headers: globalThis.Headers;
  /** The method that was answered: after a redirect not always the one that was asked with. */
  readonly method: string;
  /** The URL that answered, after redirects. */
  readonly url: string;
  /** The redirects on the way, in order; empty when there was none. */
  readonly redirects: readonly Redirect[];
  readonly #body: Uint8Array;

  constructor(parts: Pick<TestResponse, "status" | "headers" | "method" | "url" | "redirects"> & { body: Uint8Array }) {
    this.status = parts.status;
    this.headers = parts.headers;
    this.method = parts.method;
    this.url = parts.url;
    this.redirects = parts.redirects;
    this.#body = parts.body;
  }

  /** The cookies that this response sets, as its `Set-Cookie` lines say; those of followed redirects are in the jar. */
  get cookies(): ReceivedCookie[] {
    return this.headers.getSetCookie().map(parseSetCookie);
  }

  /** The body as it came. */
  bytes(): Uint8Array {
    return this.#body;
  }

  /** The body as UTF-8. */
  text(): string {
    return new TextDecoder().decode(this.#body);
  }

  /**
   * The body as JSON. The type parameter is the test's claim about the value; nothing checks it.
   *
   * Errors: a body that is not JSON, with the request and how the body begins.
   */
  json<Value = unknown>(): Value {
    const text = this.text();
    try {
      return JSON.parse(text) as Value; // the caller's claim, see above
    } catch (cause) {
      const type = this.headers.get("content-type") ?? "no content type";
      const start = JSON.stringify(text.slice(0, 200));
      throw new Error(`${this.method} ${this.url} answered ${this.status} (${type}), which is not JSON: ${start}`, { cause });
    }
  }
}
