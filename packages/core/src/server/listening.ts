import type { Server, ServerOptions } from "node:http";
import { Server as NetServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { departures, nodeHttp } from "@madeleine/http";
import type { Logger } from "../logger.ts";
import type { Serving } from "../serving.ts";
import { refuseMalformed } from "./client-error.ts";
import { toListenError } from "./listen-error.ts";
import { takeProcess } from "./take-process.ts";

export interface ListenOptions {
  /** Default 8000; 0 for any free port. */
  port?: number | undefined;
  /** Default: every interface, IPv6 and IPv4. */
  host?: string | undefined;
  /**
   * Whether the process is the application's: SIGTERM and SIGINT close it and end the process, and a promise that was rejected and
   * that nobody awaited is logged. Default true.
   */
  signals?: boolean | undefined;
  /** Whether to say nothing about the address; default false. */
  quiet?: boolean | undefined;
  /** How long `close` waits for what is under way before it cuts it off. Default: 30,000. */
  graceMs?: number | undefined;
}

interface Application {
  readonly title: string;
  close(): Promise<void>;
}

// How long a closing server listens to connections that seem idle: a request may be on its way on one of them, and closing
// it then would lose that request.
const lingerMs = 500;
const stepMs = 50;

/** An open port. */
export class Listening {
  readonly url: string;
  readonly #server: Server;
  readonly #serving: Serving;
  readonly #graceMs: number;
  readonly #sockets = new Set<Socket>();
  /** Leaves the process to others again. */
  readonly leaveProcess: () => void;

  private constructor(server: Server, serving: Serving, graceMs: number, leaveProcess: () => void) {
    this.#server = server;
    this.#serving = serving;
    this.#graceMs = graceMs;
    this.leaveProcess = leaveProcess;
    this.url = urlOf(server.address() as AddressInfo);
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
      socket.prependListener("end", () => departures.leave()); // a client that has said all ends its half, and node at once the other
    });
  }

  /** Errors: ListenError. */
  static async open(app: Application, serving: Serving, logger: Logger, options: ListenOptions): Promise<Listening> {
    const { port = 8000, host, signals = true, quiet = false, graceMs = 30_000 } = options;
    const server = nodeHttp.createServer(serverOptions, serving.listener);
    server.on("checkContinue", serving.continueWhenRead);
    server.on("checkExpectation", serving.refuseExpectation);
    refuseMalformed(server, serving);
    await openPort(server, port, host);
    // Too many open files, for one: then a connection is not accepted, and the others go on (OP-08).
    server.on("error", (error) => logger.error({ err: error }, "a connection could not be accepted"));
    serving.answering.isDraining = false;
    const listening = new Listening(server, serving, graceMs, signals ? takeProcess(app, logger) : () => {});
    if (!quiet) process.stdout.write(`${app.title}: ${listening.url.replace("127.0.0.1", "localhost")}\n`);
    return listening;
  }

  /**
   * Answers what is under way and what arrives on open connections meanwhile, then closes them: no request that was accepted
   * is lost.
   *
   * Errors: an Error that names the requests that were cut off after the time of grace.
   */
  async close(): Promise<void> {
    this.#serving.answering.isDraining = true;
    const closed = new Promise((resolve) => this.#server.once("close", resolve));
    // Not http's own close(): it cuts idle connections at once, with the requests that are on their way on them.
    NetServer.prototype.close.call(this.#server);
    const deadline = Date.now() + this.#graceMs;
    const isDrained = (await isSettledWithin(closed, lingerMs)) || (await this.#drain(closed, deadline));
    const names = this.#serving.answering.underWay.names.join(", ");
    const cutOff = names || (this.#isSending ? "answers that were not read to their end" : "requests that were still arriving");
    if (!isDrained) for (const socket of this.#sockets) socket.destroy(); // node's closeAllConnections() leaves one that asked for a tunnel
    await closed;
    this.#serving.answering.isDraining = false; // a server that somebody else made may go on
    this.#server.close(); // http's own, after all: it ends the timer that looks after connections, and with it holds the server
    if (isDrained) return waitUntilIdle(this.#serving, deadline - Date.now(), this.#graceMs);
    throw new Error(`closing took longer than ${this.#graceMs} ms, and cut off ${cutOff}`);
  }

  async #drain(closed: Promise<unknown>, deadline: number): Promise<boolean> {
    while (Date.now() < deadline) {
      // To node a connection is idle whose answer is written, also where its client has read half of it. Until that is out, idle ones wait, too.
      if (!this.#isSending) this.#server.closeIdleConnections();
      // Node counts a connection as busy until its first request, which a browser that connects ahead may never send.
      for (const socket of this.#sockets)
        if (socket.bytesRead === 0 || (socket.writableEnded && !isSending(socket))) socket.destroy();
      if (await isSettledWithin(closed, stepMs)) return true;
    }
    return false;
  }

  get #isSending(): boolean {
    for (const socket of this.#sockets) if (isSending(socket)) return true;
    return false;
  }
}

/** Whether a client has not taken yet what was written for it. */
function isSending(socket: Socket): boolean {
  return socket.writableLength > 0;
}

const serverOptions: ServerOptions & { optimizeEmptyRequests: boolean } = {
  connectionsCheckingInterval: 5_000,
  headersTimeout: 20_000,
  requireHostHeader: false, // node's answer would have no content; `checkProtocol` requires it
  // Newer Node (seen in 24.21): a request without a body is no stream that has to be ended, 6 to 11 % of a small answer. Such a request
  // emits no "end"; nothing here waits for one where there is no Content-Length and no Transfer-Encoding.
  optimizeEmptyRequests: true,
};

/** Waits for what follows on answers that were sent: background tasks, tear-downs. Errors: an Error that names whose take too long. */
export async function waitUntilIdle(serving: Serving, ms: number, graceMs: number): Promise<void> {
  if (await isSettledWithin(serving.answering.underWay.whenNone(), Math.max(ms, 0))) return;
  throw new Error(
    `closing took longer than ${graceMs} ms: what is done after the answers of ${serving.answering.underWay.names.join(", ")} was not waited for`,
  );
}

/** Errors: ListenError. Node throws a port out of range, and emits everything else. */
async function openPort(server: Server, port: number, host: string | undefined): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen({ port, host }, () => {
        server.off("error", reject);
        resolve();
      });
    });
  } catch (error) {
    throw toListenError(error, port, host);
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
