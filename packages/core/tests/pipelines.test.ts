import type { IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Body } from "@madeleine/core";
import { JSONLines, Request, Response } from "@madeleine/http";
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

test.run();
