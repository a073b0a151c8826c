import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { BackgroundTasks, Body, Depends, type App } from "@madeleine/core";
import { FileResponse, JSONLines, Request, Response, StreamingResponse } from "@madeleine/http";
import { z } from "zod";
import { createApp, until } from "./harness.ts";

/** What is written to the socket, how many requests have begun by then, or something that happens. */
type Step = string | number | typeof close | typeof release | typeof heard;

const close = Symbol("the application closes");
const release = Symbol("what is slow goes on");
const heard = Symbol("the client has the first answer");
const leaving = (name: string): Response => new Response(JSON.stringify(name), { headers: { connection: "close" } });
const get = (name: string): string => `GET /${name} HTTP/1.1\r\nHost: a\r\n\r\n`;
const post = (name: string): string =>
  `POST /${name} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1`;

/**
 * Plays the steps on one connection, each when the one before it has come to the server. Shape: `ran` and `answered` hold names of
 * requests; `left` those whose answer says `Connection: close`; `done` has a mark for the end of what is slow, too.
 */
async function play(steps: readonly Step[]): Promise<{ ran: string[]; done: string[]; answered: string[]; left: string[] }> {
  const { app, log } = createApp();
  const ran: string[] = [];
  const done: string[] = [];
  let goOn = (): void => {};
  const released = new Promise<void>((resolve) => (goOn = resolve));
  let serverSide: Socket | undefined;
  const begin = (name: string, { socket }: IncomingMessage): void => {
    serverSide = socket as Socket;
    ran.push(name);
    done.push(name);
  };
  const quick = (name: string, { raw }: Request): string => (begin(name, raw), name);
  const slow = async (name: string, { raw }: Request): Promise<string> => {
    begin(name, raw);
    await released;
    done.push(`${name}.`);
    return name;
  };
  app.get("/slow", { request: Request }, ({ request }) => slow("slow", request));
  app.get("/quick", { request: Request }, ({ request }) => quick("quick", request));
  app.post("/slow-post", { n: Body(z.number()), request: Request }, ({ request }) => slow("slow-post", request));
  app.post("/quick-post", { n: Body(z.number()), request: Request }, ({ request }) => quick("quick-post", request));
  app.get("/leave", { request: Request }, ({ request }) => leaving(quick("leave", request)));
  app.get("/leave-slow", { request: Request }, async ({ request }) => leaving(await slow("leave-slow", request)));
  app.post("/leave-post", { request: Request }, async ({ request }) => leaving(await slow("leave-post", request)));
  app.post("/unread", { request: Request }, ({ request }) => quick("unread", request));
  app.post("/unread-slow", { request: Request }, ({ request }) => slow("unread-slow", request));
  app.mount("/node", {
    node(raw, rawResponse) {
      begin("node", raw);
      void released.then(() => rawResponse.writeHead(200, { connection: "close" }).end('"node"'));
    },
  });
  app.get(
    "/leave-stream",
    { response: JSONLines(z.string()) },
    { request: Request, response: Response },
    async function* (needs) {
      begin("leave-stream", needs.request.raw);
      needs.response.headers.set("connection", "close");
      yield "leave-stream";
      await released;
    },
  );
  app.get("/stream", { response: JSONLines(z.string()) }, { request: Request }, async function* ({ request }) {
    begin("stream", request.raw);
    yield "stream";
    await released;
    for (let i = 0; i < 3; i++) yield ".";
  });
  await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true, graceMs: 30_000 });
  const socket = connect(Number(new URL(app.url!).port), "127.0.0.1");
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk) => (text += String(chunk)));
  const ended = new Promise((resolve, reject) => void socket.once("close", resolve).once("error", reject));
  let sent = 0;
  let closing: Promise<void> | undefined;
  for (const step of steps) {
    if (typeof step === "number") await until(() => ran.length === step);
    else if (step === heard) await until(() => text.includes("HTTP/1.1 200 "));
    else if (step === close) {
      const { url } = app;
      closing = app.close();
      await untilRefused(url!);
    } else if (step === release) goOn();
    else {
      sent += Buffer.byteLength(step);
      socket.write(step);
      await until(() => serverSide !== undefined && (serverSide.destroyed || serverSide.bytesRead === sent));
    }
  }
  await closing;
  await ended;
  await app.close();
  assert.equal(log.messages, []);
  const answers = text.split(/(?=HTTP\/1\.1 [245])/).filter((answer) => answer !== "");
  const nameOf = (answer: string): string => /"([\w-]+)"/.exec(answer)?.[1] ?? answer;
  const left = answers.filter((answer) => /\r\nconnection: close\r\n/i.test(answer)).map(nameOf);
  return { ran, done, answered: answers.map(nameOf), left };
}

/** Kept when the server takes no connection any more: it closes. */
async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const isRefused = await new Promise(
      (resolve) => void socket.once("connect", () => resolve(false)).once("error", () => resolve(true)),
    );
    socket.destroy();
    if (isRefused === true) return;
  }
}

interface Course {
  readonly what: string;
  readonly steps: readonly Step[];
  readonly answered: readonly string[];
  readonly left: readonly string[];
}

const [slow, quick, stream, slowPost, quickPost] = [
  get("slow"),
  get("quick"),
  get("stream"),
  post("slow-post"),
  post("quick-post"),
];
const expecting = (name: string): string =>
  `POST /${name} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello`;

/** Outside of a shutdown, where the handler ends the connection, or the framework. */
const endings: readonly { what: string; steps: readonly Step[]; ran: readonly string[] }[] = [
  { what: "a closing answer", steps: [get("leave") + quickPost], ran: ["leave"] },
  { what: "a closing answer, be it only a GET", steps: [get("leave") + quick], ran: ["leave"] },
  { what: "one that is waited for", steps: [get("leave-slow") + quickPost, release], ran: ["leave-slow"] },
  { what: "one that is waited for, in another packet", steps: [get("leave-slow"), 1, quickPost, release], ran: ["leave-slow"] },
  { what: "the closing answer to a POST, be it only a GET", steps: [post("leave-post") + quick, release], ran: ["leave-post"] },
  { what: "one that waits for another", steps: [slow + get("leave") + quickPost + quick, release], ran: ["slow", "leave"] },
  { what: "a stream that closes", steps: [get("leave-stream"), heard, quick + quickPost, release], ran: ["leave-stream"] },
  { what: "that of a mounted listener of node:http", steps: [get("node/x") + quickPost, 1, release], ran: ["node"] },
  { what: "one in more than one packet of requests", steps: [get("leave") + quickPost.repeat(5000)], ran: ["leave"] },
  { what: "a body that was asked about and not read", steps: [expecting("unread") + quickPost], ran: ["unread"] },
  { what: "one that was not read so far", steps: [expecting("unread-slow") + quickPost, 1, release], ran: ["unread-slow"] },
];

for (const { what, steps, ran } of endings) {
  test(`nothing runs behind ${what} (RFC 9112 §9.6)`, async () => {
    const played = await play(steps);
    assert.equal(played.ran, ran);
    assert.equal(played.answered, ran);
  });
}

const courses: readonly Course[] = [
  {
    what: "what was done behind a slow request before the close is answered",
    steps: [slow + quick, 2, close, release],
    answered: ["slow", "quick"],
    left: [], // both answers were made or promised before: the connection ends when it is idle
  },
  {
    what: "what had begun behind a slow request is answered, and asks the client to leave",
    steps: [slow + slow, 2, close, release],
    answered: ["slow", "slow"],
    left: ["slow"],
  },
  {
    what: "what waits behind a slow request is answered, and asks the client to leave",
    steps: [slow + slowPost, 1, close, release],
    answered: ["slow", "slow-post"],
    left: ["slow-post"],
  },
  {
    what: "so is what comes during the close, before the slow request has its answer",
    steps: [slow, 1, close, slowPost, release],
    answered: ["slow", "slow-post"],
    left: ["slow-post"],
  },
  {
    what: "nothing runs behind a waiting answer that asks the client to leave",
    steps: [slow, 1, close, quick, 2, quickPost, release],
    answered: ["slow", "quick"],
    left: ["quick"],
  },
  {
    what: "nor behind a stream that does",
    steps: [quick, 1, close, stream, 2, quickPost, release],
    answered: ["quick", "stream"],
    left: ["stream"],
  },
  {
    what: "nor in the same packet",
    steps: [quick, 1, close, quick + slowPost, release],
    answered: ["quick", "quick"],
    left: ["quick"],
  },
  {
    what: "a stream that began before the close does not: what comes behind it is answered",
    steps: [stream, 1, close, quickPost, release],
    answered: ["stream", "quick-post"],
    left: ["quick-post"],
  },
  {
    what: "a body that is still arriving behind a slow request is waited for",
    steps: [slow, 1, close, quickPost.slice(0, -1), release, heard, "1"],
    answered: ["slow", "quick-post"],
    left: ["quick-post"],
  },
];

for (const { what, steps, answered, left } of courses) {
  test(`while the server closes, ${what} (RFC 9112 §9.6)`, async () => {
    const played = await play(steps);
    assert.equal(played.answered, answered);
    assert.equal(played.left, left);
    assert.equal(played.ran.toSorted(), answered.toSorted(), "what ran is answered, and nothing else ran");
  });
}

test("requests with safe methods run side by side, and one with another method in its turn (RFC 9112 §9.3.2)", async () => {
  const last = quick.replace("Host", "Connection: close\r\nHost");
  const { done, answered } = await play([slow + slow + slowPost + quick + slow + quickPost + last, 2, release]);
  assert.equal(done, [
    "slow",
    "slow",
    "slow.",
    "slow.",
    "slow-post",
    "slow-post.",
    "quick",
    "slow",
    "slow.",
    "quick-post",
    "quick",
  ]);
  assert.equal(answered, ["slow", "slow", "slow-post", "quick", "slow", "quick-post", "quick"]);
});

for (const [before, names] of [
  [slow + quickPost, ["slow", "quick-post"]],
  [slow + slowPost, ["slow", "slow-post"]],
] as const) {
  test(`what is malformed behind ${names.join(" and ")} is refused behind their answers (LM-03)`, async () => {
    const { ran, answered } = await play([`${before}MALFORMED\r\n\r\n`, release]);
    assert.equal(ran, names);
    assert.equal(answered, [...names, "detail"]);
  });
}

const waiting: readonly (readonly [what: string, add: (app: App, over: () => void) => void])[] = [
  [
    "background task",
    (app, over) =>
      app.get("/behind/", { tasks: BackgroundTasks }, ({ tasks }) => {
        tasks.add(over);
        return "";
      }),
  ],
  [
    "dependency that lives until the response is out",
    (app, over) => {
      async function* connection(): AsyncGenerator<string> {
        try {
          yield "";
        } finally {
          over();
        }
      }
      app.get("/behind/", { made: Depends(connection) }, ({ made }) => made);
    },
  ],
  [
    "signal",
    (app, over) =>
      app.get("/behind/", { request: Request }, async ({ request: { signal } }) => {
        await once(signal, "abort");
        over();
        return "";
      }),
  ],
  [
    "listener of node:http",
    (app, over) => app.mount("/behind", { node: (_, rawResponse) => void rawResponse.on("close", over).end() }),
  ],
  [
    "file",
    (app, over) =>
      app.get("/behind/", () => {
        over();
        return new FileResponse(new URL(import.meta.url));
      }),
  ],
];

for (const [what, add] of waiting) {
  test(`a ${what} behind a slow answer comes to its end when the client goes, and nothing of it stays under way (LM-07)`, async () => {
    const { app } = createApp();
    let isBegun = false;
    let isOver = false;
    let goOn = (): void => {};
    app.get("/slow", () => {
      isBegun = true;
      return new Promise<string>((resolve) => (goOn = () => resolve("")));
    });
    add(app, () => (isOver = true));
    await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true });
    const socket = connect(Number(new URL(app.url!).port), "127.0.0.1");
    socket.write(get("slow") + get("behind/"));
    await until(() => isBegun);
    socket.resetAndDestroy();
    await until(() => isOver);
    goOn();
    const isClosed = await Promise.race([app.close().then(() => true), pause(5000, false, { ref: false })]);
    assert.ok(isClosed, "the application waits for it");
  });
}

/** Writes bytes to an application and gives all that comes back until the connection is closed. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk) => (text += String(chunk)));
  socket.write(bytes);
  await once(socket, "close");
  return text;
}

function statusesOf(text: string): string[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!);
}

async function open(app: App, graceMs = 5000): Promise<number> {
  await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true, graceMs });
  return Number(new URL(app.url!).port);
}

const closing = "GET /canary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const tunnel = "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n";
const postLater = "POST /later HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";

test("who asks for a tunnel behind a stream has all of the stream, however slowly it is read", async () => {
  const { app } = createApp();
  const part = "x".repeat(100_000);
  app.get("/stream", () => new StreamingResponse(Array.from({ length: 100 }, () => part)));
  const port = await open(app);
  const text = await exchange(port, get("stream") + tunnel);
  assert.equal(statusesOf(text), ["200", "501"]);
  assert.is(text.split("x").length - 1, 100 * part.length);
  await app.close();
});

test("closing keeps to its grace where somebody asks for a tunnel behind a slow answer", async () => {
  const { app } = createApp();
  let isBegun = false;
  app.get("/slow", async () => {
    isBegun = true;
    await pause(5000, undefined, { ref: false });
  });
  const socket = connect(await open(app, 100), "127.0.0.1").on("error", () => {});
  socket.write(get("slow") + tunnel);
  await until(() => isBegun);
  const failed = app.close().then(
    () => "closed",
    (error: Error) => error.message,
  );
  assert.match(
    await Promise.race([failed, pause(4000, "still open", { ref: false })]),
    /took longer than 100 ms, and cut off GET \/slow/,
  );
});

test("what expects more than 100-continue is 417 in its turn, and what comes behind it is answered (RFC 9110 §10.1.1)", async () => {
  const { app } = createApp();
  app.post("/later", () => pause(20, "later"));
  const port = await open(app);
  const expecting = "GET /canary HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n";
  assert.equal(statusesOf(await exchange(port, postLater + expecting + postLater + closing)), ["200", "417", "200", "200"]);
  assert.equal(statusesOf(await exchange(port, `${postLater + expecting}MALFORMED\r\n\r\n`)), ["200", "417", "400"]);
  await app.close();
});

test("a request that waits runs also where somebody else answers the one before it, and in its own context (DI-09)", async () => {
  const { app } = createApp();
  const storage = new AsyncLocalStorage<string>();
  app.post("/later", () => pause(20, `context ${storage.getStore()}`));
  await app.boot();
  let count = 0;
  const server = createServer((raw, rawResponse) => {
    if (raw.url === "/own") rawResponse.end("own");
    else storage.run(String(++count), () => app.callback(raw, rawResponse));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const text = await exchange(port, postLater + get("own") + postLater + postLater + closing);
  assert.equal(statusesOf(text), ["200", "200", "200", "200", "200"]);
  assert.equal(text.match(/context \d/g), ["context 1", "context 2", "context 3"]);
  server.close();
  await app.close();
});

test("a malformed body behind a slow request is refused behind that one's answer, once (LM-03)", async () => {
  const { app } = createApp();
  const warnings: Error[] = [];
  const warn = (warning: Error): void => void warnings.push(warning);
  process.on("warning", warn);
  app.get("/slow", () => pause(100, "slow"));
  app.post("/body", { body: Body(z.number()) }, ({ body }) => body);
  const port = await open(app);
  const bad = "POST /body HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n";
  assert.equal(statusesOf(await exchange(port, get("slow") + bad)), ["200", "400"]);
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk) => (text += String(chunk)));
  socket.write(get("slow"));
  for (let packet = 0; packet < 20; packet++) {
    socket.write("GARBAGE\r\n\r\n");
    await pause(1);
  }
  await once(socket, "close");
  process.off("warning", warn);
  assert.equal({ statuses: statusesOf(text), warnings }, { statuses: ["200", "400"], warnings: [] });
  await app.close();
});

test.run();
