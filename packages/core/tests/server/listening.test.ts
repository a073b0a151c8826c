import { createServer } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { App } from "@madeleine/core";
import { Response } from "@madeleine/http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createApp } from "../harness.ts";

const size = 20_000_000; // more than the buffers between the two ends of a connection hold
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

async function open(graceMs = 5000): Promise<App> {
  const { app } = createApp();
  app.get("/text", () => "x".repeat(size));
  app.get("/bytes", () => new Response(new Uint8Array(size)));
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
    await pause(100);
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
  await pause(100);
  const started = performance.now();
  const error = await app.close().catch((thrown: unknown) => thrown);
  assert.is((error as Error).message, "closing took longer than 800 ms, and cut off answers that were not read to their end");
  assert.ok(performance.now() - started < 1500);
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
