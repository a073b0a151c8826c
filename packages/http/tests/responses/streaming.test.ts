import { createReadStream } from "node:fs";
import { PassThrough, Readable } from "node:stream";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  HeaderError,
  mergeResponse,
  prepareResponse,
  Response,
  StreamBody,
  StreamingResponse,
  type Chunk,
} from "../../src/index.ts";
import { pause, Serving, until } from "./serving.ts";
import { OwnTime } from "../../../../scripts/test/own-time.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* counting(): AsyncGenerator<Chunk> {
  yield "1, ";
  await pause(1);
  yield bytes("2, ");
  yield "3";
}

const sources: Record<string, () => ConstructorParameters<typeof StreamingResponse>[0]> = {
  "an async generator": counting,
  "a generator": function* () {
    yield "1, ";
    yield bytes("2, ");
    yield "3";
  },
  "a list": () => ["1, ", "", "2, ", "3"],
  "a Node stream": () => Readable.from(["1, ", Buffer.from("2, "), "3"]),
  "a web stream": () =>
    new ReadableStream({
      start(controller) {
        for (const part of ["1, ", "2, ", "3"]) controller.enqueue(bytes(part));
        controller.close();
      },
    }),
};

for (const [name, make] of Object.entries(sources)) {
  test(`${name} is sent in chunks, with its type and without a length (conformance stream-text)`, () =>
    Serving.run(
      () => new StreamingResponse(make(), { mediaType: "text/plain" }),
      async (serving) => {
        const { status, headers, text, isWhole } = await serving.ask();
        assert.is(status, 200);
        assert.is(text, "1, 2, 3");
        assert.is(headers["content-type"], "text/plain; charset=utf-8");
        assert.is(headers["content-length"], undefined);
        assert.is(headers["transfer-encoding"], "chunked");
        assert.ok(isWhole);
        assert.equal(serving.errors, []);
      },
    ));
}

test("a source that is empty is an empty body", () =>
  Serving.run(
    () => new StreamingResponse([]),
    async (serving) => {
      const { status, text, isWhole } = await serving.ask();
      assert.equal([status, text, isWhole], [200, "", true]);
    },
  ));

test("text, bytes and what cannot be iterated are refused when the response is made, with what to write", () => {
  assert.throws(() => new StreamingResponse("text"), /Text and bytes are no stream\. mend: new Response\(body\)/);
  assert.throws(() => new StreamingResponse(bytes("x") as never), /Text and bytes/);
  for (const value of [null, undefined, 7, {}, () => []]) assert.throws(() => new StreamingResponse(value as never), TypeError);
  const locked = new ReadableStream<Uint8Array>();
  locked.getReader();
  assert.throws(() => new StreamingResponse(locked), /locked: somebody else reads it/);
  assert.throws(() => new StreamingResponse([], { contentLength: -1 }), /mend: an integer from 0/);
});

test("a stream is sent once: the second answer with it is an error, and not half of it", async () => {
  const constant = new StreamingResponse(counting());
  await Serving.run(
    () => constant,
    async (serving) => {
      assert.is((await serving.ask()).text, "1, 2, 3");
      assert.is((await serving.ask()).status, 500);
      assert.match(String(serving.errors[0]), /can be sent once/);
    },
  );
});

// ---------- before the first byte

test("an error before the first chunk is answered as an error, and is not half an answer", () =>
  Serving.run(
    () =>
      new StreamingResponse(
        (async function* () {
          await pause(1);
          if (serves) throw new Error("no database");
          yield "never";
        })(),
      ),
    async (serving) => {
      const { status, isWhole } = await serving.ask();
      assert.equal([status, isWhole], [500, true]);
      assert.match(String(serving.errors[0]), /no database/);
    },
  ));

const serves = true;

test("a Node stream that fails before anybody reads it is an error of its answer, and does not end the process", () =>
  Serving.run(
    async () => {
      const response = new StreamingResponse(createReadStream("/does/not/exist"));
      await pause(20); // its error event comes here
      return response;
    },
    async (serving) => {
      assert.is((await serving.ask()).status, 500);
      assert.match(String(serving.errors[0]), /ENOENT/);
    },
  ));

test("status, headers and cookies can change until the first chunk", async () => {
  const injected = new Response();
  await Serving.run(
    async (request) => {
      async function* rows(): AsyncGenerator<string> {
        await pause(1);
        injected.setCookie("started", "yes");
        response.status = 201;
        response.headers.set("x-rows", "2");
        yield "row\n";
        response.headers.set("x-late", "1");
      }
      const response = new StreamingResponse(rows());
      return mergeResponse(injected, await prepareResponse(response, request));
    },
    async (serving) => {
      const { status, headers } = await serving.ask();
      assert.is(status, 201);
      assert.is(headers["x-rows"], "2");
      assert.is(headers["x-late"], undefined);
      assert.equal(headers["set-cookie"], ["started=yes; Path=/; SameSite=lax"]);
    },
  );
});

test("text, bytes and nothing need no preparation, and get no promise", () => {
  for (const body of ["text", bytes("x"), null]) {
    const response = new Response(body);
    assert.is(prepareResponse(response, { method: "GET", secure: false }), response);
  }
});

// ---------- after the first byte

test("ST-03: an error after the first chunk breaks the connection off, is heard of once, and the server lives on (conformance stream-error-mid-stream)", () =>
  Serving.run(
    ({ path }) => {
      if (path === "/canary") return new Response("alive");
      return new StreamingResponse(
        (async function* () {
          yield "a";
          throw new Error("broke");
        })(),
      );
    },
    async (serving) => {
      const { status, text, isWhole } = await serving.ask();
      assert.equal([status, text, isWhole], [200, "a", false]);
      assert.is(serving.errors.length, 1);
      assert.match(String(serving.errors[0]), /broke/);
      assert.is((await serving.ask({ path: "/canary" })).text, "alive");
    },
  ));

for (const [name, chunk, said] of [
  ["null", null, /Chunk 1 of the stream is null/],
  ["undefined", undefined, /is undefined/],
  ["a number", 7, /is of type number/],
  ["an object", { a: 1 }, /is a Object/],
  ["a promise", Promise.resolve("x"), /is a Promise/],
] as const) {
  test(`ST-14: a chunk that is ${name} is a StreamChunkError with its place, and no crash`, () =>
    Serving.run(
      () =>
        new StreamingResponse(
          new (class {
            *[Symbol.iterator](): Generator<Chunk> {
              yield "a";
              yield chunk as never;
            }
          })(),
        ),
      async (serving) => {
        const { text, isWhole } = await serving.ask();
        assert.equal([text, isWhole], ["a", false]);
        assert.is((serving.errors[0] as Error).name, "StreamChunkError");
        assert.match(String(serving.errors[0]), said);
      },
    ));
}

test("ST-14: a Node stream of objects is a StreamChunkError, too, and is destroyed", async () => {
  const objects = Readable.from([{ a: 1 }, { b: 2 }]);
  await Serving.run(
    () => new StreamingResponse(objects),
    async (serving) => {
      assert.is((await serving.ask()).status, 500);
      assert.is((serving.errors[0] as Error).name, "StreamChunkError");
      assert.ok(objects.destroyed);
    },
  );
});

test("a chunk of 20 MB arrives whole", () =>
  Serving.run(
    () => new StreamingResponse(["ä".repeat(10_000_000), "end"]),
    async (serving) => {
      const { body, isWhole } = await serving.ask();
      assert.equal([body.length, isWhole], [20_000_003, true]);
    },
  ));

// ---------- length

test("a length that is known is announced, by option or by header", () =>
  Serving.run(
    ({ path }) =>
      new StreamingResponse(counting(), path === "/option" ? { contentLength: 7 } : { headers: { "Content-Length": "7" } }),
    async (serving) => {
      for (const path of ["/option", "/header"]) {
        const { headers, text } = await serving.ask({ path });
        assert.equal([headers["content-length"], headers["transfer-encoding"], text], ["7", undefined, "1, 2, 3"]);
      }
    },
  ));

test("a stream that goes on after its length never sends more, and is an error", () =>
  Serving.run(
    () => new StreamingResponse(["1234", "5678"], { contentLength: 6 }),
    async (serving) => {
      const { text, isWhole } = await serving.ask();
      assert.equal([text, isWhole], ["1234", false]);
      assert.match(String(serving.errors[0]), /announced with 6 bytes and goes on, with 8 or more/);
    },
  ));

test("a stream that ends before its length is broken off", () =>
  Serving.run(
    () => new StreamingResponse(["1234"], { contentLength: 6 }),
    async (serving) => {
      const { isWhole } = await serving.ask();
      assert.not(isWhole);
      assert.match(String(serving.errors[0]), /announced with 6 bytes but ended after 4/);
    },
  ));

test("a length that is no number is refused", () =>
  Serving.run(
    () => new StreamingResponse(["1"], { headers: { "content-length": "1e3" } }),
    async (serving) => {
      assert.is((await serving.ask()).status, 500);
      assert.instance(serving.errors[0], HeaderError);
    },
  ));

// ---------- no content

for (const [method, status] of [
  ["HEAD", 200],
  ["GET", 204],
  ["GET", 205],
  ["GET", 304],
] as const) {
  test(`HT-09: ${method} and ${status} begin no source, close it, and send no body`, async () => {
    let began = false;
    const generator = (function* () {
      began = true;
      yield "x";
    })();
    const node = new Readable({ read: () => void (began = true) });
    let cancelled = false;
    const web = new ReadableStream<Uint8Array>(
      { pull: () => void (began = true), cancel: () => void (cancelled = true) },
      { highWaterMark: 0 },
    );
    const responses = [generator, node, web].map((source) => new StreamingResponse(source, { status }));
    await Serving.run(
      ({ path }) => responses[Number(path.slice(1))]!,
      async (serving) => {
        for (const path of ["/0", "/1", "/2"]) {
          const { body, isWhole, headers } = await serving.ask({ method, path });
          assert.equal([body.length, isWhole, headers["transfer-encoding"]], [0, true, undefined]);
        }
      },
    );
    assert.not(began);
    assert.ok(generator.next().done);
    assert.ok(node.destroyed);
    assert.ok(cancelled);
  });
}

test("HEAD has the length that was announced", () =>
  Serving.run(
    () => new StreamingResponse(["1234"], { contentLength: 4 }),
    async (serving) => {
      const { headers, body } = await serving.ask({ method: "HEAD" });
      assert.equal([headers["content-length"], body.length], ["4", 0]);
    },
  ));

// ---------- the client leaves

test("LM-09: when the client leaves, a generator is closed and its finally runs", async () => {
  let isClosed = false;
  await Serving.run(
    () =>
      new StreamingResponse(
        (async function* () {
          try {
            for (;;) {
              yield "tick\n";
              await pause(5);
            }
          } finally {
            isClosed = true;
          }
        })(),
      ),
    async (serving) => {
      const socket = serving.connect();
      await new Promise((resolve) => socket.once("data", resolve));
      socket.destroy();
      await until(() => isClosed, "the generator goes on");
      assert.equal(serving.errors, []);
    },
  );
});

test("LM-09: when the client leaves, a Node stream that waits is destroyed, and a web stream cancelled", async () => {
  const node = new PassThrough();
  node.write("first");
  let reason: unknown = "not yet";
  const web = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes("first")),
    cancel: (why) => void (reason = why),
  });
  await Serving.run(
    ({ path }) => new StreamingResponse(path === "/node" ? node : web),
    async (serving) => {
      for (const path of ["/node", "/web"]) {
        const socket = serving.connect(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
        await new Promise((resolve) => socket.once("data", resolve));
        socket.destroy();
      }
      await until(() => node.destroyed && reason !== "not yet", "a stream is still open");
      await until(() => serving.underWay === 0, "send waits");
      assert.equal(serving.errors, []);
    },
  );
});

test("LM-08: a client that leaves before the first chunk closes the source, whoever prepared the response", async () => {
  const waiting = [new PassThrough(), new PassThrough()];
  await Serving.run(
    async (request) => {
      const response = new StreamingResponse(waiting[Number(request.path.slice(1))]!);
      return request.path === "/0" ? response : await prepareResponse(response, request);
    },
    async (serving) => {
      const sockets = ["/0", "/1"].map((path) => serving.connect(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`));
      await until(() => serving.underWay === 2, "no request");
      await pause(20);
      for (const socket of sockets) socket.destroy();
      await until(() => waiting.every((stream) => stream.destroyed), "a source is still open");
      await until(() => serving.underWay === 0, "an answer waits");
    },
  );
});

test("LM-07: what a source throws because its client left is no error", async () => {
  await Serving.run(
    (request) =>
      new StreamingResponse(
        (async function* () {
          yield "first";
          await new Promise((_resolve, reject) =>
            request.signal.addEventListener("abort", () => reject(request.signal.reason as Error)),
          );
        })(),
      ),
    async (serving) => {
      const socket = serving.connect();
      await new Promise((resolve) => socket.once("data", resolve));
      socket.destroy();
      await until(() => serving.underWay === 0, "send waits");
      assert.equal(serving.errors, []);
    },
  );
});

test("what a finally throws after the client left is heard of", () =>
  Serving.run(
    () =>
      new StreamingResponse(
        (async function* () {
          try {
            for (;;) yield await pause(1).then(() => "x");
          } finally {
            throw new Error("rollback failed"); // oxlint-disable-line eslint/no-unsafe-finally -- a teardown that fails
          }
        })(),
      ),
    async (serving) => {
      const socket = serving.connect();
      await new Promise((resolve) => socket.once("data", resolve));
      socket.destroy();
      await until(() => serving.errors.length > 0, "nothing was heard");
      assert.match(String(serving.errors[0]), /rollback failed/);
    },
  ));

test("LM-13: a stream that waits behind another on its connection is closed with it", async () => {
  const streams = Array.from({ length: 20 }, () => new PassThrough());
  for (const stream of streams) stream.write("first");
  const warnings: Error[] = [];
  const warn = (warning: Error): void => void warnings.push(warning);
  process.on("warning", warn);
  await Serving.run(
    ({ path }) => new StreamingResponse(streams[Number(path.slice(1))]!),
    async (serving) => {
      const socket = serving.connect(streams.map((_, index) => `GET /${index} HTTP/1.1\r\nHost: a\r\n\r\n`).join(""));
      await new Promise((resolve) => socket.once("data", resolve));
      await until(() => serving.underWay === 20, "not all requests came");
      await pause(20);
      socket.destroy();
      await until(() => streams.every((stream) => stream.destroyed), "a stream is still open");
      await until(() => serving.underWay === 0, "an answer waits");
    },
  );
  process.off("warning", warn);
  assert.equal(warnings, []);
});

test("LM-13: a thousand pipelined streams are answered in order, and leave no listener on their connection", async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error): void => void warnings.push(warning);
  process.on("warning", warn);
  await Serving.run(
    ({ path, raw }) => {
      const listeners = raw.socket.eventNames().reduce((sum, name) => sum + raw.socket.listenerCount(name), 0);
      return new StreamingResponse([path, `:${listeners > 200 ? "leak" : "ok"}\n`]);
    },
    async (serving) => {
      const requests = Array.from({ length: 1000 }, (_, index) => `GET /${index} HTTP/1.1\r\nHost: a\r\n\r\n`);
      const socket = serving.connect(`${requests.join("")}GET /end HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      let text = "";
      socket.setEncoding("utf8").on("data", (part: string) => (text += part));
      await new Promise((resolve) => socket.once("close", resolve));
      const paths = [...text.matchAll(/^\/(\d+)/gm)].map(([, path]) => Number(path));
      assert.equal(
        paths,
        requests.map((_, index) => index),
      );
      assert.not.match(text, /leak/);
    },
  );
  process.off("warning", warn);
  assert.equal(warnings, []);
});

// ---------- back-pressure

const CHUNK = Buffer.alloc(65_536, "x");
const GIGABYTE_OF_CHUNKS = 16_384;

function pulled(): { count: number; sources: Record<string, () => ConstructorParameters<typeof StreamingResponse>[0]> } {
  const pull = {
    count: 0,
    sources: {
      "a generator": function* () {
        for (; pull.count < GIGABYTE_OF_CHUNKS; pull.count++) yield CHUNK;
      },
      "an async generator": async function* () {
        for (; pull.count < GIGABYTE_OF_CHUNKS; pull.count++) yield CHUNK;
      },
      "a Node stream": () =>
        new Readable({
          read() {
            this.push(pull.count++ < GIGABYTE_OF_CHUNKS ? CHUNK : null);
          },
        }),
      "a web stream": () =>
        new ReadableStream<Uint8Array>({
          pull(controller) {
            if (pull.count++ < GIGABYTE_OF_CHUNKS) controller.enqueue(CHUNK);
            else controller.close();
          },
        }),
    },
  };
  return pull;
}

for (const name of Object.keys(pulled().sources)) {
  test(`LM-10: ${name} of 1 GB for a client that reads a byte per second waits for it, and memory stays flat`, async () => {
    const pull = pulled();
    await Serving.run(
      ({ path }) => (path === "/canary" ? new Response("alive") : new StreamingResponse(pull.sources[name]!())),
      async (serving) => {
        const before = process.memoryUsage().rss;
        const socket = serving.connect();
        socket.pause();
        await pause(400);
        const asked = pull.count;
        assert.is((await serving.ask({ path: "/canary" })).text, "alive");
        socket.read(1);
        await pause(400);
        assert.ok(pull.count < 300, `${pull.count} chunks of 64 KiB were asked for`);
        assert.ok(pull.count - asked < 100, "and it goes on");
        const grown = (process.memoryUsage().rss - before) / 2 ** 20;
        assert.ok(grown < 50, `RSS grew by ${grown.toFixed(0)} MiB`);
        socket.destroy();
      },
    );
  });
}

test("a generator that never waits leaves other requests their turn", () =>
  Serving.run(
    ({ path }) =>
      path === "/canary"
        ? new Response("alive")
        : new StreamingResponse(
            (function* () {
              for (;;) yield CHUNK;
            })(),
          ),
    async (serving) => {
      const socket = serving.connect();
      socket.resume();
      await pause(50);
      using time = new OwnTime();
      assert.is((await serving.ask({ path: "/canary" })).text, "alive");
      assert.ok(time.ms < 200, `it waited ${time.ms} ms`);
      socket.destroy();
    },
  ));

test("a body can be iterated by whoever changes it on its way, and is closed with the iteration", async () => {
  let isClosed = false;
  const response = new StreamingResponse(
    (function* () {
      try {
        yield "1";
        yield "2";
      } finally {
        isClosed = true;
      }
    })(),
  );
  assert.instance(response.body, StreamBody);
  for await (const chunk of response.body as StreamBody) {
    assert.is(chunk, "1");
    break;
  }
  assert.ok(isClosed);
});

test.run();
