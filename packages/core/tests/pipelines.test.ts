import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Body } from "@madeleine/core";
import { JSONLines } from "@madeleine/http";
import { z } from "zod";
import { createApp } from "./harness.ts";

/** What is written to the socket, milliseconds of waiting, or the close of the application. */
type Step = string | number | typeof close;

const close = Symbol("close");
const get = (name: string): string => `GET /${name} HTTP/1.1\r\nHost: a\r\n\r\n`;
const post = (name: string): string =>
  `POST /${name} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1`;

/** Plays the steps on one connection. Shape: `ran` and `answered` hold names of requests; `left` those whose answer says `Connection: close`. */
async function play(steps: readonly Step[]): Promise<{ ran: string[]; answered: string[]; left: string[] }> {
  const { app, log } = createApp();
  const ran: string[] = [];
  const slow = async (name: string): Promise<string> => {
    ran.push(name);
    await pause(150);
    return name;
  };
  app.get("/slow", () => slow("slow"));
  app.get("/quick", () => (ran.push("quick"), "quick"));
  app.post("/slow-post", { n: Body(z.number()) }, () => slow("slow-post"));
  app.post("/quick-post", { n: Body(z.number()) }, () => (ran.push("quick-post"), "quick-post"));
  app.get("/stream", { response: JSONLines(z.string()) }, {}, async function* () {
    ran.push("stream");
    for (let i = 0; i < 4; i++) yield await pause(50, i === 0 ? "stream" : ".");
  });
  await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true, graceMs: 5000 });
  const socket = connect(Number(new URL(app.url!).port), "127.0.0.1");
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk) => (text += String(chunk)));
  const ended = new Promise((resolve, reject) => void socket.once("close", resolve).once("error", reject));
  let closing: Promise<void> | undefined;
  for (const step of steps) {
    if (typeof step === "number") await pause(step);
    else if (step === close) closing = app.close();
    else socket.write(step);
  }
  await closing;
  await ended;
  assert.equal(log.messages, []);
  const answers = text.split(/(?=HTTP\/1\.1 200 )/).filter((answer) => answer !== "");
  const nameOf = (answer: string): string => /"([\w-]+)"/.exec(answer)?.[1] ?? answer;
  const left = answers.filter((answer) => /\r\nconnection: close\r\n/i.test(answer)).map(nameOf);
  return { ran, answered: answers.map(nameOf), left };
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
    steps: [slow + quickPost, 50, close],
    answered: ["slow", "quick-post"],
    left: [], // both answers were made or promised before: the connection ends when it is idle
  },
  {
    what: "what had begun behind a slow request is answered, and asks the client to leave",
    steps: [slow + slowPost, 50, close],
    answered: ["slow", "slow-post"],
    left: ["slow-post"],
  },
  {
    what: "so is what comes during the close, before the slow request has its answer",
    steps: [slow, 50, close, 50, slowPost],
    answered: ["slow", "slow-post"],
    left: ["slow-post"],
  },
  {
    what: "nothing runs behind a waiting answer that asks the client to leave",
    steps: [slow, 50, close, 20, quick, 20, quickPost],
    answered: ["slow", "quick"],
    left: ["quick"],
  },
  {
    what: "nor behind a stream that does",
    steps: [quick, 50, close, 20, stream, 80, quickPost],
    answered: ["quick", "stream"],
    left: ["stream"],
  },
  {
    what: "nor in the same packet",
    steps: [quick, 50, close, 20, quick + slowPost],
    answered: ["quick", "quick"],
    left: ["quick"],
  },
  {
    what: "a stream that began before the close does not: what comes behind it is answered",
    steps: [stream, 50, close, 50, quickPost],
    answered: ["stream", "quick-post"],
    left: ["quick-post"],
  },
  {
    what: "a body that is still arriving behind a slow request is waited for",
    steps: [slow, 50, close, 20, quickPost.slice(0, -1), 250, "1"],
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
