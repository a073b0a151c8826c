import { encodeBody } from "./body.ts";
import { Connection } from "./connection.ts";
import { CookieJar } from "./cookie-jar.ts";
import { mergeHeaders, type HeaderLines, type RequestHeaders } from "./headers.ts";
import { fetchRaw, type RawOptions } from "./raw.ts";
import { maxRedirects, nextHop, type Hop } from "./redirects.ts";
import type { RequestOptions } from "./request-options.ts";
import { toTarget } from "./target.ts";
import { TestResponse, type Redirect } from "./test-response.ts";

/** What the client needs of an application: `App` has it, and so has a few lines around a `node:http` server. */
export interface Application {
  listen(options: { port: number; host: string; signals: false; quiet: true }): Promise<unknown>;
  close(): Promise<unknown>;
  /** `"http://127.0.0.1:1234"` while the application listens. */
  readonly url: string | undefined;
}

/** How a client asks. */
export interface TestClientOptions {
  /** Whether redirects are followed. Default: true. */
  readonly redirects?: boolean;
  /** Sent with every request. */
  readonly headers?: RequestHeaders;
  /** The origin that the application believes to have, for `Host` and cookies: `"https://shop.test"`. The socket stays local. */
  readonly baseUrl?: string;
  /** Whether `Secure` cookies work over http on loopback, as in browsers. Default: false, as on any other host. */
  readonly secureContext?: boolean;
  /** How long a response may keep silent. Default: 30,000. */
  readonly timeoutMs?: number;
}

/**
 * A client of one application over a real loopback socket, with a cookie jar: what a browser's user would see.
 *
 * Shape: `await using client = await TestClient.open(app); (await client.get("/profile")).status`.
 */
export class TestClient implements AsyncDisposable {
  /** What the client remembers between requests. */
  readonly cookies: CookieJar;
  readonly #base: URL;
  readonly #address: URL;
  readonly #connection: Connection;
  readonly #options: TestClientOptions;
  readonly #closeApp: () => Promise<unknown>;

  private constructor(address: URL, options: TestClientOptions, closeApp: () => Promise<unknown>) {
    this.#address = address;
    this.#base = new URL(options.baseUrl ?? address.origin);
    this.#options = options;
    this.#closeApp = closeApp;
    this.cookies = new CookieJar(this.#base.href, options.secureContext ?? false);
    this.#connection = new Connection(address, options.timeoutMs ?? 30_000);
  }

  /**
   * Opens a client. The application is started on a free port of 127.0.0.1 and closed with the client, unless it listens already:
   * then it is used as it is, and left running.
   */
  static async open(app: Application, options: TestClientOptions = {}): Promise<TestClient> {
    if (app.url !== undefined) return new TestClient(new URL(app.url), options, async () => {});
    await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true });
    const address: string | undefined = app.url; // TypeScript still holds the narrowing from before listen()
    if (address === undefined) throw new Error("the application listens, but its url is undefined");
    return new TestClient(new URL(address), options, () => app.close());
  }

  get(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request("GET", path, options);
  }

  head(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request("HEAD", path, options);
  }

  options(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request("OPTIONS", path, options);
  }

  post(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request("POST", path, options);
  }

  put(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request("PUT", path, options);
  }

  patch(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request("PATCH", path, options);
  }

  delete(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request("DELETE", path, options);
  }

  /**
   * Sends a request and reads the response whole, that of the last redirect where redirects are followed.
   *
   * Errors: an `Error` that begins with the method and the path: no connection, no answer in time, more than 20 redirects.
   */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<TestResponse> {
    try {
      return await this.#follow(await this.#prepare(method, path, options), options);
    } catch (cause) {
      if (options.signal?.aborted) throw cause; // the test's own doing, by the test's own reason
      throw new Error(`${method} ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }

  /** Writes bytes to a new connection and gives what comes back, as latin-1: for what no HTTP client would send. */
  fetchRaw(bytes: string | Uint8Array, options?: RawOptions): Promise<string> {
    return fetchRaw(this.#address, bytes, options);
  }

  /** Breaks off what is still under way, closes the connections, and then the application if this client started it. */
  async close(): Promise<void> {
    await this.#connection.close();
    await this.#closeApp();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #prepare(method: string, path: string, options: RequestOptions): Promise<Hop> {
    const target = toTarget(path, options.query, this.#base);
    const body = await encodeBody(options);
    const contentType = body.contentType === undefined ? undefined : { "content-type": body.contentType };
    return { method, target, body, headers: mergeHeaders(this.#options.headers, contentType, options.headers) };
  }

  async #follow(first: Hop, options: RequestOptions): Promise<TestResponse> {
    const isFollowing = options.redirect === undefined ? (this.#options.redirects ?? true) : options.redirect === "follow";
    const redirects: Redirect[] = [];
    for (let hop = first; ;) {
      const response = await this.#send(hop, options, redirects.slice());
      const next = isFollowing ? nextHop(hop, response, this.#base) : undefined;
      if (next === undefined) return response;
      const location = response.headers.get("location") ?? "";
      redirects.push({ url: response.url, status: response.status, location });
      if (redirects.length > maxRedirects) throw new Error(`more than ${maxRedirects} redirects, the last one to ${location}`);
      hop = next;
    }
  }

  async #send(hop: Hop, options: RequestOptions, redirects: Redirect[]): Promise<TestResponse> {
    const { url } = hop.target;
    const answer = await this.#connection.send(hop, this.#withCookies(hop.headers, url, options.cookies), options.signal);
    this.cookies.store(answer.headers.getSetCookie(), url);
    return new TestResponse({ ...answer, method: hop.method, url: url.href, redirects });
  }

  /** A `Cookie` header that the test wrote itself is sent as it is, and alone. */
  #withCookies(headers: HeaderLines, url: URL, own: Readonly<Record<string, string>> = {}): HeaderLines {
    if (headers.has("cookie")) return headers;
    const kept = this.cookies.pairsFor(url).filter(([name]) => !Object.hasOwn(own, name));
    const pairs = [...Object.entries(own), ...kept].map(([name, value]) => `${name}=${value}`);
    return pairs.length === 0 ? headers : new Map([...headers, ["cookie", [pairs.join("; ")]]]);
  }
}
