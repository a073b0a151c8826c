import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { RequestAborted } from "../src/body/errors.ts";
import { compileTrustProxy } from "../src/client/trust-proxy.ts";
import { defaultRequestSettings, Request, type RequestSettings } from "../src/request.ts";

type Handler = (request: Request, response: ServerResponse) => unknown;

/** Runs one handler for the bytes of one connection, and gives what came back when the connection closed. */
async function exchange(bytes: string, handle: Handler, settings: Partial<RequestSettings> = {}): Promise<string> {
  const { port, stop } = await listen(handle, settings);
  const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"));
  const answer = await received(socket);
  await stop();
  return answer;
}

async function listen(
  handle: Handler,
  settings: Partial<RequestSettings> = {},
): Promise<{ port: number; stop: () => Promise<void> }> {
  const server = createServer(
    (raw, response) => void handle(new Request(raw, { ...defaultRequestSettings, ...settings }, response), response),
  );
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const stop = (): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
  return { port: (server.address() as AddressInfo).port, stop };
}

function received(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString("latin1"))).on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}

/** What a handler reads of a request that was sent as these lines. */
async function read<Value>(
  lines: readonly string[],
  read: (request: Request) => Value,
  settings?: Partial<RequestSettings>,
): Promise<Value> {
  let value: Value | undefined;
  await exchange(
    `${lines.join("\r\n")}\r\nConnection: close\r\n\r\n`,
    (request, response) => {
      value = read(request);
      response.end();
    },
    settings,
  );
  return value as Value;
}

test("method, path and search are the request line's, undecoded", async () => {
  const parts = await read(["GET /a%20b/c?q=1?2&r HTTP/1.1", "Host: a"], ({ method, path, search }) => [method, path, search]);
  assert.equal(parts, ["GET", "/a%20b/c", "q=1?2&r"]);
  assert.equal(await read(["HEAD / HTTP/1.1", "Host: a"], ({ method, path, search }) => [method, path, search]), [
    "HEAD",
    "/",
    "",
  ]);
});

test("PX-03, PA-17: neither Host nor the authority of an absolute target reaches the path", async () => {
  assert.is(await read(["GET /private HTTP/1.1", "Host: localhost/public?"], (request) => request.path), "/private");
  const [path, host] = await read(["GET http://evil/admin?q=1 HTTP/1.1", "Host: a"], (request) => [request.path, request.host]);
  assert.equal([path, host], ["/admin", "a"]);
});

test("the URL is put together from protocol, host and target", async () => {
  const urlOf = (line: string): Promise<string> => read([line, "Host: Example.com:8000"], (request) => request.url);
  assert.is(await urlOf("GET /a%20b?q=1 HTTP/1.1"), "http://Example.com:8000/a%20b?q=1");
  assert.is(await urlOf("OPTIONS * HTTP/1.1"), "http://Example.com:8000");
});

test("query, headers and cookies are made once", async () => {
  const lines = ["GET /?q=tea HTTP/1.1", "Host: a", "X-A: 1", "Cookie: theme=dark", "Cookie: sid=1"];
  const isSame = await read(lines, (request) => {
    assert.is(request.query.get("q"), "tea");
    assert.is(request.headers.get("x-a"), "1");
    assert.equal([request.cookies.get("theme"), request.cookies.get("sid")], ["dark", "1"]);
    return request.query === request.query && request.headers === request.headers && request.cookies === request.cookies;
  });
  assert.ok(isSame);
});

test("ip, protocol, secure, host and hostname are the connection's own", async () => {
  const client = await read(
    ["GET / HTTP/1.1", "Host: Example.com:8000", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: https"],
    (request) => [request.ip, request.protocol, request.secure, request.host, request.hostname],
  );
  assert.equal(client, ["127.0.0.1", "http", false, "Example.com:8000", "example.com"]);
});

test("behind a trusted proxy they are the client's", async () => {
  const lines = [
    "GET / HTTP/1.1",
    "Host: inner",
    "X-Forwarded-For: 203.0.113.7",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Host: example.com",
  ];
  const read3 = ({ ip, secure, url }: Request): unknown[] => [ip, secure, url];
  const trustProxy = compileTrustProxy("loopback");
  assert.equal(await read(lines, read3, { trustProxy }), ["203.0.113.7", true, "https://example.com/"]);
});

test("the signal never aborts on a normal end", async () => {
  let signal: AbortSignal | undefined;
  await exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", (request, response) => {
    signal = request.signal;
    response.end("done");
  });
  assert.is(signal?.aborted, false);
});

test("LM-08: the signal aborts when the client goes away before the answer", async () => {
  const signal = await new Promise<AbortSignal>((resolve) => {
    void listen((request, response) => {
      assert.is(request.signal, request.signal);
      request.signal.addEventListener("abort", () => resolve(request.signal));
      request.raw.socket.once("close", () => response.end());
      client.destroy();
    }).then(({ port, stop }) => {
      client = connect(port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
      client.on("close", () => void stop());
    });
    let client: Socket;
  });
  assert.ok(signal.aborted);
  assert.instance(signal.reason, RequestAborted);
});

test("LM-08: a signal asked for after the client went away is aborted already", async () => {
  const signal = await new Promise<AbortSignal>((resolve) => {
    let client: Socket;
    void listen((request, response) => {
      response.once("close", () => resolve(request.signal));
      client.destroy();
    }).then(({ port, stop }) => {
      client = connect(port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
      client.on("close", () => void stop());
    });
  });
  assert.ok(signal.aborted);
});

test("JSON, text, bytes and a form are read through the request", async () => {
  const post = (type: string, body: string): string =>
    `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const values: unknown[] = [];
  await exchange(post("application/json", '{"a":1}'), async (request, response) => {
    values.push(await request.json(), await request.text(), (await request.bytes()).length);
    response.end();
  });
  await exchange(post("application/x-www-form-urlencoded", "a=1&b=x+y"), async (request, response) => {
    values.push([...(await request.form())]);
    response.end();
  });
  assert.equal(values, [
    { a: 1 },
    '{"a":1}',
    7,
    [
      ["a", "1"],
      ["b", "x y"],
    ],
  ]);
});

test("a stream that was read half does not hold the next request of the connection back", async () => {
  const body = "x".repeat(300_000);
  const first = `POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const answer = await exchange(`${first}GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, async (request, response) => {
    if (request.method === "POST") await new Promise((resolve) => request.stream().once("data", resolve));
    response.end(request.path);
  });
  assert.match(answer, /\/1HTTP\/1\.1 200[^]*\/2$/);
});

test("only method, path and search are computed for a request that asks for nothing", () => {
  const untouched = new Proxy({ method: "GET", url: "/a?b" } as IncomingMessage, {
    get(target, key) {
      assert.ok(key === "method" || key === "url", `${String(key)} was read`);
      return target[key as "url"];
    },
  });
  assert.is(new Request(untouched).path, "/a");
});

test("RFC 9112 §6.3 a request has a body where Content-Length or Transfer-Encoding announces one, however they are written", () => {
  const announces = (...rawHeaders: string[]) =>
    new Request({ method: "GET", url: "/", rawHeaders } as unknown as IncomingMessage).hasBody;
  assert.is(announces("Host", "a", "Accept-Charset", "utf-8", "If-Modified-Since", "0"), false);
  assert.is(announces("Host", "a", "CONTENT-length", "0"), true);
  assert.is(announces("transfer-Encoding", "chunked", "Host", "a"), true);
  assert.is(announces("X-Content-Length", "5", "Content-Length-", "5"), false);
});

test("seen from under a path, a request has the rest of it, and shares everything else", async () => {
  const lines = ["POST /%61dmin/u%2Fv/?q=1 HTTP/1.1", "Host: a.b", "Cookie: c=1", "Content-Length: 0"];
  const seen = await read(lines, (request) => {
    const inner = request.under("/%61dmin");
    const { path, rootPath, search, url, host } = inner;
    const isShared = inner.body === request.body && inner.headers === request.headers && inner.cookies === request.cookies;
    return {
      path,
      rootPath,
      search,
      url,
      host,
      isShared,
      signal: inner.signal === request.signal,
      query: inner.query === request.query,
    };
  });
  assert.equal(seen, {
    path: "/u%2Fv/",
    rootPath: "/%61dmin",
    search: "q=1",
    url: "http://a.b/%61dmin/u%2Fv/?q=1",
    host: "a.b",
    isShared: true,
    signal: true,
    query: true,
  });
  const nested = await read(["GET /a/b HTTP/1.1", "Host: a"], (request) => request.under("/a").under("/b"));
  assert.equal([nested.path, nested.rootPath], ["/", "/a/b"]);
});

test("the path under which a proxy publishes the application is taken off where the proxy left it on", async () => {
  const paths = async (path: string) => {
    const request = await read([`GET ${path} HTTP/1.1`, "Host: a"], (request) => request, { rootPath: "/api" });
    return [request.rootPath, request.path];
  };
  assert.equal(await paths("/api/items"), ["/api", "/items"]);
  assert.equal(await paths("/items"), ["/api", "/items"]);
  assert.equal(await paths("/apiitems"), ["/api", "/apiitems"]);
  assert.equal(await paths("/api//evil"), ["/api", "//evil"]);
});

test("a body that was released is left to who reads the raw request, also by a client that waits for a 100", async () => {
  let said = 0;
  const length = await new Promise<number>((resolve) => {
    const bytes = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 20\r\n\r\n" + "x".repeat(20);
    void exchange(
      bytes,
      async ({ raw, body }, response) => {
        body.onFirstRead = () => void (said += 1);
        body.release();
        await body.finish(); // over the limit, which is nobody's here
        const chunks: Buffer[] = [];
        for await (const chunk of raw) chunks.push(chunk as Buffer);
        response.end();
        resolve(Buffer.concat(chunks).length);
      },
      { maxBodyBytes: 10 },
    );
  });
  assert.equal([length, said], [20, 1]);
});

test.run();
