import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { BodyTooLarge, RequestAborted } from "../../src/body/errors.ts";
import { JSONSyntaxError } from "../../src/body/json-syntax.ts";
import { defaultBodyLimits } from "../../src/body/limits.ts";
import { RequestBody } from "../../src/body/request-body.ts";
import { HTTPException } from "../../src/http-exception.ts";

type Read = (body: RequestBody, response: ServerResponse) => unknown;

const limits = { ...defaultBodyLimits, maxBodyBytes: 1000, maxFields: 10 };
const failures: unknown[] = [];
let read: Read = () => undefined;

/** Answers with what `read` gives, or with the status of the exception that it throws. */
const server = createServer((raw, response) => {
  const body = new RequestBody(raw, limits);
  void (async () => {
    try {
      response.end(JSON.stringify(await read(body, response)) ?? "undefined");
    } catch (error) {
      failures.push(error);
      if (error instanceof HTTPException) response.writeHead(error.status, error.headers).end(JSON.stringify(error.detail));
      else response.destroy();
    }
  })();
});

const crashes: unknown[] = [];
const onCrash = (error: unknown): void => void crashes.push(error);

test.before(() => {
  process.on("uncaughtException", onCrash).on("unhandledRejection", onCrash);
  return new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
test.before.each(() => void (failures.length = 0));
test.after(async () => {
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  process.off("uncaughtException", onCrash).off("unhandledRejection", onCrash);
  assert.equal(crashes, [], "no error was left without a reader");
});

function open(bytes: string | Buffer): Socket {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
  return socket.on("error", () => {});
}

/** Sends bytes as they are and gives all that comes back until the server closes. */
async function exchange(bytes: string | Buffer, reading: Read): Promise<string> {
  read = reading;
  const socket = open(bytes);
  let answer = "";
  socket.on("data", (chunk) => (answer += chunk.toString()));
  await closed(socket);
  return answer;
}

// Not `once` of node:events: a reset, which is what some of these attacks earn, would reject it.
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => void socket.on("close", () => resolve()));

const statusesOf = (answer: string): number[] => [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
const contentOf = (answer: string): string => answer.slice(answer.indexOf("\r\n\r\n") + 4);

function post(content: string | Buffer, ...lines: string[]): Buffer {
  const length = Buffer.byteLength(content);
  const head = ["POST / HTTP/1.1", "Host: a", `Content-Length: ${length}`, ...lines].join("\r\n");
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(content)]);
}

function chunked(...chunks: string[]): string {
  const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("");
  return `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${framed}0\r\n\r\n`;
}

const LAST = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const CLOSE = "Connection: close";
const JSON_TYPE = "Content-Type: application/json";
const FORM_TYPE = "Content-Type: application/x-www-form-urlencoded";

/** What a reader gives, as JSON. */
const contentFor = async (bytes: string | Buffer, reading: Read): Promise<string> => contentOf(await exchange(bytes, reading));

test("each reader gives the same again, and one may follow another", async () => {
  const content = await contentFor(post('{"a":1}', CLOSE, JSON_TYPE), async (body) => {
    const [json, text, bytes] = [await body.json(), await body.text(), await body.bytes()];
    assert.is(await body.json(), json);
    assert.is(await body.bytes(), bytes);
    const chunks = await body.stream().toArray();
    return [json, text, bytes.toString(), Buffer.concat(chunks).toString()];
  });
  assert.is(content, JSON.stringify([{ a: 1 }, '{"a":1}', '{"a":1}', '{"a":1}']));
});

test("no body, and a length of 0, are empty without waiting", async () => {
  const readAll: Read = async (body) => [
    body.isPresent,
    await body.text(),
    (await body.json()) === undefined,
    [...(await body.form())],
    await body.stream().toArray(),
  ];
  const expected = JSON.stringify([false, "", true, [], []]);
  assert.is(await contentFor(`GET / HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n\r\n`, readAll), expected);
  assert.is(await contentFor(post("", CLOSE, JSON_TYPE), readAll), expected);
});

test("a chunked body without chunks is empty too", async () => {
  assert.is(
    await contentFor(chunked().replace("Host: a", `Host: a\r\n${CLOSE}`), async (body) => [(await body.json()) === undefined]),
    "[true]",
  );
});

test("a form gives the last of equal names, and all", async () => {
  const content = await contentFor(post("a=1&a=2&b=%C3%A9+x", CLOSE, FORM_TYPE), async (body) => {
    const form = await body.form();
    return [form.get("a"), form.getAll("a"), form.get("b"), form.has("c"), form === (await body.form())];
  });
  assert.is(content, JSON.stringify(["2", ["1", "2"], "é x", false, true]));
});

test("JB-09: what is no form is not parsed as one but a 415", async () => {
  for (const type of ["application/json", "text/plain", "multipart/mixed; boundary=x"]) {
    assert.equal(statusesOf(await exchange(post("a=1", CLOSE, `Content-Type: ${type}`), (body) => body.form())), [415], type);
  }
});

test("JB-14, JB-15: ten megabytes are a 413, and the largest body that is read blocks nothing for long", async () => {
  const long = post(JSON.stringify("x".repeat(10_000_000)), CLOSE, JSON_TYPE);
  assert.equal(statusesOf(await exchange(long, (body) => body.json())), [413]);
  const keys = JSON.stringify(Object.fromEntries(Array.from({ length: 90_000 }, (_, at) => [`k${at}`, 0]))).slice(0, 1024 * 1024);
  const bodies: [string, string, "json" | "form"][] = [
    [keys, JSON_TYPE, "json"],
    [`{"${"k".repeat(1_000_000)}":1}`, JSON_TYPE, "json"],
    ["a&".repeat(500_000), FORM_TYPE, "form"],
    [`a=${"%".repeat(1_000_000)}`, FORM_TYPE, "form"],
    [`a=${"%41".repeat(300_000)}`, FORM_TYPE, "form"],
    [`a=${"%ff".repeat(300_000)}`, FORM_TYPE, "form"],
  ];
  for (const [content, type, reader] of bodies) {
    let blocked = Infinity; // of the processor's time, and the best of five: other processes run here, too
    const measure: Read = async (body) => {
      body.maxBodyBytes = 1024 * 1024;
      await body.bytes();
      const start = process.cpuUsage();
      const reading = body[reader]().catch((error: HTTPException) => error.status);
      await new Promise((resolve) => setImmediate(resolve));
      const { user, system } = process.cpuUsage(start);
      blocked = Math.min(blocked, (user + system) / 1000);
      return typeof (await reading);
    };
    for (let round = 0; round < 5; round++) assert.equal(statusesOf(await exchange(post(content, CLOSE, type), measure)), [200]);
    assert.ok(blocked < 200, `${content.slice(0, 10)} blocked ${blocked} ms`);
  }
});

test("JB-15: more fields than the limit are a 400", async () => {
  assert.equal(statusesOf(await exchange(post("a=1&".repeat(11), CLOSE, FORM_TYPE), (body) => body.form())), [400]);
});

test("JB-11: another charset is a 415, LM-15: so is a Content-Encoding, and says what is read", async () => {
  assert.equal(statusesOf(await exchange(post("{}", CLOSE, `${JSON_TYPE}; charset=utf-16le`), (body) => body.json())), [415]);
  const answer = await exchange(post("{}", CLOSE, JSON_TYPE, "Content-Encoding: gzip, gzip"), (body) => body.json());
  assert.match(answer, /^HTTP\/1\.1 415 [^]*accept-encoding: gzip, deflate, br/);
});

test("JB-06: invalid UTF-8 is a 400, broken JSON a 422 with its position", async () => {
  assert.equal(statusesOf(await exchange(post(Buffer.from([0x22, 0xff, 0x22]), CLOSE), (body) => body.json())), [400]);
  const answer = await exchange(post('{"test": "test999', CLOSE), (body) => body.json());
  assert.equal(statusesOf(answer), [422]);
  assert.match(contentOf(answer), '"loc":["body",9]');
});

test("a body that Content-Length condemns is refused before a byte is read, and the connection goes on", async () => {
  const answer = await exchange(Buffer.concat([post("x".repeat(1001)), Buffer.from(LAST)]), (body) =>
    body.isPresent ? body.bytes() : "next",
  );
  assert.equal(statusesOf(answer), [413, 200]);
  assert.match(answer, /"next"$/);
});

test("LM-11: ten announced gigabytes are refused at once, with Connection: close", async () => {
  const answer = await exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000000\r\n\r\nabc", (body) => body.bytes());
  assert.match(answer, /^HTTP\/1\.1 413 [^]*connection: close/i);
});

test("LM-02: chunks over the limit are refused, and the connection goes on", async () => {
  const bytes = chunked("x".repeat(600), "x".repeat(600)) + LAST;
  for (const reader of ["bytes", "text", "json"] as const) {
    assert.equal(statusesOf(await exchange(bytes, (body) => (body.isPresent ? body[reader]() : "next"))), [413, 200], reader);
  }
  const byStream: Read = async (body) => (await body.stream().toArray()).length;
  assert.equal(statusesOf(await exchange(bytes, byStream)), [413, 200], "stream");
});

test("LM-02: a handler that never reads, reads one chunk, or swallows the error does not hide the 413", async () => {
  const bytes = chunked("x".repeat(600), "x".repeat(600)) + LAST;
  const handlers: Record<string, (body: RequestBody) => Promise<unknown>> = {
    never: async () => {},
    one: async (body) => {
      for await (const _chunk of body.stream()) break;
    },
    swallows: (body) => body.bytes().catch(() => {}),
  };
  for (const [name, handle] of Object.entries(handlers)) {
    const answer = await exchange(bytes, async (body) => {
      if (body.isPresent) await handle(body);
      await body.finish();
    });
    assert.equal(statusesOf(answer), [413, 200], name);
  }
});

test("LM-02: a stream that is refused at its head lets the rest of the body flow, and the connection goes on", async () => {
  const answer = await exchange(Buffer.concat([post("x".repeat(300_000)), Buffer.from(LAST)]), async (body) =>
    body.isPresent ? (await body.stream().toArray()).length : "last",
  );
  assert.equal(statusesOf(answer), [413, 200]);
});

test("JB-16: a second reader that is refused does not stop the first", async () => {
  const type = "Content-Type: multipart/form-data; boundary=B";
  const answer = await exchange(Buffer.concat([post("x".repeat(300_000), type), Buffer.from(LAST)]), async (body) => {
    if (!body.isPresent) return "last";
    body.maxBodyBytes = 1_000_000;
    const streaming = body.stream().toArray();
    const refusal = await body.form().catch((error: Error) => error.message);
    return [String(refusal).slice(0, 27), Buffer.concat(await streaming).length];
  });
  assert.equal(statusesOf(answer), [200, 200]);
  assert.match(answer, '["This body was already taken",300000]');
});

test("LM-02: chunks without end are refused, and cut off after some megabytes", async () => {
  read = (body) => body.bytes();
  const socket = open("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
  let answer = "";
  let written = 0;
  socket.on("data", (data) => (answer += data.toString()));
  await new Promise((resolve) => void socket.once("connect", resolve));
  const flood = setInterval(() => {
    for (let count = 0; count < 32 && !socket.destroyed; count++) socket.write(chunk, () => (written += chunk.length));
  }, 1);
  await closed(socket);
  clearInterval(flood);
  assert.equal(statusesOf(answer), [413]);
  assert.ok(written < 64 * 1024 * 1024);
});

test("LM-03: what follows the announced length is the next request", async () => {
  const texts: string[] = [];
  const answer = await exchange(Buffer.concat([post("0123456789"), Buffer.from("x".repeat(2000))]), async (body) => {
    texts.push(await body.text());
  });
  assert.is(statusesOf(answer).at(-1), 400);
  assert.equal(texts, ["0123456789"]);
});

test("JB-16: a body that nobody reads does not hold the next request back", async () => {
  const answer = await exchange(Buffer.concat([post("x".repeat(900)), Buffer.from(LAST)]), async (body) => body.finish());
  assert.equal(statusesOf(answer), [200, 200]);
});

test("what a reader that nobody awaits makes of the body is not what the request comes to", async () => {
  const request = post('{"a":', CLOSE);
  const [head, rest] = [request.slice(0, -5), request.slice(-5)];
  read = async (body) => {
    setTimeout(() => socket.write(rest), 20);
    const unawaited = body.json().catch((error: unknown) => error);
    await body.finish(); // while the body is still on its way
    return (await unawaited) instanceof JSONSyntaxError;
  };
  const socket = open(head);
  let answer = "";
  socket.on("data", (data) => (answer += data.toString()));
  await closed(socket);
  assert.equal(statusesOf(answer), [200]);
  assert.match(answer, /true$/);
});

test("a route may raise the limit before it reads", async () => {
  const answer = await exchange(post("x".repeat(2000), CLOSE), async (body) => {
    body.maxBodyBytes = 3000;
    return (await body.bytes()).length;
  });
  assert.is(contentOf(answer), "2000");
});

test("LM-07: a client that goes away mid-body rejects every reader with RequestAborted, and the process stays up", async () => {
  for (const reader of ["bytes", "text", "json", "stream"] as const) {
    failures.length = 0;
    const failed = new Promise<void>((resolve) => {
      read = async (body) => {
        setTimeout(() => socket.destroy(), 20);
        try {
          await (reader === "stream" ? body.stream().toArray() : body[reader]());
        } finally {
          resolve();
        }
      };
    });
    const socket = open("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
    await failed;
    await new Promise((resolve) => setImmediate(resolve));
    assert.instance(failures[0], RequestAborted, reader);
  }
});

test("LM-07: an aborted upload whose stream nobody reads any more does not end the process", async () => {
  const closed = new Promise<void>((resolve) => {
    read = (body, response) => {
      body.stream().once("data", () => socket.destroy());
      response.once("close", resolve);
      return new Promise(() => {});
    };
  });
  const socket = open("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
  await closed;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(crashes, []);
});

test("LM-07: who awaits a reading late, or follows one with a stream, is told of the abort, and the process stays up", async () => {
  const reads: Record<string, (body: RequestBody) => Promise<unknown>> = {
    bytes: (body) => body.bytes(),
    text: (body) => body.text(),
    json: (body) => body.json(),
    form: (body) => body.form(),
    stream: async (body) => {
      const stream = (body.bytes().catch(() => {}), body.stream().resume());
      return new Promise((_, reject) => void stream.once("close", () => reject(stream.errored!)));
    },
    "stream, unread": async (body) => (body.bytes().catch(() => {}), body.stream(), Promise.reject(new RequestAborted())),
  };
  for (const [how, begin] of Object.entries(reads)) {
    failures.length = 0;
    const socket = open(post("a=1", FORM_TYPE).subarray(0, -1));
    const over = new Promise<void>((resolve) => {
      read = async (body, response) => {
        const reading = begin(body);
        if (how.startsWith("stream")) reading.catch(() => {}); // a promise of this test
        setTimeout(() => socket.destroy(), 5);
        await new Promise((aborted) => response.once("close", aborted));
        await new Promise((elapsed) => setTimeout(elapsed, 10));
        return reading.finally(() => setTimeout(resolve, 5));
      };
    });
    await over;
    assert.ok(failures[0] instanceof RequestAborted, how);
    assert.equal(crashes, [], how);
  }
});

test("a body whose stream was taken, or that something else has read, is a clear error", async () => {
  const messages: unknown[] = [];
  await exchange(post("abc", CLOSE), async (body) => {
    await body.stream().toArray();
    await body.bytes().catch((error: Error) => messages.push(error.message));
  });
  await exchange(post("abc", CLOSE), async (_body, response) => {
    await response.req.toArray();
    const late = new RequestBody(response.req, limits);
    await late.text().catch((error: Error) => messages.push(error.message));
  });
  assert.equal(messages, [
    "This body was already taken: request.stream(), uploads(), jsonLines() and the form() of a multipart body go through it once. " +
      "mend: await request.bytes() before them, and each reads the bytes that it keeps",
    "Something else has read this body: a stream, or a middleware",
  ]);
});

test("a stream has backpressure and gives every byte", async () => {
  const content = "0123456789".repeat(200_000);
  const answer = await exchange(post(content, CLOSE), async (body) => {
    body.maxBodyBytes = 10_000_000;
    let text = "";
    for await (const chunk of body.stream()) {
      text += (chunk as Buffer).toString();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return text === content;
  });
  assert.is(contentOf(answer), "true");
});

test("LM-11: 100 Continue is sent when the body is first read, and not when it is refused", async () => {
  const onContinue = server.listenerCount("checkContinue");
  server.on("checkContinue", (raw, response: ServerResponse) => {
    const body = new RequestBody(raw, limits);
    body.onFirstRead = () => response.writeContinue();
    body.bytes().then(
      (bytes) => response.end(String(bytes.length)),
      (error: BodyTooLarge) => response.writeHead(error.status).end(),
    );
  });
  const head = (length: number): string =>
    `POST / HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`;
  assert.equal(statusesOf(await exchange(`${head(3)}abc`, () => undefined)), [100, 200]);
  assert.equal(statusesOf(await exchange(head(2000), () => undefined)), [413]);
  server.removeAllListeners("checkContinue");
  assert.is(onContinue, 0);
});

test.run();
