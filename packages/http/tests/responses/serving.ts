import { createServer, request as ask, type IncomingHttpHeaders } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import * as assert from "uvu/assert";
import { Request, type Response, send } from "../../src/index.ts";

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  /** Whether the body came to its end, and was not broken off. */
  readonly isWhole: boolean;
}

export interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
}

/** A server for one test. What `send` rejects with is answered by a bare 500 while that is possible, as core does, and kept. */
export class Serving {
  /** What `send` rejected with. */
  readonly errors: unknown[] = [];
  /** The answers for which `send` is not done. */
  underWay = 0;
  readonly #server;

  constructor(respond: (request: Request) => Response | Promise<Response>) {
    this.#server = createServer(async (raw, out) => {
      const request = new Request(raw, undefined, out);
      this.underWay++;
      try {
        await send(await respond(request), out, request);
      } catch (error) {
        this.errors.push(error);
        if (!out.headersSent) out.writeHead(500).end("Internal Server Error");
      } finally {
        this.underWay--;
      }
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  ask({ method = "GET", path = "/", headers = {} }: Asked = {}): Promise<Received> {
    return new Promise((resolve, reject) => {
      const outgoing = ask({ port: this.port, host: "127.0.0.1", method, path, headers, agent: false }, (incoming) => {
        const chunks: Buffer[] = [];
        const finish = (): void => {
          const body = Buffer.concat(chunks);
          const { statusCode: status = 0, headers, complete: isWhole } = incoming;
          resolve({ status, headers, body, text: body.toString(), isWhole });
        };
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", () => {}).on("close", finish);
      });
      outgoing.on("error", reject).end();
    });
  }

  /** A connection on which a request was sent, and nothing is read until it is asked for. */
  connect(text = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"): Socket {
    const socket = connect(this.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(text);
    return socket;
  }

  /** Runs a test against a server. Afterwards every answer is done, nothing was rejected unheard, and another request is answered. */
  static async run(
    respond: (request: Request) => Response | Promise<Response>,
    use: (serving: Serving) => Promise<void>,
  ): Promise<void> {
    const unheard: unknown[] = [];
    const hear = (reason: unknown): void => void unheard.push(reason);
    process.on("unhandledRejection", hear);
    const serving = new Serving(respond);
    await new Promise<void>((resolve) => serving.#server.listen(0, "127.0.0.1", resolve));
    try {
      await use(serving);
      await until(() => serving.underWay === 0, "an answer is still under way");
      assert.equal(unheard, []);
    } finally {
      process.off("unhandledRejection", hear);
      serving.#server.closeAllConnections();
      await new Promise((resolve) => serving.#server.close(resolve));
    }
  }
}

export async function until(isSo: () => boolean, otherwise: string, ms = 30_000): Promise<void> {
  for (const deadline = Date.now() + ms; !isSo();) {
    if (Date.now() > deadline) throw new Error(otherwise);
    await pause(5);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
