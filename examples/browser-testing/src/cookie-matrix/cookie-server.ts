import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { App, Response } from "madeleine";
import { certificate, key } from "./certificate.ts";
import type { CookieCase, Origin } from "./cookie-case.ts";
import { FOLDER } from "./intended.ts";
import { rawLine } from "./raw-line.ts";

/**
 * What sets and deletes the cookies: an application over http and over https, and beside it pages whose `Set-Cookie` lines are
 * written by hand.
 *
 * Shape: `server.sets(cases)`, then a browser opens `${origin.url}/app/set`.
 */
export class CookieServer implements AsyncDisposable {
  readonly origins: readonly Origin[];
  readonly #servers: readonly Server[];
  #cases: readonly CookieCase[] = [];

  private constructor(servers: readonly Server[], origins: readonly Origin[]) {
    this.#servers = servers;
    this.origins = origins;
  }

  static async open(): Promise<CookieServer> {
    let opened: CookieServer | undefined;
    const listener = await createListener(
      () => opened!.#cases,
      () => opened!.origins,
    );
    const http = createServer(listener);
    const https = createHttpsServer({ cert: certificate, key }, listener);
    const origins = originsAt(await listen(http), await listen(https));
    return (opened = new CookieServer([http, https], origins));
  }

  /** Which cookies the pages set from now on. */
  sets(cases: readonly CookieCase[]): void {
    this.#cases = cases;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
}

/** The pages: cookies as the application sets them, as it deletes them, and as nobody checks them. */
async function createListener(cases: () => readonly CookieCase[], origins: () => readonly Origin[]): Promise<RequestListener> {
  const app = new App();
  app.get(`${FOLDER}/set`, { response: Response }, ({ response }) => {
    for (const { name, value, attributes } of cases()) response.setCookie(name, value, attributes as object); // checked at run time
    return "set";
  });
  app.get(`${FOLDER}/delete`, { response: Response }, ({ response }) => {
    for (const { name, attributes } of cases()) {
      const { maxAge: _, expires: __, priority: ___, ...reach } = attributes;
      response.deleteCookie(name, reach);
    }
    return "deleted";
  });
  await app.boot();
  return (request, response) => {
    const { url = "/", headers } = request;
    if (url === "/favicon.ico") return void response.writeHead(204).end();
    if (url !== `${FOLDER}/raw`) return app.callback(request, response);
    const origin = origins().find((each) => each.url.endsWith(`//${headers.host}`));
    if (origin !== undefined)
      writeRaw(
        request,
        cases().map((each) => rawLine(each, origin)),
      );
  };
}

/** Past node's own checks: a line break in a name reaches the browser as it is. */
function writeRaw({ socket }: IncomingMessage, lines: readonly string[]): void {
  const head = [
    "HTTP/1.1 200 OK",
    "content-type: text/plain",
    "connection: close",
    ...lines.map((line) => `set-cookie: ${line}`),
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\nset`);
}

function originsAt(http: number, https: number): Origin[] {
  const [host, site] = ["app.example.test", "example.test"];
  return [
    { title: "http", url: `http://${host}:${http}`, host, site: `http://${site}`, isHttps: false, isTrustworthy: false },
    { title: "https", url: `https://${host}:${https}`, host, site: `https://${site}`, isHttps: true, isTrustworthy: true },
    {
      title: "http://localhost",
      url: `http://localhost:${http}`,
      host: "localhost",
      site: "http://localhost",
      isHttps: false,
      isTrustworthy: true,
    },
  ];
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
