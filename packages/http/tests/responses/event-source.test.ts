import { EventEmitter, on } from "node:events";
import { spawnSync } from "node:child_process";
import { PassThrough } from "node:stream";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { EventSourceResponse, HTTPException, prepareResponse, ServerSentEvent, type StreamBody } from "../../src/index.ts";
import { pause, Serving, until } from "./serving.ts";
import { OwnTime } from "../../../../scripts/test/own-time.ts";

test("values are the data of events, as JSON", () =>
  Serving.run(
    () => new EventSourceResponse([{ a: "l1\nl2" }, "text", null, 7, [1]]),
    async (serving) => {
      const { headers, text } = await serving.ask();
      assert.is(text, 'data: {"a":"l1\\nl2"}\n\ndata: "text"\n\ndata: null\n\ndata: 7\n\ndata: [1]\n\n');
      assert.is(headers["content-type"], "text/event-stream; charset=utf-8");
      assert.is(headers["cache-control"], "no-cache");
      assert.is(headers["x-accel-buffering"], "no");
    },
  ));

test("own headers and status count", () =>
  Serving.run(
    () => new EventSourceResponse([], { status: 201, headers: { "Cache-Control": "no-store" } }),
    async (serving) => {
      const { status, headers } = await serving.ask();
      assert.equal([status, headers["cache-control"]], [201, "no-store"]);
    },
  ));

test("a value that JSON loses ends the stream with an error", () =>
  Serving.run(
    () => new EventSourceResponse([1, { later: Promise.resolve(2) }]),
    async (serving) => {
      const { text, isWhole } = await serving.ask();
      assert.equal([text, isWhole], ["data: 1\n\n", false]);
      assert.match(String(serving.errors[0]), /\$\.later is a Promise/);
    },
  ));

test("an error before the first event is answered; a source that is only slow is connected at once", async () => {
  const emitter = new EventEmitter();
  await Serving.run(
    ({ path }) => {
      if (path === "/live") return new EventSourceResponse(on(emitter, "price"));
      return new EventSourceResponse(
        (async function* () {
          await pause(5);
          if (path === "/none") throw new HTTPException(404);
          yield 1;
        })(),
      );
    },
    async (serving) => {
      assert.is((await serving.ask({ path: "/none" })).status, 500); // core answers 404; what counts is that it can
      assert.instance(serving.errors[0], HTTPException);
      const socket = serving.connect("GET /live HTTP/1.1\r\nHost: a\r\n\r\n");
      using time = new OwnTime();
      const head = await new Promise((resolve) => socket.once("data", resolve));
      assert.match(String(head), /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n$/, "the head alone");
      assert.ok(time.ms < 1000, `it waited ${time.ms} ms`);
      emitter.emit("price", 7);
      assert.match(String(await new Promise((resolve) => socket.once("data", resolve))), /data: \[7\]\n\n/);
      socket.destroy();
      await until(() => emitter.listenerCount("price") === 0, "the source is still open");
    },
  );
});

test("a prepared event stream is not waited for again", async () => {
  const response = new EventSourceResponse(new PassThrough({ objectMode: true }));
  const request = { method: "GET", secure: false };
  await prepareResponse(response, request);
  assert.is(await Promise.race([prepareResponse(response, request), pause(50)]), response);
  await (response.body as StreamBody).close();
});

// ---------- pings

test("a ping is sent where nothing else is, and only there", () => {
  const silences: number[] = []; // before each event, in milliseconds
  let goOn = (): void => {};
  const pinged = new Promise<void>((resolve) => (goOn = resolve));
  return Serving.run(
    () =>
      new EventSourceResponse(
        (async function* () {
          for (let at = 0; at < 20; at++) {
            yield at;
            const start = performance.now();
            await pause(5);
            silences.push(performance.now() - start);
          }
          await pinged;
          yield "late";
        })(),
        { pingMs: 50 },
      ),
    async (serving) => {
      const socket = serving.connect("GET / HTTP/1.0\r\n\r\n").setEncoding("utf8");
      let text = "";
      socket.on("data", (part: string) => {
        text += part;
        if (/data: 19\n\n(?:: ping\n\n){2}/.test(text)) goOn();
      });
      await new Promise((resolve) => socket.once("close", resolve));
      const events = text
        .slice(text.indexOf("\r\n\r\n") + 4)
        .split("\n\n")
        .slice(0, -1);
      assert.equal(
        events.filter((event) => event !== ": ping"),
        [...Array.from({ length: 20 }, (_, at) => `data: ${at}`), 'data: "late"'],
      );
      // a pause of 5 ms may take long enough for a ping, on a busy machine
      for (const [at, silence] of silences.slice(0, -1).entries())
        if (silence < 45) assert.is(events[events.indexOf(`data: ${at}`) + 1], `data: ${at + 1}`, `after ${silence} ms`);
      assert.equal(events.slice(events.indexOf("data: 19") + 1, events.indexOf("data: 19") + 3), [": ping", ": ping"]);
    },
  );
});

test("pings do not heap up for a client that reads nothing", async () => {
  const lines = Array.from({ length: 200 }, () => "x".repeat(65_536));
  let read = 0;
  await Serving.run(
    () =>
      new EventSourceResponse(
        (function* () {
          for (const line of lines) {
            read++;
            yield line;
          }
        })(),
        { pingMs: 1 },
      ),
    async (serving) => {
      const socket = serving.connect();
      socket.pause();
      await pause(200);
      assert.ok(read < 200, "the source waits");
      let text = "";
      socket
        .setEncoding("utf8")
        .on("data", (part: string) => (text += part))
        .resume();
      await until(() => text.endsWith("\r\n0\r\n\r\n"), "it does not end");
      assert.not.match(text, /: ping/);
    },
  );
});

test("LM-09: when the client leaves between two pings, the source is closed at once", async () => {
  const source = new PassThrough({ objectMode: true });
  await Serving.run(
    () => new EventSourceResponse(source, { pingMs: 60_000 }),
    async (serving) => {
      const socket = serving.connect();
      await new Promise((resolve) => socket.once("data", resolve));
      socket.destroy();
      await until(() => source.destroyed && serving.underWay === 0, "the source is still open");
    },
  );
});

test("the ping timer keeps no process alive", () => {
  const program = `
    import { EventSourceResponse } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
    const { body } = new EventSourceResponse({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }, { pingMs: 600_000 });
    void body.take()();
  `;
  const flags = ["--import", "@oxc-node/core/register", "--conditions=@madeleine/source", "--input-type=module", "-e", program];
  const { signal, stderr } = spawnSync(process.execPath, flags, { timeout: 45_000, cwd: process.cwd() });
  assert.is(signal, null, String(stderr));
});

for (const pingMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]) {
  test(`pingMs ${pingMs} is refused: a timer would run at once, over and over`, () => {
    assert.throws(() => new EventSourceResponse([], { pingMs }), /mend: milliseconds from 1/);
  });
}

test("an event keeps its type of data", () => {
  const event = new ServerSentEvent({ data: { price: 7 } });
  assert.is(event.fields.data?.price, 7);
});

test.run();
