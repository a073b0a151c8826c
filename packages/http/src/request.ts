import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { isOpenStream } from "./body/body-head.ts";
import { RequestAborted } from "./body/errors.ts";
import type { FormFields } from "./body/form-fields.ts";
import { type BodyLimits, defaultBodyLimits } from "./body/limits.ts";
import { RequestBody } from "./body/request-body.ts";
import { type Client, findClient, protocolOf } from "./client/client.ts";
import { hostnameOf } from "./client/host.ts";
import type { TrustProxy } from "./client/trust-proxy.ts";
import { type CookieRules, RequestCookies } from "./cookies/request-cookies.ts";
import type { SetCookies } from "./cookies/set-cookies.ts";
import { RequestHeaders } from "./headers/request-headers.ts";
import type { UploadStream } from "./multipart/upload-stream.ts";
import { QueryParameters } from "./query/query-parameters.ts";
import { toOriginForm } from "./query/target.ts";

/** Made once for an application. */
export interface RequestSettings extends BodyLimits, CookieRules {
  /** Whom to believe about the client: made by `compileTrustProxy`. */
  readonly trustProxy: TrustProxy | undefined;
  /** Under which a proxy publishes the application: `"/api/v1"`. */
  readonly rootPath?: string | undefined;
  /** Whether nobody but the framework has node's response. */
  readonly ownsResponse?: boolean | undefined;
}

/** The default body limits, and no proxy. */
export const defaultRequestSettings: RequestSettings = { ...defaultBodyLimits, trustProxy: undefined };

/**
 * A request, over node's.
 *
 * Shape: `GET /items?q=tea` has `method "GET"`, `path "/items"` (percent-encoded as it came), `search "q=tea"`.
 * Cost:  only these three are computed for every request; whatever else is asked for is made then, once.
 */
export class Request {
  readonly raw: IncomingMessage;
  readonly method: string;
  /** From the request target alone. Host has no part in it (PX-03), and an absolute target counts by its path (PA-17). */
  readonly path: string;
  /** The text after `?`, or `""`. */
  readonly search: string;
  /** What stands before `path` in the address: where the application is mounted, or published by a proxy. `""` where it is neither. */
  readonly rootPath: string;

  readonly #settings: RequestSettings;
  readonly #rawResponse: ServerResponse | undefined;
  readonly #outer: Request | undefined;
  /** Whose cookies are the same: those of another application may have other secrets. */
  readonly #shared: Request | undefined;
  #headers: RequestHeaders | undefined;
  #query: QueryParameters | undefined;
  #cookies: RequestCookies | undefined;
  #client: Client | undefined;
  #hasBody: boolean | undefined;
  #body: RequestBody | undefined;
  #signal: AbortSignal | undefined;

  /** `rawResponse` is what `signal` watches; an upgraded connection has none, and there the socket is watched. */
  constructor(
    raw: IncomingMessage,
    settings: RequestSettings = defaultRequestSettings,
    rawResponse?: ServerResponse,
    mounted?: Mounted,
  ) {
    this.raw = raw;
    this.#settings = settings;
    this.#rawResponse = rawResponse;
    this.#outer = mounted?.outer;
    this.#shared = mounted?.hasOwnCookies === true ? undefined : mounted?.outer;
    this.method = raw.method ?? "GET";
    if (mounted !== undefined) {
      const { outer, rootPath } = mounted;
      this.rootPath = outer.rootPath + rootPath;
      this.path = outer.path.slice(rootPath.length) || "/";
      this.search = outer.search;
      return;
    }
    const target = toOriginForm(raw.url ?? "/");
    const mark = target.indexOf("?");
    const path = mark === -1 ? target : target.slice(0, mark);
    this.rootPath = settings.rootPath ?? "";
    this.path = this.rootPath === "" ? path : withoutRoot(path, this.rootPath);
    this.search = mark === -1 ? "" : target.slice(mark + 1);
  }

  /** Whether nobody but the framework has the response of node that answers it. */
  get ownsResponse(): boolean | undefined {
    return this.#settings.ownsResponse;
  }

  get headers(): RequestHeaders {
    return (this.#headers ??= this.#outer?.headers ?? new RequestHeaders(this.raw));
  }

  /** Errors: HTTPException 400 for more parameters than `maxFields`. */
  get query(): QueryParameters {
    return (this.#query ??= this.#outer?.query ?? new QueryParameters(this.search, this.#settings.maxFields));
  }

  get cookies(): RequestCookies {
    return (this.#cookies ??= this.#shared?.cookies ?? new RequestCookies(this.headers.get("cookie"), this.#settings));
  }

  /** What the response has to set or delete because of cookies that were read: see {@link RequestCookies}. */
  get cookieCorrections(): SetCookies | undefined {
    return this.#cookies?.corrections;
  }

  /** Built from what the client says of itself. For a link in a mail use a configured address instead (PX-09). */
  get url(): string {
    const path = this.path === "*" ? "" : this.path; // RFC 9112 §3.2.4: the server itself
    return `${this.protocol}://${this.host}${this.rootPath}${path}${this.search === "" ? "" : `?${this.search}`}`;
  }

  /** `undefined` on a Unix socket, and when first asked for after the connection is gone. */
  get ip(): string | undefined {
    return this.#knownClient.ip;
  }

  get protocol(): "http" | "https" {
    if (this.#settings.trustProxy === undefined) return protocolOf(this.raw); // to know all of the client costs 0.3 µs
    return this.#knownClient.protocol;
  }

  /** Whether the client came over https, itself or to a trusted proxy. */
  get secure(): boolean {
    return this.protocol === "https";
  }

  /** With the port, where the client named one: `"example.com:8000"`. */
  get host(): string {
    return this.#knownClient.host;
  }

  /** Without the port, in lower case. */
  get hostname(): string {
    return hostnameOf(this.host);
  }

  /** Aborts with RequestAborted when the client goes away before its answer was sent whole; never on a normal end (LM-08). */
  get signal(): AbortSignal {
    return (this.#signal ??= this.#outer?.signal ?? watchClient(this.raw, this.#rawResponse)); // made only here: a controller costs 8 µs
  }

  /** Whether a body was announced (RFC 9112 §6.3, RFC 9113 §8.1), be it an empty one. What was not announced is never waited for. */
  get hasBody(): boolean {
    return (this.#hasBody ??= announcesBody(this.raw.rawHeaders) || isOpenStream(this.raw));
  }

  /** What the framework settles about the body; handlers read it by the methods below. */
  get body(): RequestBody {
    return (this.#body ??= this.#outer?.body ?? new RequestBody(this.raw, this.#settings));
  }

  bytes(): Promise<Buffer> {
    return this.body.bytes();
  }

  text(): Promise<string> {
    return this.body.text();
  }

  /** `undefined` for an empty body. */
  json(): Promise<unknown> {
    return this.body.json();
  }

  /** The values of JSON lines as they come. What is unread when the answer was sent is thrown away. */
  jsonLines(): AsyncGenerator<unknown> {
    this.#endWithAnswer();
    return this.body.jsonLines();
  }

  /** The fields of an urlencoded or multipart form, its files included. */
  form(): Promise<FormFields> {
    return this.body.form();
  }

  /** The parts of a multipart form while they arrive. What is unread when the answer was sent is thrown away. */
  uploads(): UploadStream {
    this.#endWithAnswer();
    return this.body.uploads();
  }

  /** The body as it comes, for what is too large to hold. What is unread when the answer was sent is thrown away. */
  stream(): Readable {
    this.#endWithAnswer();
    return this.body.stream();
  }

  /**
   * The same request, as what is mounted under the first part of its path sees it. Everything but the path is shared, and the
   * cookies where it has rules of its own for them.
   *
   * Shape: of `/admin/users`, `under("/admin")` has the path `/users`; of `/admin`, it has `/`.
   */
  under(rootPath: string, rules?: CookieRules): Request {
    const settings = rules === undefined ? this.#settings : { ...this.#settings, ...rules };
    return new Request(this.raw, settings, this.#rawResponse, { outer: this, rootPath, hasOwnCookies: rules !== undefined });
  }

  /**
   * Removes what the request left on disk: the files of a form. The framework calls it when the request is over, its background
   * tasks included; nothing is to be waited for where there is nothing.
   */
  close(): Promise<void> | undefined {
    return this.#body?.close();
  }

  /** A stream left half-read would hold the connection's next request back for ever. */
  #endWithAnswer(): void {
    this.#rawResponse?.once("finish", () => this.body.abandon());
  }

  get #knownClient(): Client {
    return (this.#client ??=
      this.#outer === undefined ? findClient(this.raw, this.#settings.trustProxy) : this.#outer.#knownClient);
  }
}

/** Where a request is seen from inside of a mount. */
interface Mounted {
  readonly outer: Request;
  readonly rootPath: string;
  readonly hasOwnCookies: boolean;
}

/** By length first, which settles most names: this runs for every request. */
function announcesBody(lines: readonly string[]): boolean {
  for (let at = 0; at < lines.length; at += 2) {
    const { length } = lines[at]!;
    if ((length === 14 || length === 17) && isBodyHeader(lines[at]!.toLowerCase())) return true;
  }
  return false;
}

function isBodyHeader(name: string): boolean {
  return name === "content-length" || name === "transfer-encoding";
}

// Some proxies take the part off that is theirs, and some leave it on.
function withoutRoot(path: string, rootPath: string): string {
  return path.startsWith(rootPath) && path[rootPath.length] === "/" ? path.slice(rootPath.length) : path;
}

function watchClient(raw: IncomingMessage, rawResponse: ServerResponse | undefined): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    if (rawResponse?.writableFinished !== true) controller.abort(new RequestAborted());
  };
  const watched = rawResponse ?? raw.socket;
  if (watched.destroyed) abort();
  else watched.once("close", abort);
  return controller.signal;
}
