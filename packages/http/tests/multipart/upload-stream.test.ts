import { test } from "uvu";
import * as assert from "uvu/assert";
import { RequestAborted } from "../../src/body/errors.ts";
import { BOUNDARY, closed, collect, countFds, MULTIPART_TYPE, post, UploadServer, writeMultipart } from "./upload-server.ts";

const server = new UploadServer();
let fds = 0;
test.before(async () => {
  await server.start();
  fds = countFds() + 2;
});
test.before.each(() => server.reset());
test.after.each(() => server.assertClean(fds));
test.after(() => server.stop());

const MEBIBYTE = 1024 * 1024;

test("parts come in order, each with name, filename, type and content, and no file is made of them", async () => {
  server.handle = async (request) => {
    const seen: unknown[] = [];
    for await (const part of request.uploads()) {
      const size = part.isFile ? Buffer.concat(await part.stream().toArray()).length : await part.text();
      seen.push([part.name, part.filename, part.contentType, size, server.files().length]);
    }
    return seen;
  };
  const body = writeMultipart(
    { name: "title", content: "é" },
    { name: "a", filename: "../a.bin", content: Buffer.alloc(MEBIBYTE) },
    { name: "b", filename: "b.png", type: "image/png", content: "x" },
  );
  assert.equal(JSON.parse((await server.send(post(body))).content), [
    ["title", null, "text/plain", "é", 0],
    ["a", "a.bin", "application/octet-stream", MEBIBYTE, 0],
    ["b", "b.png", "image/png", 1, 0],
  ]);
});

test("what is left unread of a part is skipped when the next is asked for", async () => {
  server.handle = async (request) => {
    const names: string[] = [];
    for await (const part of request.uploads()) {
      names.push(part.name);
      if (part.name === "half") for await (const _ of part.stream()) break;
    }
    return names;
  };
  const body = writeMultipart(
    { name: "skipped", filename: "s", content: Buffer.alloc(3 * MEBIBYTE) },
    { name: "half", filename: "h", content: Buffer.alloc(3 * MEBIBYTE) },
    { name: "last", content: "1" },
  );
  assert.is((await server.send(post(body))).content, '["skipped","half","last"]');
});

test("a part that is read after the next was asked for says so", async () => {
  server.handle = async (request) => {
    const parts = await collect(request.uploads());
    return parts[0]!.text().catch((error: Error) => error.message);
  };
  const answer = await server.send(post(writeMultipart({ name: "a", content: "1" }, { name: "b", content: "2" })));
  assert.match(answer.content, "This part was skipped: a part is read before the next one is asked for");
});

test("a form is read also where a middleware took its bytes before", async () => {
  server.handle = async (request) => {
    const { length } = await request.bytes();
    return [length > 100, (await request.form()).get("a")];
  };
  assert.is((await server.send(post(writeMultipart({ name: "a", content: "1" })))).content, '[true,"1"]');
});

test("the client waits for who reads: little is taken that is not asked for", async () => {
  let goOn: (() => void) | undefined;
  server.settings = { maxUploadBytes: 100 * MEBIBYTE };
  server.handle = async (request) => {
    let size = 0;
    for await (const part of request.uploads()) {
      await new Promise<void>((resolve) => (goOn = resolve));
      for await (const chunk of part.stream()) size += (chunk as Buffer).length;
    }
    return size;
  };
  const bytes = post(writeMultipart({ name: "f", filename: "f", content: Buffer.alloc(64 * MEBIBYTE) }));
  const socket = server.connect();
  let answer = "";
  socket.on("data", (chunk) => (answer += chunk.toString()));
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.write(bytes);
  await server.until(() => goOn !== undefined);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.ok(socket.writableLength > 32 * MEBIBYTE, "most of it has not left the client");
  goOn?.();
  await closed(socket);
  assert.match(answer, String(64 * MEBIBYTE));
});

test("who leaves the loop early answers, and the connection goes on", async () => {
  server.handle = async (request) => {
    for await (const part of request.uploads()) return part.name;
  };
  const body = writeMultipart({ name: "a", content: "1" }, { name: "b", filename: "b", content: Buffer.alloc(3 * MEBIBYTE) });
  const head = `POST / HTTP/1.1\r\nHost: a\r\n${MULTIPART_TYPE}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const next = "GET /canary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  const answer = await server.send(Buffer.concat([Buffer.from(head), body, Buffer.from(next)]));
  assert.match(answer.content, /"a"[^]*"alive"$/);
});

test("a loop that is still under way when the answer is sent lets go of the connection", async () => {
  server.handle = async (request) => {
    const parts = request.uploads()[Symbol.asyncIterator]();
    return ((await parts.next()).value as { name: string }).name;
  };
  const body = writeMultipart({ name: "b", filename: "b", content: Buffer.alloc(3 * MEBIBYTE) });
  const head = `POST / HTTP/1.1\r\nHost: a\r\n${MULTIPART_TYPE}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const next = "GET /canary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  assert.match((await server.send(Buffer.concat([Buffer.from(head), body, Buffer.from(next)]))).content, /"b"[^]*"alive"$/);
});

test("MP-08, MP-09: the stream of a part fails when the body is cut, or the client leaves", async () => {
  const errors: unknown[] = [];
  let parts = 0;
  server.handle = async (request) => {
    for await (const part of request.uploads()) {
      parts++;
      await part
        .stream()
        .toArray()
        .catch((error: unknown) => errors.push(error));
    }
  };
  const body = writeMultipart({ name: "f", filename: "f", content: Buffer.alloc(MEBIBYTE) });
  assert.is((await server.send(post(body.subarray(0, -100)))).status, 400);
  assert.match(String(errors[0]), "the body ends before its last boundary");
  const socket = server.connect(post(body).subarray(0, MEBIBYTE / 2));
  await server.until(() => parts === 2);
  socket.destroy();
  await closed(socket);
  await server.assertClean(fds);
  assert.instance(errors[1], RequestAborted);
  assert.instance(server.failures.at(-1), RequestAborted);
});

test("limits hold, also for a part whose error is swallowed (LM-02) or that is skipped", async () => {
  server.settings = { maxFileBytes: 1000, maxFields: 2, maxUploadBytes: 20_000 };
  server.handle = async (request) => {
    try {
      for await (const part of request.uploads()) await part.stream().toArray();
    } catch {
      return "swallowed";
    }
  };
  const file = { name: "f", filename: "f", content: Buffer.alloc(1001) };
  assert.is((await server.send(post(writeMultipart(file)))).status, 413);
  assert.is((await server.send(post(writeMultipart({ ...file, content: Buffer.alloc(30_000) })))).status, 413);
  server.handle = async (request) => {
    for await (const _ of request.uploads());
  };
  const text = { name: "t", content: "1" };
  assert.is((await server.send(post(writeMultipart(text, text, text)))).status, 400);
});

test("another media type is a 415, and no body has no parts", async () => {
  server.handle = async (request) => {
    let count = 0;
    for await (const _ of request.uploads()) count++;
    return count;
  };
  const answer = await server.send(post(Buffer.from("a=1"), "Content-Type: application/x-www-form-urlencoded"));
  assert.is(answer.status, 415);
  assert.match(answer.head, "accept: multipart/form-data");
  assert.is((await server.send(post(Buffer.alloc(0)))).content, "0");
});

test("a body goes through once: who read it as a form, or begins again, is told so", async () => {
  const messages: string[] = [];
  server.handle = async (request) => {
    await request.form();
    for await (const _ of request.uploads());
  };
  const answer = await server.send(post(Buffer.from(`--${BOUNDARY}--`)));
  messages.push(answer.content);
  assert.is(answer.status, 500);
  assert.match(messages[0]!, "already taken");
});

test.run();
