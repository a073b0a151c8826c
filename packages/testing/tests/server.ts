import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Application } from "../src/index.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** The smallest application: a `node:http` server with `listen`, `close` and `url`. */
export function createApplication(answer: Answer): Application & { listens: number } {
  const server = createServer(answer);
  const application = {
    listens: 0,
    url: undefined as string | undefined,
    async listen({ port, host }: { port: number; host: string }): Promise<void> {
      await new Promise<void>((resolve) => server.listen(port, host, resolve));
      application.listens += 1;
      application.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close(): Promise<void> {
      application.url = undefined;
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return application;
}

/** An application that answers what it was asked: method, target, header lines and body. */
export function createEcho(): Application {
  return createApplication(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, rawHeaders, headers } = request;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ method, url, rawHeaders, headers, body: Buffer.concat(chunks).toString("utf8") }));
  });
}

/** What `createEcho` answers. */
export interface Echo {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: string[];
  readonly headers: Record<string, string>;
  readonly body: string;
}
