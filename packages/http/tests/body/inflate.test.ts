import { brotliCompressSync, constants, deflateSync, gunzipSync, gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { closed, collect, countFds, MULTIPART_TYPE, post, UploadServer, writeMultipart } from "../multipart/upload-server.ts";

const server = new UploadServer();
let fds = 0;
test.before(async () => {
  await server.start();
  fds = countFds() + 2;
});
test.before.each(() => server.reset());
test.after.each(() => server.assertClean(fds));
test.after(() => server.stop());

const codings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
const TEXT = "Content-Type: text/plain";
const postAs = (coding: string, content: Buffer, type = TEXT): Buffer => post(content, type, `Content-Encoding: ${coding}`);

for (const [coding, compress] of Object.entries(codings)) {
  test(`${coding}: text, JSON, bytes, streams, JSON lines and both forms are read as if they had come plain`, async () => {
    const readings: [string, string | Buffer, string, (typeof server)["handle"]][] = [
      ["text/plain", "héllo", '"héllo"', (request) => request.text()],
      ["application/json", '{"a":[1]}', '{"a":[1]}', (request) => request.json()],
      ["text/plain", "abc", "3", async (request) => (await request.bytes()).length],
      ["text/plain", "abc", '"abc"', async (request) => Buffer.concat(await request.stream().toArray()).toString()],
      ["application/jsonl", "1\n2\n", "[1,2]", (request) => collect(request.jsonLines())],
      ["application/x-www-form-urlencoded", "a=1", '[["a","1"]]', async (request) => [...(await request.form())]],
      [
        MULTIPART_TYPE.slice("Content-Type: ".length),
        writeMultipart({ name: "a", content: "1" }),
        '[["a","1"]]',
        async (request) => [...(await request.form())],
      ],
    ];
    for (const [type, content, expected, handle] of readings) {
      server.handle = handle;
      const answer = await server.send(postAs(coding, compress(content), `Content-Type: ${type}`));
      assert.equal([answer.status, answer.content], [200, expected], type);
    }
  });

  test(`LM-15: ${coding}: the limit counts inflated bytes, for every reader`, async () => {
    const body = compress(Buffer.alloc(1001, "x"));
    server.settings = { maxBodyBytes: 1000 };
    for (const reader of ["bytes", "text", "json"] as const) {
      server.handle = (request) => request[reader]();
      const answer = await server.send(postAs(coding, body));
      assert.equal([answer.status, answer.content], [413, '"The body is longer than 1000 bytes"'], reader);
    }
    server.handle = async (request) => (await request.stream().toArray()).length;
    assert.is((await server.send(postAs(coding, body))).status, 413);
    server.handle = async (request) => (await request.bytes()).length;
    assert.is((await server.send(postAs(coding, compress(Buffer.alloc(1000))))).content, "1000");
  });

  test(`LM-15: ${coding}: what is corrupt, truncated, or followed by something is a 400`, async () => {
    server.handle = async (request) => (await request.bytes()).length;
    const whole = compress("some text, ".repeat(200));
    const bodies: Record<string, Buffer | Buffer[]> = {
      "no such data": Buffer.from("this is not compressed at all"),
      truncated: whole.subarray(0, whole.length - 5),
      "truncated to a byte": whole.subarray(0, 1),
      "with bytes after it": Buffer.concat([whole, Buffer.from("trailing")]),
      "with zeros after it": Buffer.concat([whole, Buffer.alloc(10)]),
      corrupt: Buffer.concat([whole.subarray(0, 10), Buffer.alloc(20, 0xa5), whole.subarray(30)]),
    };
    for (const [what, body] of Object.entries(bodies)) {
      const answer = await server.send(postAs(coding, body as Buffer));
      assert.is(answer.status, 400, `${what}: ${answer.status} ${answer.content}`);
    }
    const late = postAs(coding, Buffer.concat([whole, Buffer.from("late")]));
    assert.is((await server.send([late.subarray(0, -4), late.subarray(-4)])).status, 400, "bytes in a packet of their own");
  });
}

test("LM-15: ten megabytes of gzip that hold ten gigabytes are refused after the first of them", async () => {
  const member = gzipSync(Buffer.alloc(100 * 1024 * 1024)); // members may follow one another (RFC 1952 §2.2)
  const bomb = Buffer.concat(Array.from({ length: 100 }, () => member));
  server.settings = { maxBodyBytes: 20 * 1024 * 1024, maxUploadBytes: 20 * 1024 * 1024 };
  let start = process.cpuUsage();
  gunzipSync(member);
  const onceMs = cpuMsSince(start);
  for (const reader of ["bytes", "json", "form"] as const) {
    server.handle = (request) => request[reader]();
    const before = process.memoryUsage().rss;
    start = process.cpuUsage();
    const answer = await server.send(postAs("gzip", bomb, reader === "form" ? MULTIPART_TYPE : TEXT));
    assert.is(answer.status, 413, reader);
    const ms = cpuMsSince(start);
    assert.ok(ms < 20 * onceMs, `${reader} took ${ms} ms of the processor's time, and to inflate one of a hundred ${onceMs} ms`);
    assert.ok(process.memoryUsage().rss - before < 200 * 1024 * 1024, "no more than the limit is held");
  }
});

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

test("LM-15: a small brotli body that holds 256 MiB is refused, and the loop goes on meanwhile", async () => {
  const bomb = brotliCompressSync(Buffer.alloc(256 * 1024 * 1024), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  assert.ok(bomb.length < 10_000);
  server.handle = (request) => request.json();
  const sending = server.send(postAs("br", bomb, "Content-Type: application/json"));
  assert.ok((await server.canary()) < 200);
  assert.is((await sending).status, 413);
});

test("LM-02: a handler that swallows the error of a compressed body does not hide the 413", async () => {
  server.settings = { maxBodyBytes: 1000 };
  server.handle = (request) => request.bytes().catch(() => "fine");
  assert.is((await server.send(postAs("gzip", gzipSync(Buffer.alloc(5000))))).status, 413);
});

test("a refused compressed body leaves the connection to the next request", async () => {
  server.settings = { maxBodyBytes: 200_000 };
  server.handle = (request) => request.bytes();
  const noise = Buffer.from(Array.from({ length: 150_000 }, (_, at) => (at * at * 31) % 251));
  const body = gzipSync(Buffer.concat([noise, Buffer.alloc(300_000)]));
  const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
  const next = "GET /canary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  const answer = await server.send(Buffer.concat([Buffer.from(head), body, Buffer.from(next)]));
  assert.is(answer.status, 413);
  assert.match(answer.content, /HTTP\/1\.1 200 [^]*"alive"$/);
});

test("LM-15, LM-07: a client that leaves in the middle of a compressed body is no crash", async () => {
  server.handle = (request) => request.bytes();
  const body = postAs("gzip", gzipSync(Buffer.from(Array.from({ length: 60_000 }, (_, at) => (at * at * 31) % 251))));
  const sockets = Array.from({ length: 20 }, () => server.connect(body.subarray(0, body.length / 2)));
  await server.until(() => server.arrived === 20);
  for (const socket of sockets) socket.destroy();
  await Promise.all(sockets.map(closed));
});

test("LM-15: an encoding that is not read is a 415 before a byte of it is", async () => {
  server.handle = (request) => request.json();
  for (const coding of ["gzip, gzip, gzip", "x", "zstd"]) {
    const answer = await server.send(postAs(coding, Buffer.from("{}"), "Content-Type: application/json"));
    assert.is(answer.status, 415, coding);
    assert.match(answer.head, "accept-encoding: gzip, deflate, br");
  }
});

test.run();
