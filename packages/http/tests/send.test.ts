import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { HTMLResponse } from "../src/responses/html.ts";
import { JSONResponse } from "../src/responses/json.ts";
import { mergeResponse } from "../src/responses/merge.ts";
import { PlainTextResponse } from "../src/responses/plain-text.ts";
import { ResponseHeaders } from "../src/responses/response-headers.ts";
import { Response } from "../src/responses/response.ts";
import { StreamingResponse } from "../src/responses/streaming.ts";
import { send } from "../src/send.ts";

interface Received {
  status: number;
  headers: [name: string, value: string][];
  body: string;
}

test("json leaves with its type, its length in bytes and nothing else of ours", async () => {
  const { status, headers, body } = await exchange((out) => send(new JSONResponse({ message: "Grüße" }), out, plain));
  assert.is(status, 200);
  assert.is(body, '{"message":"Grüße"}');
  assert.equal(ours(headers), [
    ["content-type", "application/json"],
    ["content-length", "21"],
  ]);
});

test("an empty response has Content-Length 0 and no type (conformance resp-empty)", async () => {
  const { headers, body } = await exchange((out) => send(new Response(), out, plain));
  assert.equal(ours(headers), [["content-length", "0"]]);
  assert.is(body, "");
});

test("text types get a charset, others do not (conformance resp-html, resp-custom-media)", async () => {
  const html = await exchange((out) => send(new HTMLResponse("<h1>Hi</h1>"), out, plain));
  assert.is(valueOf(html.headers, "content-type"), "text/html; charset=utf-8");
  const text = await exchange((out) => send(new PlainTextResponse("Hi"), out, plain));
  assert.is(valueOf(text.headers, "content-type"), "text/plain; charset=utf-8");
  const xml = await exchange((out) => send(new Response("<a/>", { mediaType: "application/xml" }), out, plain));
  assert.is(valueOf(xml.headers, "content-type"), "application/xml");
});

test("bytes are sent as they are", async () => {
  const { headers, body } = await exchange((out) => send(new Response(new Uint8Array([72, 105])), out, plain));
  assert.is(valueOf(headers, "content-length"), "2");
  assert.is(body, "Hi");
});

test("HEAD has the length of the body that GET would have, and no body (RFC 9110 §9.3.2)", async () => {
  const head = { method: "HEAD", secure: false };
  const { headers, body } = await exchange((out) => send(new JSONResponse({ a: 1 }), out, head), "HEAD");
  assert.is(valueOf(headers, "content-length"), "7");
  assert.is(body, "");
  const announced = new Response(null, { headers: { "content-length": "123" } });
  const own = await exchange((out) => send(announced, out, head), "HEAD");
  assert.is(valueOf(own.headers, "content-length"), "123");
});

for (const status of [204, 304]) {
  test(`HT-09: a ${status} drops body, length and type, and the connection goes on`, async () => {
    const response = new JSONResponse(
      { a: 1 },
      { status, headers: { "content-type": "text/x", "content-length": "7", etag: '"1"' } },
    );
    const received = await exchange((out) => send(response, out, plain));
    assert.is(received.status, status);
    assert.equal(ours(received.headers), [["etag", '"1"']]);
    assert.is(received.body, "");
    assert.is(valueOf(received.headers, "connection"), "keep-alive");
  });
}

test("HT-09: a 205 has Content-Length 0 (RFC 9110 §15.3.6)", async () => {
  const received = await exchange((out) => send(new PlainTextResponse("x", { status: 205 }), out, plain));
  assert.is(valueOf(received.headers, "content-length"), "0");
  assert.is(received.body, "");
});

test("a length set by hand never frames the body", async () => {
  const response = new PlainTextResponse("hello", { headers: { "Content-Length": "2" } });
  const { headers, body } = await exchange((out) => send(response, out, plain));
  assert.equal(
    headers.filter(([name]) => name === "content-length"),
    [["content-length", "5"]],
  );
  assert.is(body, "hello");
});

for (const body of ["plain", "Grüße, 5 €", "é".repeat(70_000)]) {
  test(`a header's character beyond ASCII is one byte beside the text ${body.slice(0, 10)} (RFC 9110 §5.5)`, async () => {
    const responses = [
      new PlainTextResponse(body, { headers: { "x-name": "Zoé" } }),
      new PlainTextResponse(body, { headers: new ResponseHeaders().append("x-name", "Zoé") }),
      new PlainTextResponse(body, { headers: { "x-name": "Zoé" } }).copy(),
      mergeResponse(new Response(null, { headers: { "x-name": "Zoé" } }), new PlainTextResponse(body)),
    ];
    for (const response of responses) {
      const received = await exchange((out) => send(response, out, plain), "GET", "latin1");
      assert.is(valueOf(received.headers, "x-name"), "Zoé");
      assert.is(valueOf(received.headers, "content-length"), String(Buffer.byteLength(body)));
      assert.ok(Buffer.from(received.body, "latin1").equals(Buffer.from(body)), "the body is UTF-8");
    }
  });
}

test("so is that of a media type", async () => {
  for (const response of [
    new Response("Grüße", { mediaType: 'text/x; title="é"' }),
    new Response("Grüße", { headers: { "content-type": 'text/x; title="é"; charset=utf-8' } }),
  ]) {
    const received = await exchange((out) => send(response, out, plain), "GET", "latin1");
    assert.is(valueOf(received.headers, "content-type"), 'text/x; title="é"; charset=utf-8');
    assert.is(Buffer.from(received.body, "latin1").toString(), "Grüße");
  }
});

test("every cookie has a line of its own, and secure auto follows the request", async () => {
  const response = new Response().setCookie("a", "1").setCookie("b", "2", { secure: "auto" });
  const http = await exchange((out) => send(response, out, plain));
  assert.equal(valuesOf(http.headers, "set-cookie"), ["a=1; Path=/; SameSite=lax", "b=2; Path=/; SameSite=lax"]);
  const https = await exchange((out) => send(response, out, { method: "GET", secure: true }));
  assert.equal(valuesOf(https.headers, "set-cookie"), ["a=1; Path=/; SameSite=lax", "b=2; Path=/; SameSite=lax; Secure"]);
});

test("a header set twice by append is sent twice", async () => {
  const response = new Response();
  response.headers.append("Link", "</a>").append("Link", "</b>");
  const { headers } = await exchange((out) => send(response, out, plain));
  assert.equal(valuesOf(headers, "link"), ["</a>", "</b>"]);
});

test("HD-01: a head that node refuses throws before anything is written, and another response can be sent", async () => {
  const received = await exchange((out) => {
    const response = new PlainTextResponse("lost");
    response.mediaType = "text/plain\r\nset-cookie: x=1"; // a plain field, not checked when it is assigned
    assert.throws(
      () => send(response, out, plain),
      (error: NodeJS.ErrnoException) => error.code === "ERR_INVALID_CHAR",
    );
    assert.not(out.headersSent);
    send(new PlainTextResponse("sorry", { status: 500 }), out, plain);
  });
  assert.is(received.status, 500);
  assert.is(received.body, "sorry");
  assert.is(valueOf(received.headers, "set-cookie"), undefined);
});

test("ST-06: an answer that has begun stays whole when a stream is sent after it, and the stream's source is closed", async () => {
  let late: Promise<void> | undefined;
  let isClosed = false;
  const source = {
    [Symbol.iterator]: () => ({ next: () => ({ done: false as const, value: "late" }), return: () => close() }),
  };
  const close = (): IteratorResult<string> => {
    isClosed = true;
    return { done: true, value: undefined };
  };
  const { body } = await exchange((out) => {
    send(new PlainTextResponse("first"), out, plain);
    late = send(new StreamingResponse(source), out, plain)?.catch((error: NodeJS.ErrnoException) => {
      assert.is(error.code, "ERR_HTTP_HEADERS_SENT");
    });
  });
  await late;
  assert.is(body, "first");
  assert.ok(isClosed);
});

test("a client that has gone is no error", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const sent = new Promise((resolve, reject) => {
    server.once("request", (_incoming, out) => {
      out.once("close", () => {
        try {
          resolve(send(new PlainTextResponse("late"), out, plain));
        } catch (error) {
          reject(error as Error);
        }
      });
      socket.destroy();
    });
  });
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  assert.is(await sent, undefined);
  await new Promise((resolve) => server.close(resolve));
});

const plain = { method: "GET", secure: false };

/**
 * One request on a real socket and its answer, read by a strict parser. A second request follows on the same connection: a byte too
 * many or too few in the first answer would break the second one.
 */
async function exchange(
  answer: (out: ServerResponse) => void,
  method = "GET",
  encoding: BufferEncoding = "utf8",
): Promise<Received> {
  const failures: unknown[] = [];
  const server = createServer((incoming, out) => {
    if (incoming.url === "/next") return out.writeHead(299).end();
    try {
      answer(out);
    } catch (error) {
      failures.push(error);
      out.destroy();
    }
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const text = await readBoth((server.address() as AddressInfo).port, method, encoding);
  await new Promise((resolve) => server.close(resolve));
  if (failures.length > 0) throw failures[0];
  const next = text.indexOf("HTTP/1.1 299 ");
  assert.ok(next > 0, `no second answer in ${JSON.stringify(text)}`);
  return parseStrictly(text.slice(0, next));
}

function readBoth(port: number, method: string, encoding: BufferEncoding): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.setEncoding(encoding);
    socket.on("data", (chunk: string) => (text += chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
    socket.write(`${method} / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  });
}

function parseStrictly(text: string): Received {
  const end = text.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const match = /^([!#$%&'*+\-.^_`|~\w]+): ([\t\x20-\x7e\x80-\xff]*)$/.exec(line);
    assert.ok(match, `a malformed header line: ${JSON.stringify(line)}`);
    return [match[1]!.toLowerCase(), match[2]!];
  });
  return { status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]), headers, body: text.slice(end + 4) };
}

function ours(headers: Received["headers"]): Received["headers"] {
  return headers.filter(([name]) => !["date", "connection", "keep-alive"].includes(name));
}

function valuesOf(headers: Received["headers"], name: string): string[] {
  return headers.filter(([each]) => each === name).map(([, value]) => value);
}

function valueOf(headers: Received["headers"], name: string): string | undefined {
  return valuesOf(headers, name)[0];
}

test.run();
