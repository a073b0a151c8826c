import { type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { type RequestHeaders } from "../headers/request-headers.ts";
import { HTTPException } from "../http-exception.ts";
import { BodyStream } from "./body-stream.ts";
import { BodyTooLarge } from "./errors.ts";
import { FormFields, parseForm } from "./form-fields.ts";
import { parseJSON } from "./json.ts";
import { type BodyLimits } from "./limits.ts";
import { checkCharset, isUrlencoded } from "./media-type.ts";
import { refuseBody } from "./refusal.ts";
import { collect, takeBody } from "./take-body.ts";
import { decodeText } from "./text.ts";

/**
 * The body of a request: taken off the connection at the first reading, once, and the same for every reader after.
 *
 * Errors: BodyTooLarge (413), before the first byte where Content-Length already says so. RequestAborted.
 */
export class RequestBody {
  /** A route may raise or lower it before the body is read. */
  maxBodyBytes: number;
  /** Called before the first reading: where the answer to `Expect: 100-continue` belongs (RFC 9110 §10.1.1, LM-11). */
  onFirstRead: (() => void) | undefined;
  /** The 413 that this body has earned. It stands also when the handler swallowed it (LM-02). */
  refusal: BodyTooLarge | undefined;
  /** False without Content-Length and Transfer-Encoding (RFC 9112 §6.3), or with a length of 0. Such a body is never waited for. */
  readonly isPresent: boolean;

  readonly #raw: IncomingMessage;
  readonly #headers: RequestHeaders;
  readonly #limits: BodyLimits;
  readonly #contentLength: number | undefined;
  #taken: Promise<void> | undefined;
  #bytes: Promise<Buffer> | undefined;
  #text: Promise<string> | undefined;
  #json: Promise<unknown> | undefined;
  #form: Promise<FormFields> | undefined;
  #stream: Readable | undefined;

  constructor(raw: IncomingMessage, headers: RequestHeaders, limits: BodyLimits) {
    this.#raw = raw;
    this.#headers = headers;
    this.#limits = limits;
    this.maxBodyBytes = limits.maxBodyBytes;
    const contentLength = headers.get("content-length");
    this.#contentLength = contentLength === undefined ? undefined : Number(contentLength);
    this.isPresent = this.#contentLength === undefined ? headers.has("transfer-encoding") : this.#contentLength > 0;
  }

  bytes(): Promise<Buffer> {
    return (this.#bytes ??= this.isPresent ? collect(this.#take) : Promise.resolve(Buffer.alloc(0)));
  }

  /** Errors: HTTPException 415 for another charset or a Content-Encoding, 400 for bytes that are no UTF-8. */
  text(): Promise<string> {
    return (this.#text ??= this.#readText());
  }

  /**
   * `undefined` for an empty body. The media type is the caller's to check, with `isJson`.
   *
   * Errors: those of `text` and `parseJSON`.
   */
  json(): Promise<unknown> {
    return (this.#json ??= this.text().then((text) => (text === "" ? undefined : parseJSON(text, this.#limits.maxJsonDepth))));
  }

  /** No fields for an empty body. Errors: those of `text` and `parseForm`, and HTTPException 415 for another media type. */
  form(): Promise<FormFields> {
    return (this.#form ??= this.#readForm());
  }

  /** The bytes as they come, once: no other reader may follow, but one may come before. */
  stream(): Readable {
    return (this.#stream ??= this.#openStream());
  }

  /**
   * Makes sure of a body's length when the handler is done, so that one who never read it, or half of it, does not answer in
   * place of the 413 (LM-02). A stream that is still being read is left alone.
   *
   * Errors: BodyTooLarge; RequestAborted.
   */
  async finish(): Promise<void> {
    if (this.refusal !== undefined) throw this.refusal;
    const isStreaming = this.#stream !== undefined && !this.#stream.destroyed;
    if (!this.isPresent || isStreaming) return;
    if (this.#taken !== undefined) return this.#taken;
    this.#checkLength();
    // A short body is left to node, which throws it away; a client that waits for a 100 has sent none.
    if (this.#contentLength === undefined && this.onFirstRead === undefined) await this.#take(() => {});
  }

  readonly #take = (onChunk: (chunk: Buffer) => void): Promise<void> => {
    if (this.#taken !== undefined) return Promise.reject(new Error("This body was already taken by request.stream()"));
    this.#taken = this.#takeWithin(onChunk);
    this.#taken.catch((error: unknown) => {
      if (error instanceof BodyTooLarge) this.refusal = error;
    });
    return this.#taken;
  };

  async #takeWithin(onChunk: (chunk: Buffer) => void): Promise<void> {
    this.#checkLength();
    this.onFirstRead?.();
    await takeBody(this.#raw, this.maxBodyBytes, onChunk);
  }

  #checkLength(): void {
    if (this.#contentLength === undefined || this.#contentLength <= this.maxBodyBytes) return;
    this.refusal ??= refuseBody(this.#raw, this.maxBodyBytes, this.#contentLength);
    throw this.refusal;
  }

  async #readText(): Promise<string> {
    if (!this.isPresent) return "";
    checkCharset(this.#headers.get("content-type"));
    this.#refuseEncoding();
    return decodeText(await this.bytes());
  }

  async #readForm(): Promise<FormFields> {
    if (!this.isPresent) return new FormFields(new Map());
    if (isUrlencoded(this.#headers.get("content-type"))) return parseForm(await this.text(), this.#limits.maxFields);
    throw new HTTPException(415, "Expected application/x-www-form-urlencoded");
  }

  /** A compressed body is not decoded: ten kilobytes of gzip hold ten gigabytes (LM-15). RFC 9110 §12.5.3 for the header. */
  #refuseEncoding(): void {
    const encoding = this.#headers.get("content-encoding")?.toLowerCase() ?? "identity";
    if (encoding !== "identity") throw new HTTPException(415, "Unsupported Content-Encoding", { "accept-encoding": "identity" });
  }

  #openStream(): Readable {
    const stream = this.#newStream();
    // Without a listener an aborted upload that nobody reads any more would end the process. Readers still see the error.
    return stream.on("error", () => {});
  }

  #newStream(): Readable {
    if (!this.isPresent) return Readable.from([]);
    return this.#bytes === undefined ? new BodyStream(this.#raw, this.#take) : Readable.from(wholeBody(this.#bytes));
  }
}

async function* wholeBody(bytes: Promise<Buffer>): AsyncGenerator<Buffer> {
  yield await bytes;
}
