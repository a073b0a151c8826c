import { connect } from "node:net";
import { Query } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, withstand } from "../harness.ts";

// What node's parser refuses, and what is refused here before a handler sees it, on the wire.

test("HT-04 a bare CR, an obsolete folding and a space before the colon are 400", async () => {
  const { app } = createApp();
  await withstand(app, async (client) => {
    for (const line of ["X-A: a\rX-B: b", "X-A: a\r\n folded", "X-A : a"]) {
      const answer = await client.fetchRaw(`GET /canary HTTP/1.1\r\nHost: a\r\n${line}\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 400 /, JSON.stringify(line));
      assert.not.match(answer, /alive/);
    }
  });
});

test("HT-05 chunk extensions without end are refused long before 100 MB", async () => {
  const { app } = createApp();
  await withstand(app, async () => {
    const socket = connect(Number(new URL(app.url!).port), "127.0.0.1");
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    let answer = "";
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString("latin1"))).on("error", () => {});
    socket.write("POST /canary HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1");
    const extension = Buffer.alloc(64 * 1024, ";a=b");
    let sent = 0;
    while (!socket.destroyed && sent < 100 * 1024 * 1024) {
      sent += extension.length;
      if (!socket.write(extension)) await Promise.race([closed, new Promise((resolve) => socket.once("drain", resolve))]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await closed;
    assert.ok(sent < 20 * 1024 * 1024, `${sent} bytes were taken`);
    assert.match(answer, /^HTTP\/1\.1 4\d\d |^$/);
  });
});

test("HT-01 PX-01 what follows a request with faulty framing in the same packet never runs", async () => {
  const { app } = createApp();
  let ran = 0;
  app.get("/x", () => (ran += 1));
  app.on(505, () => new Promise((resolve) => setTimeout(() => resolve("later"), 50)));
  await withstand(app, async (client) => {
    const faulty = [
      "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
      "POST /x HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "GET /canary HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET /canary HTTP/1.1\r\nHost: a@evil\r\n\r\n",
      "GET /canary HTTP/2.0\r\nConnection: keep-alive\r\n\r\n",
    ];
    for (const bytes of faulty) {
      const answers = await client.fetchRaw(`${bytes}${"GET /x HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2)}`);
      assert.is(answers.match(/HTTP\/1\.1 \d+/g)?.length, 1, bytes);
    }
    const behind = await client.fetchRaw(`GET /x HTTP/1.1\r\nHost: a\r\n\r\n${faulty[2]}`);
    assert.equal(behind.match(/HTTP\/1\.1 \d+/g), ["HTTP/1.1 200", "HTTP/1.1 400"], "what comes before it has its answer");
  });
  assert.is(ran, 1);
});

test("QS-04 brackets are part of a name: no depth, no index, no sparse list, and commas divide nothing", async () => {
  const { app } = createApp();
  const needs = { ids: Query(z.array(z.string()).default([])), a: Query() };
  app.get("/list", needs, ({ ids, a }) => ({ count: ids.length, first: ids[0] ?? null, a: a ?? null }));
  await withstand(app, async (client) => {
    const deep = `a${"[b]".repeat(1000)}=1`;
    assert.equal((await client.get(`/list?${deep}`)).json(), { count: 0, first: null, a: null });
    assert.equal((await client.get("/list?a[999999999]=x&ids[]=1")).json(), { count: 0, first: null, a: null });
    const commas = ",".repeat(12_000);
    assert.equal((await client.get(`/list?ids=${commas}`)).json(), { count: 1, first: commas, a: null });
  });
});

test("LM-05 connections that send a header byte by byte are closed with 408, and others are answered meanwhile", async () => {
  const { app } = createApp();
  await withstand(app, async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => dripHeaders(Number(new URL(app.url!).port))));
    for (const answer of answers) assert.match(answer, /^HTTP\/1\.1 408 /);
  });
});

/** Sends one byte of a header every two seconds, until the connection is closed; gives what was answered. */
function dripHeaders(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("GET /canary HTTP/1.1\r\nHost: a\r\nX-Slow: "));
    const drip = setInterval(() => socket.write("a"), 2000);
    let answer = "";
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString("latin1"))).on("error", () => {});
    socket.once("close", () => {
      clearInterval(drip);
      resolve(answer);
    });
  });
}

test.run();
