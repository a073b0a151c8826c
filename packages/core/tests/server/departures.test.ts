import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { setImmediate as turn, setTimeout as pause } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { RawBody, type App } from "@madeleine/core";
import { Request, Response } from "@madeleine/http";
import { createApp, withstand } from "../harness.ts";
import { startProgram } from "../program.ts";

const dateNow = Date.now;
const get = (path: string, headers = ""): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`;

test.after.each(() => {
  Date.now = dateNow;
});

async function open(app: App): Promise<number> {
  await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true });
  return Number(new URL(app.url!).port);
}

/** A connection that was answered once, so that its server has it. */
async function connectTo(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.write(get("/canary"));
  await once(socket, "data");
  return socket;
}

/** Writes bytes, ends its half of the connection if that is wanted, and gives the status of every answer that comes back. */
async function statusesFor(port: number, bytes: string | Buffer, end = false): Promise<string[]> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk) => (text += String(chunk)));
  socket.write(bytes);
  if (end) socket.end();
  await once(socket, "close");
  return [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!);
}

test("answers to what arrives together are written when all of it was handled, and each to its own connection", async () => {
  const { app } = createApp();
  const handled: { socket: Socket; bytes: number }[] = [];
  let early = 0;
  app.get("/items/:id", { request: Request }, ({ request }) => {
    early += handled.filter(({ socket, bytes }) => socket.bytesWritten > bytes).length;
    handled.push({ socket: request.raw.socket, bytes: request.raw.socket.bytesWritten });
    return request.path;
  });
  const port = await open(app);
  const sockets = await Promise.all(Array.from({ length: 20 }, () => connectTo(port)));
  Date.now = () => 0; // a slow machine would have some leave before
  const answers = sockets.map((socket) => once(socket, "data"));
  for (const [index, socket] of sockets.entries()) socket.write(get(`/items/${index}`));
  const texts = (await Promise.all(answers)).map(([chunk]) => String(chunk));
  texts.forEach((text, index) => assert.match(text, new RegExp(`"/items/${index}"$`)));
  assert.equal({ handled: handled.length, early }, { handled: 20, early: 0 });
  for (const socket of sockets) socket.destroy();
  await app.close();
});

test("bytes that a handler uses again for the next request of the turn reach each client as they were", async () => {
  const { app } = createApp();
  const scratch = Buffer.alloc(1);
  app.get("/digits/:digit", { request: Request }, ({ request }) => {
    scratch.write(request.path.at(-1)!);
    return new Response(scratch);
  });
  const port = await open(app);
  const sockets = await Promise.all(Array.from({ length: 10 }, () => connectTo(port)));
  const answers = sockets.map((socket) => once(socket, "data"));
  for (const [index, socket] of sockets.entries()) socket.write(get(`/digits/${index}`));
  const texts = (await Promise.all(answers)).map(([chunk]) => String(chunk).at(-1));
  assert.equal(texts, [..."0123456789"]);
  for (const socket of sockets) socket.destroy();
  await app.close();
});

test("a node listener that throws, and only then ends its response, does not end it without the answer to its error", async () => {
  const { app } = createApp();
  app.mount("/node", {
    node: (_, rawResponse) => {
      setImmediate(() => rawResponse.end());
      throw new Error("after this");
    },
  });
  const port = await open(app);
  const sockets = await Promise.all(Array.from({ length: 10 }, () => connectTo(port)));
  const answers = sockets.map((socket) => once(socket, "data"));
  for (const socket of sockets) socket.write(get("/node/"));
  for (const [chunk] of await Promise.all(answers)) assert.match(String(chunk), /"Internal Server Error"\}$/);
  for (const socket of sockets) socket.destroy();
  await app.close();
});

test("an answer that comes late is out before the client's end is read, so that those behind it are, too", async () => {
  const { app } = createApp();
  let release = (): void => {};
  app.get("/late", () => new Promise<string>((resolve) => (release = () => resolve("late"))));
  let begun = (): void => {};
  app.get("/behind", () => (begun(), "behind"));
  const port = await open(app);
  const socket = await connectTo(port);
  let text = "";
  socket.on("data", (chunk) => (text += String(chunk)));
  const isBegun = new Promise<void>((resolve) => (begun = resolve));
  socket.write(get("/late") + get("/behind"));
  await isBegun;
  await turn();
  socket.end();
  release();
  await once(socket, "close");
  assert.match(text, /"late"HTTP[^]*"behind"$/);
  await app.close();
});

test("requests that are pipelined are answered in their order, whatever each waits for", async () => {
  const { app } = createApp();
  const order: string[] = [];
  app.get("/now", () => (order.push("now"), new Response("", { status: 201 })));
  app.get("/later", async () => {
    await pause(20);
    order.push("later");
    return new Response("", { status: 202 });
  });
  const port = await open(app);
  const bytes = get("/now") + get("/later") + get("/now") + get("/canary", "Connection: close\r\n");
  assert.equal(await statusesFor(port, bytes), ["201", "202", "201", "200"]);
  assert.equal(order, ["now", "now", "later"]);
  await app.close();
});

const tails = [
  { what: "is malformed", bytes: "GARBAGE\r\n\r\n", status: "400" },
  { what: "asks for a tunnel", bytes: "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", status: "501" },
];

for (const { what, bytes, status } of tails) {
  test(`what ${what} is answered after all that was asked before it`, async () => {
    const { app } = createApp();
    app.get("/later", () => pause(20, "later"));
    const port = await open(app);
    for (const paths of [
      ["/canary"],
      ["/canary", "/canary", "/canary"],
      ["/later", "/canary"],
      ["/canary", "/later"],
      ["/later"],
    ])
      assert.equal(
        await statusesFor(port, paths.map((path) => get(path)).join("") + bytes),
        [...paths.map(() => "200"), status],
        paths.join(),
      );
    await app.close();
  });
}

test("a client that asks for a tunnel behind a request, and goes before that is answered, does not end the process", async () => {
  const { app } = createApp();
  app.get("/later", () => pause(20, "later"));
  await withstand(app, async () => {
    const socket = connect(Number(new URL(app.url!).port), "127.0.0.1");
    socket.write(`${get("/later")}CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n`);
    await pause(10);
    socket.resetAndDestroy();
    await pause(30);
  });
});

test("a client that ends its half of the connection with its last byte is answered all the same", async () => {
  const { app } = createApp();
  app.post("/length", { body: RawBody() }, ({ body }) => body.length);
  const port = await open(app);
  assert.equal(await statusesFor(port, get("/canary"), true), ["200"]);
  // As much as is read at once, so that the end is read in the same turn.
  const head = (length: number): string => `POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;
  const size = 65_536 - head(65_000).length;
  assert.equal(await statusesFor(port, head(size) + "x".repeat(size), true), ["200"]);
  await app.close();
});

test("requests that are pipelined, whose client ends its half with the last of them, are answered all the same", async () => {
  const { app } = createApp();
  app.post("/length", { body: RawBody() }, ({ body }) => body.length);
  const port = await open(app);
  const behind = get("/canary") + get("/canary");
  const head = (length: number): string => `POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;
  const size = 65_536 - head(65_000).length - behind.length; // so that the end is read in the same turn
  const bytes = head(size) + "x".repeat(size) + behind;
  for (let round = 0; round < 20; round++) assert.equal(await statusesFor(port, bytes, true), ["200", "200", "200"]);
  await app.close();
});

test("in a server that somebody else made an answer ends at once: others may watch it there", async () => {
  const { app } = createApp();
  const ended: boolean[] = [];
  await app.boot();
  const server = createServer((raw, rawResponse: ServerResponse) => {
    app.callback(raw, rawResponse);
    ended.push(rawResponse.writableEnded);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  assert.equal(await statusesFor(port, get("/canary", "Connection: close\r\n")), ["200"]);
  assert.equal(ended, [true]);
  server.close();
  await app.close();
});

test("a handler that ends the process does not take the answers of its turn with it", async () => {
  const program = startProgram(`
    const app = new App();
    app.get("/", () => "here");
    app.get("/block", () => {
      console.log("blocked");
      const until = Date.now() + 300;
      while (Date.now() < until);
      return "unblocked";
    });
    app.get("/exit", () => process.exit(3));
    await app.listen({ port: 0, host: "127.0.0.1" });
  `);
  const port = Number(/:(\d+)\n/.exec(await program.wrote("\n"))![1]);
  const answered = await connectTo(port);
  const exits = await connectTo(port);
  const blocks = await connectTo(port);
  blocks.on("error", () => {}).write(get("/block"));
  await program.wrote("blocked");
  const answer = once(answered, "data");
  answered.write(get("/"));
  exits.on("error", () => {}).write(get("/exit"));
  assert.match(String((await answer)[0]), /"here"$/);
  assert.is((await program.ended).code, 3);
});

test.run();
