import { connect, type Socket } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Body } from "@madeleine/core";
import { JSONLines, Request } from "@madeleine/http";
import { z } from "zod";
import { createApp, until } from "./harness.ts";

/** What is written to the socket, how many requests have begun by then, or something that happens. */
type Step = string | number | typeof close | typeof release | typeof heard;

const close = Symbol("the application closes");
const release = Symbol("what is slow goes on");
const heard = Symbol("the client has the first answer");
const get = (name: string): string => `GET /${name} HTTP/1.1\r\nHost: a\r\n\r\n`;
const post = (name: string): string =>
  `POST /${name} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1`;

/**
 * Plays the steps on one connection, each when the one before it has come to the server. Shape: `ran` and `answered` hold names of
 * requests; `left` those whose answer says `Connection: close`.
 */
async function play(steps: readonly Step[]): Promise<{ ran: string[]; answered: string[]; left: string[] }> {
  const { app, log } = createApp();
  const ran: string[] = [];
  let goOn = (): void => {};
  const released = new Promise<void>((resolve) => (goOn = resolve));
  let serverSide: Socket | undefined;
  const slow = async (name: string): Promise<string> => {
    ran.push(name);
    await released;
    return name;
  };
  app.get("/slow", { request: Request }, ({ request }) => ((serverSide = request.raw.socket), slow("slow")));
  app.get("/quick", { request: Request }, ({ request }) => {
    serverSide = request.raw.socket;
    ran.push("quick");
    return "quick";
  });
  app.post("/slow-post", { n: Body(z.number()) }, () => slow("slow-post"));
  app.post("/quick-post", { n: Body(z.number()) }, () => (ran.push("quick-post"), "quick-post"));
  app.get("/stream", { response: JSONLines(z.string()) }, { request: Request }, async function* ({ request }) {
    serverSide = request.raw.socket;
    ran.push("stream");
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
      await until(() => serverSide !== undefined && serverSide.bytesRead === sent);
    }
  }
  await closing;
  await ended;
  assert.equal(log.messages, []);
  const answers = text.split(/(?=HTTP\/1\.1 200 )/).filter((answer) => answer !== "");
  const nameOf = (answer: string): string => /"([\w-]+)"/.exec(answer)?.[1] ?? answer;
  const left = answers.filter((answer) => /\r\nconnection: close\r\n/i.test(answer)).map(nameOf);
  return { ran, answered: answers.map(nameOf), left };
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
const courses: readonly Course[] = [
  {
    what: "what was done behind a slow request before the close is answered",
    steps: [slow + quickPost, 2, close, release],
    answered: ["slow", "quick-post"],
    left: [], // both answers were made or promised before: the connection ends when it is idle
  },
  {
    what: "what had begun behind a slow request is answered, and asks the client to leave",
    steps: [slow + slowPost, 2, close, release],
    answered: ["slow", "slow-post"],
    left: ["slow-post"],
  },
  {
    what: "so is what comes during the close, before the slow request has its answer",
    steps: [slow, 1, close, slowPost, 2, release],
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
    steps: [stream, 1, close, quickPost, 2, release],
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

test.run();
