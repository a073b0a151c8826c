import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { HTTPException } from "../http-exception.ts";
import type { Later } from "../later.ts";
import { boundaryOf } from "../multipart/boundary.ts";
import type { FileLimits } from "../multipart/limits.ts";
import { readMultipartForm } from "../multipart/multipart-form.ts";
import { readParts } from "../multipart/read-parts.ts";
import type { UploadPart } from "../multipart/upload-part.ts";
import { UploadSpool } from "../multipart/upload-spool.ts";
import { UploadStream } from "../multipart/upload-stream.ts";
import { type BodyHead, readBodyHead } from "./body-head.ts";
import { BodyIntake } from "./body-intake.ts";
import { FormFields, parseForm } from "./form-fields.ts";
import { readJSONLines } from "./json-lines.ts";
import { parseJSON } from "./json.ts";
import type { BodyLimits } from "./limits.ts";
import { checkCharset, isMultipart, isUrlencoded } from "./media-type.ts";
import { decodeText } from "./text.ts";

/**
 * The body of a request: taken off the connection at the first reading, once, and the same for every reader after. Each reads
 * it inflated, whatever its Content-Encoding, and every limit counts inflated bytes.
 *
 * Errors: those of `BodyIntake`, whoever reads.
 */
export class RequestBody {
  /** A route may raise or lower it before the body is read. */
  maxBodyBytes: number;
  /** The same for a multipart body as a whole, by `form` and `uploads`. */
  maxUploadBytes: number;
  /** The same for the files of some names, by name. */
  fileLimits: ReadonlyMap<string, FileLimits> = noFileLimits;

  readonly #intake: BodyIntake;
  readonly #head: BodyHead;
  readonly #limits: BodyLimits;
  #received: Later<Buffer> | undefined;
  #json: unknown = unread;
  #form: Promise<FormFields> | undefined;
  #stream: Readable | undefined;
  #spool: UploadSpool | undefined;

  constructor(raw: IncomingMessage, limits: BodyLimits) {
    this.#head = readBodyHead(raw);
    this.#intake = new BodyIntake(raw, this.#head);
    this.#limits = limits;
    this.maxBodyBytes = limits.maxBodyBytes;
    this.maxUploadBytes = limits.maxUploadBytes;
  }

  /** False where there is none, or an empty one. Such a body is never waited for. */
  get isPresent(): boolean {
    return this.#head.isPresent;
  }

  /** As the client wrote it. */
  get contentType(): string | undefined {
    return this.#head.contentType;
  }

  /** Called before the first reading: where the answer to `Expect: 100-continue` belongs (RFC 9110 §10.1.1, LM-11). */
  set onFirstRead(listener: (() => void) | undefined) {
    this.#intake.onFirstRead = listener;
  }

  /** The whole body, without a promise. */
  receive(): Later<Buffer> {
    return (this.#received ??= this.#intake.collect(this.maxBodyBytes));
  }

  /** The same of a text. Errors: HTTPException 415 for another charset. */
  receiveText(): Later<Buffer> {
    if (this.isPresent) checkCharset(this.contentType);
    return this.receive();
  }

  /** The JSON of what was received, the same value each time; `undefined` for none. Errors: those of `decodeText` and `parseJSON`. */
  parse(received: Buffer): unknown {
    if (this.#json !== unread) return this.#json;
    const text = decodeText(received);
    return (this.#json = text === "" ? undefined : parseJSON(text, this.#limits.maxJsonDepth));
  }

  bytes(): Promise<Buffer> {
    return begin(async () => this.receive());
  }

  /** Errors: HTTPException 415 for another charset, 400 for bytes that are no UTF-8. */
  text(): Promise<string> {
    return begin(async () => decodeText(await this.receiveText()));
  }

  /** `undefined` for an empty body. The media type is the caller's to check, with `isJson`. Errors: those of `receiveText` and `parse`. */
  json(): Promise<unknown> {
    return begin(async () => this.parse(await this.receiveText()));
  }

  /**
   * The values of JSON lines as they come, once. The media type is the caller's to check, with `isJsonLines`.
   *
   * Errors: HTTPException 415 for another charset; those of `readJSONLines`.
   */
  async *jsonLines(): AsyncGenerator<unknown> {
    checkCharset(this.contentType);
    try {
      yield* readJSONLines(this.stream(), this.#limits);
    } catch (error) {
      throw this.#intake.refuse(error);
    }
  }

  /**
   * The fields of an urlencoded or multipart form; none for an empty body. Files longer than `maxMemoryFileBytes` are on disk until
   * `close`.
   *
   * Errors: HTTPException 415 for another media type; those of `text` and `parseForm`, or of `boundaryOf`, `readParts` and
   *         `readMultipartForm`.
   */
  form(): Promise<FormFields> {
    return (this.#form ??= begin(() => this.#readForm()));
  }

  /** The parts of a multipart form while they arrive, once. */
  uploads(): UploadStream {
    return new UploadStream(() => this.#readParts());
  }

  /** The bytes as they come, once: no other reader may follow, but one may come before. */
  stream(): Readable {
    return (this.#stream ??= this.#open(this.maxBodyBytes));
  }

  /** Makes sure of a body's length when the handler is done: see `BodyIntake`. */
  finish(): PromiseLike<unknown> | undefined {
    return this.#intake.finish(() =>
      isMultipart(this.contentType) ? Math.max(this.maxUploadBytes, this.maxBodyBytes) : this.maxBodyBytes,
    );
  }

  /** Lets go of a stream that is half read. To be called when the answer was sent. */
  abandon(): void {
    this.#intake.abandon();
  }

  /** Leaves the body to who reads `request.raw` itself: nothing is read here any more, and no limit is kept. */
  release(): void {
    this.#intake.release();
  }

  /**
   * The body for who reads `request.raw` itself, where somebody was earlier; undefined where nothing was read.
   *
   * Errors: the developer's Error where the earlier one kept nothing.
   */
  get taken(): Later<Buffer> | undefined {
    if (!this.isPresent) return undefined;
    return this.#received ?? this.#intake.gone;
  }

  /** Removes the files that a form left on disk. To be called when the request is over, its background tasks included. */
  close(): Promise<void> | undefined {
    if (this.#spool === undefined) return undefined;
    this.abandon();
    return this.#spool.discard();
  }

  #open(maxBytes: number): Readable {
    const isRead = this.#received !== undefined && this.isPresent;
    if (!isRead) return this.#intake.open(maxBytes);
    return Readable.from(wholeBody(this.bytes())).on("error", () => {}); // without a listener it would end the process
  }

  async #readForm(): Promise<FormFields> {
    if (!this.isPresent) return new FormFields(new Map());
    const contentType = this.contentType;
    if (isUrlencoded(contentType)) return parseForm(await this.text(), this.#limits.maxFields);
    if (!isMultipart(contentType)) throw wrongType("application/x-www-form-urlencoded, multipart/form-data");
    this.#spool = new UploadSpool(this.#limits.uploadDirectory);
    const { maxMemoryFileBytes } = this.#limits;
    try {
      return await readMultipartForm(this.#readParts(), this.#spool, { maxBodyBytes: this.maxBodyBytes, maxMemoryFileBytes });
    } catch (error) {
      throw this.#intake.refuse(error);
    }
  }

  async *#readParts(): AsyncGenerator<UploadPart> {
    if (!this.isPresent) return;
    const contentType = this.contentType ?? "";
    if (!isMultipart(contentType)) throw wrongType("multipart/form-data");
    const boundary = boundaryOf(contentType);
    const source = this.#open(this.maxUploadBytes);
    const limits = { ...this.#limits, files: this.fileLimits };
    try {
      yield* readParts(source, boundary, limits, (reason) => this.#intake.refuse(reason));
    } catch (error) {
      throw this.#intake.refuse(error);
    }
  }
}

/**
 * A reading that may be awaited late: a middleware begins to read, and looks at it after next(). What a client does wrong meanwhile must not
 * be a rejection that nobody handles, which ends a process (ST-05).
 */
function begin<Result>(read: () => Promise<Result>): Promise<Result> {
  const reading = read();
  reading.catch(() => {});
  return reading;
}

const unread = Symbol("unread");

const noFileLimits: ReadonlyMap<string, FileLimits> = new Map();

/** Source: RFC 9110 §15.5.16. */
function wrongType(accept: string): HTTPException {
  return new HTTPException(415, `Expected a body of type ${accept.replace(", ", " or ")}`, { accept });
}

async function* wholeBody(bytes: Promise<Buffer>): AsyncGenerator<Buffer> {
  yield await bytes;
}
