import { createServer } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { App } from "@madeleine/core";
import { Response } from "@madeleine/http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createApp, until } from "../harness.ts";
import { OwnTime } from "../../../../scripts/test/own-time.ts";

const size = 20_000_000; // more than the buffers between the two ends of a connection hold
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

/** How many answers were asked for, since the application was opened last. */
let asked = 0;

async function open(graceMs = 30_000): Promise<App> {
  const { app } = createApp();
  asked = 0;
  app.get("/text", () => (asked++, "x".repeat(size)));
  app.get("/bytes", () => (asked++, new Response(new Uint8Array(size))));
  await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true, graceMs });
  return app;
}

/** A connection, what came on it, and its end. */
async function speak(app: App): Promise<{ socket: Socket; received: { bytes: number }; ended: Promise<unknown> }> {
  const socket = connect(Number(new URL(app.url!).port), "127.0.0.1");
  const received = { bytes: 0 };
  socket.on("data", (chunk) => (received.bytes += chunk.length)).on("error", () => {});
  const ended = new Promise((resolve) => socket.once("close", resolve));
  await new Promise((resolve) => socket.once("connect", resolve));
  return { socket, received, ended };
}

for (const path of ["/text", "/bytes"]) {
  test(`OP-01 an answer of ${path} that a slow client has half of is not cut off by the close, whether it began before or during it`, async () => {
    const app = await open();
    const [before, during] = [await speak(app), await speak(app)];
    for (const { socket } of [before, during]) socket.pause();
    before.socket.write(get(path));
    await until(() => asked === 1);
    const closing = app.close();
    during.socket.write(get(path));
    await pause(900); // idle connections are closed after half a second
    for (const { socket } of [before, during]) socket.resume();
    await Promise.all([closing, before.ended, during.ended]);
    assert.ok(before.received.bytes > size && during.received.bytes > size, `${before.received.bytes} ${during.received.bytes}`);
  });
}

test("LM-14 a client that reads nothing is cut off after the time of grace, and the error says so", async () => {
  const app = await open(800);
  const { socket, received, ended } = await speak(app);
  socket.pause();
  socket.write(get("/text"));
  await until(() => asked === 1);
  using time = new OwnTime();
  const error = await app.close().catch((thrown: unknown) => thrown);
  assert.is((error as Error).message, "closing took longer than 800 ms, and cut off answers that were not read to their end");
  assert.ok(time.ms < 1500, `it took ${time.ms} ms`);
  socket.resume();
  await ended;
  assert.ok(received.bytes < size);
});

test("when it has closed, a server that somebody else made asks nobody to leave", async () => {
  const app = await open();
  await app.close();
  await app.boot();
  const server = createServer(app.callback);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/canary`);
  assert.equal([await response.json(), response.headers.get("connection")], ["alive", "keep-alive"]);
  server.closeAllConnections();
  server.close();
  await app.close();
});

test.run();
