import { createServer, type Server } from "node:http";
import { Server as NetServer, type AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "../logger.ts";
import type { Serving } from "../serving.ts";
import { refuseMalformed } from "./client-error.ts";
import { toListenError } from "./listen-error.ts";
import { closeOnSignal } from "./signals.ts";

export interface ListenOptions {
  /** Default 8000; 0 for any free port. */
  port?: number | undefined;
  /** Default: every interface, IPv6 and IPv4. */
  host?: string | undefined;
  /** Whether SIGTERM and SIGINT close the application and end the process; default true. */
  signals?: boolean | undefined;
  /** Whether to say nothing about the address; default false. */
  quiet?: boolean | undefined;
}

interface Closable {
  readonly title: string;
  close(): Promise<void>;
}

// How long a closing server waits for what is under way, and how long it listens to connections that seem idle: a request
// may be on its way on one of them, and closing it then would lose that request.
const graceMs = 30_000;
const lingerMs = 200;

/** An open port. */
export class Listening {
  readonly url: string;
  readonly #server: Server;
  readonly #serving: Serving;
  readonly #ignoreSignals: () => void;

  private constructor(server: Server, serving: Serving, ignoreSignals: () => void) {
    this.#server = server;
    this.#serving = serving;
    this.#ignoreSignals = ignoreSignals;
    this.url = urlOf(server.address() as AddressInfo);
  }

  /** Errors: ListenError. */
  static async open(
    app: Closable,
    serving: Serving,
    { port = 8000, host, signals = true, quiet = false }: ListenOptions,
  ): Promise<Listening> {
    const server = createServer(
      { connectionsCheckingInterval: 5_000, headersTimeout: 20_000, requireHostHeader: true },
      serving.callback,
    );
    refuseMalformed(server);
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error) => reject(toListenError(error, port, host)));
      server.listen({ port, host }, resolve);
    }).catch((error: unknown) => {
      throw toListenError(error, port, host); // node throws a port out of range instead of emitting it
    });
    serving.isDraining = false;
    const listening = new Listening(server, serving, signals ? closeOnSignal(app) : () => {});
    if (!quiet) process.stdout.write(`${app.title}: ${listening.url.replace("127.0.0.1", "localhost")}\n`);
    return listening;
  }

  /** Answers what is under way and what arrives on open connections meanwhile, then closes them. No request that was accepted is lost. */
  async close(logger: Logger): Promise<void> {
    this.#ignoreSignals();
    this.#serving.isDraining = true;
    const closed = new Promise((resolve) => this.#server.once("close", resolve));
    // Not http's own close(): it cuts idle connections at once, with the requests that are on their way on them.
    NetServer.prototype.close.call(this.#server);
    if (await isSettledWithin(closed, lingerMs)) return;
    const deadline = Date.now() + graceMs;
    do this.#server.closeIdleConnections();
    while (!(await isSettledWithin(closed, 50)) && Date.now() < deadline);
    if (Date.now() < deadline) return;
    const open = [...this.#serving.underWay].map((request) => `${request.method} ${request.path}`);
    logger.warn({ open }, `closing took longer than ${graceMs} ms: ${open.length} requests are cut off`);
    this.#server.closeAllConnections();
    await closed;
  }
}

async function isSettledWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const stop = new AbortController();
  const late = wait(ms, false, { signal: stop.signal }).catch(() => false);
  const isSettled = await Promise.race([promise.then(() => true), late]);
  stop.abort();
  return isSettled;
}

function urlOf({ address, family, port }: AddressInfo): string {
  const isAny = address === "::" || address === "0.0.0.0";
  const host = isAny ? "127.0.0.1" : family === "IPv6" ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
