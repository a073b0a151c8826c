import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, get, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { RequestAborted } from "../../src/body/errors.ts";
import { HTTPException } from "../../src/http-exception.ts";
import { defaultRequestSettings, Request, type RequestSettings } from "../../src/request.ts";
import { OwnTime } from "../../../../scripts/test/own-time.ts";

export type Handle = (request: Request, response: ServerResponse) => unknown;

/** What an answer said, or 0 where the connection ended without one. */
export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly content: string;
}

/** A server that answers as core does, and knows what a request may leave behind: nothing. */
export class UploadServer {
  readonly directory = mkdtempSync(join(tmpdir(), "madeleine-tests-"));
  readonly failures: unknown[] = [];
  handle: Handle = () => undefined;
  settings: Partial<RequestSettings> = {};
  /** How many requests came since the reset, without the canary's. */
  arrived = 0;
  readonly #crashes: unknown[] = [];
  readonly #onCrash = (error: unknown): void => void this.#crashes.push(error);
  readonly #server = createServer((raw, response) => void this.#answer(raw, response));
  #open = 0;

  async #answer(raw: Request["raw"], response: ServerResponse): Promise<void> {
    this.#open++;
    if (raw.url !== "/canary") this.arrived++;
    const settings = { ...defaultRequestSettings, uploadDirectory: this.directory, ...this.settings };
    const request = new Request(raw, settings, response);
    try {
      const value = request.path === "/canary" ? "alive" : await this.handle(request, response);
      if (request.path !== "/canary") await request.body.finish();
      if (!response.headersSent) response.end(JSON.stringify(value) ?? "undefined");
    } catch (error) {
      this.failures.push(error);
      if (error instanceof HTTPException) refuse(response, error);
      else if (error instanceof RequestAborted || response.destroyed) response.destroy();
      else response.writeHead(500).end(JSON.stringify(String(error)));
    }
    if (!response.destroyed && !response.writableFinished) await new Promise((resolve) => response.once("close", resolve));
    await request.close();
    this.#open--;
  }

  async start(): Promise<void> {
    process.on("uncaughtException", this.#onCrash).on("unhandledRejection", this.#onCrash);
    await new Promise<void>((resolve) => void this.#server.listen(0, "127.0.0.1", resolve));
    await this.canary();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => void this.#server.close(resolve));
    process.off("uncaughtException", this.#onCrash).off("unhandledRejection", this.#onCrash);
    rmSync(this.directory, { recursive: true });
  }

  reset(): void {
    this.handle = () => undefined;
    this.settings = {};
    this.arrived = 0;
    this.failures.length = 0;
  }

  connect(bytes: string | Buffer = ""): Socket {
    const { port } = this.#server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    return socket.on("error", () => {});
  }

  /** Sends bytes as they are, whole or in pieces, and gives what came back until the server closed. */
  async send(bytes: Buffer | readonly Buffer[]): Promise<Answer> {
    const socket = this.connect();
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString()));
    for (const piece of Array.isArray(bytes) ? bytes : [bytes]) {
      socket.write(piece);
      if (Array.isArray(bytes)) await new Promise((resolve) => setImmediate(resolve));
    }
    await closed(socket);
    const end = text.indexOf("\r\n\r\n");
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), head: text.slice(0, end), content: text.slice(end + 4) };
  }

  /** Units: milliseconds of this process's own time until it answered. */
  async canary(): Promise<number> {
    const { port } = this.#server.address() as AddressInfo;
    using time = new OwnTime();
    await new Promise((resolve, reject) => {
      get({ port, host: "127.0.0.1", path: "/canary", agent: false }, (response) => {
        response.resume().on("end", resolve);
      }).on("error", reject);
    });
    return time.ms;
  }

  /** Asserts that nothing is left of any request, and that the server lives. */
  async assertClean(baselineFds: number): Promise<void> {
    const deadline = Date.now() + 30_000; // files are removed by threads that a busy machine lets wait
    const isClean = (): boolean => this.#open === 0 && this.files().length === 0 && countFds() <= baselineFds;
    while (!isClean() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(this.files(), [], "no temporary file is left");
    assert.is(this.#open, 0, "every request has ended");
    assert.ok(countFds() <= baselineFds, `file descriptors are back to ${baselineFds}, not ${countFds()}`);
    // the fastest of three: one may meet what the threads of this process are still about
    const answers = [await this.canary(), await this.canary(), await this.canary()];
    assert.ok(Math.min(...answers) < 200, `the canary answers within ${answers.join(", ")} ms`);
    assert.equal(this.#crashes, [], "no error was left without a reader");
    assert.is(({} as { polluted?: unknown }).polluted, undefined);
  }

  /** Kept when something holds; where it never does, the runner's limit of time ends the wait. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** The temporary files of now. */
  files(): string[] {
    return readdirSync(this.directory);
  }
}

function refuse(response: ServerResponse, { status, headers, detail }: HTTPException): void {
  const content = JSON.stringify(detail);
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(content) }).end(content);
}

export function countFds(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return 0; // not on this system
  }
}

// Not `once` of node:events: a reset, which is what some of these attacks earn, would reject it.
export const closed = (socket: Socket): Promise<void> => new Promise((resolve) => void socket.on("close", () => resolve()));

export const BOUNDARY = "----madeleineBoundary7MA4";

/** A part as browsers write it; `head` in place of the lines that it would have. */
export interface WrittenPart {
  readonly name?: string;
  readonly filename?: string;
  readonly type?: string;
  readonly head?: string;
  readonly content?: string | Buffer;
}

export function writeMultipart(...parts: WrittenPart[]): Buffer {
  const pieces = parts.flatMap((part) => [
    Buffer.from(`--${BOUNDARY}\r\n${part.head ?? writeHead(part)}\r\n\r\n`),
    Buffer.from(part.content ?? ""),
    Buffer.from("\r\n"),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

function writeHead({ name = "f", filename, type }: WrittenPart): string {
  const disposition = `Content-Disposition: form-data; name="${name}"${filename === undefined ? "" : `; filename="${filename}"`}`;
  return type === undefined ? disposition : `${disposition}\r\nContent-Type: ${type}`;
}

/** A whole request, after which the connection closes. */
export function post(content: Buffer, ...lines: string[]): Buffer {
  const type = lines.some((line) => /^content-type:/i.test(line)) ? [] : [MULTIPART_TYPE];
  const head = ["POST / HTTP/1.1", "Host: a", "Connection: close", `Content-Length: ${content.length}`, ...type, ...lines];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), content]);
}

export const MULTIPART_TYPE = `Content-Type: multipart/form-data; boundary=${BOUNDARY}`;

/** `Array.fromAsync`, which node 20 has not. */
export async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const collected: Value[] = [];
  for await (const value of values) collected.push(value);
  return collected;
}
