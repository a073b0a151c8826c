// test-timeout: 120
import { Readable } from "node:stream";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { JSONSyntaxError } from "../../src/body/json-syntax.ts";
import { readJSONLines } from "../../src/body/json-lines.ts";
import { HTTPException } from "../../src/http-exception.ts";
import { collect, countFds, post, UploadServer } from "../multipart/upload-server.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

const limits = { maxLineBytes: 1000, maxJsonDepth: 5 };

async function read(...chunks: (string | Buffer)[]): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of readJSONLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), limits)) values.push(value);
  return values;
}

async function failure(...chunks: (string | Buffer)[]): Promise<HTTPException> {
  try {
    await read(...chunks);
  } catch (error) {
    return error as HTTPException;
  }
  throw new Error("it was read");
}

test("each line is a value; empty lines are none, CRLF ends a line, and the last needs no end", async () => {
  assert.equal(await read('{"id":1}\n\n[2]\r\n  \n"3"\n4'), [{ id: 1 }, [2], "3", 4]);
  assert.equal(await read("\n"), []);
  assert.equal(await read(), []);
});

test("JB-14: a body of many short lines lets others in between", async () => {
  let [count, inThisTurn, longest] = [0, 0, 0];
  let others = setImmediate(function turn() {
    inThisTurn = 0;
    others = setImmediate(turn);
  });
  for await (const _ of readJSONLines(Readable.from([Buffer.from("1\n".repeat(300_000))]), limits)) {
    count++;
    longest = Math.max(longest, ++inThisTurn);
  }
  clearImmediate(others);
  assert.is(count, 300_000);
  assert.ok(longest <= 2000, `others waited for ${longest} lines`);
});

test("JB-17: U+2028, U+0085 and an escaped NUL are characters like any other", async () => {
  const value = { text: "a\u2028b\u0085c\u0000" };
  assert.equal(await read(`${JSON.stringify(value)}\n${JSON.stringify(value)}`), [value, value]);
});

test("what was written comes back, wherever the bytes are divided", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (values, size) => {
        const lines = values.map((value) => JSON.stringify(value));
        fc.pre(lines.every((line) => Buffer.byteLength(line) <= 1000 && !/__proto__|constructor/.test(line))); // those are refused (JB-01)
        const bytes = Buffer.from(lines.join("\n"));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        assert.equal(await read(...chunks), JSON.parse(`[${lines.join(",")}]`));
      },
    ),
  );
});

test("a line that is no JSON is a 422 that names line and position, after the lines before it", async () => {
  const error = await failure('{"a":1}\n', "{}\n", '{"test": "test999\n{}');
  assert.instance(error, JSONSyntaxError);
  assert.equal((error.detail as { loc: unknown }[])[0]?.loc, ["body", 2, 9]);
  assert.is(error.status, 422);
});

test("a line over the limit is a 413 before its end has come", async () => {
  assert.is((await failure("x".repeat(600), "x".repeat(600))).status, 413);
  assert.equal(await read(`"${"x".repeat(998)}"\n"${"x".repeat(998)}"`), ["x".repeat(998), "x".repeat(998)]);
});

test("JB-01, JB-02, JB-06: depth, prototype keys and UTF-8 are held to in each line", async () => {
  assert.is((await failure(`1\n${"[".repeat(6)}${"]".repeat(6)}\n`)).status, 400);
  assert.is((await failure('1\n{"__proto__":{"polluted":1}}\n')).status, 400);
  assert.is((await failure("1\n", Buffer.from([0x22, 0xff, 0x22, 0x0a]))).status, 400);
});

test("JB-15: 100,000 short lines, and one long line byte by byte, take linear time", async () => {
  const readLines = async (size: number): Promise<void> => {
    let count = 0;
    for await (const _ of readJSONLines(Readable.from([Buffer.from("1\n".repeat(size))]), limits)) count++;
    assert.is(count, size);
  };
  await assertLinear("short lines", readLines, 100_000);
  const readPieces = async (size: number): Promise<void> => {
    const bytes = Buffer.alloc(size, " ");
    const pieces = Array.from({ length: size }, (_, at) => bytes.subarray(at, at + 1));
    for await (const _ of readJSONLines(Readable.from(pieces), { ...limits, maxLineBytes: 1e6 })) assert.unreachable();
  };
  await assertLinear("a line byte by byte", readPieces, 200_000);
});

const server = new UploadServer();
let fds = 0;
test.before(async () => {
  await server.start();
  fds = countFds() + 2;
});
test.before.each(() => server.reset());
test.after.each(() => server.assertClean(fds));
test.after(() => server.stop());

test("lines are handed on while the rest is still to come, and the client waits for who reads them", async () => {
  const seen: unknown[] = [];
  server.handle = async (request) => {
    for await (const value of request.jsonLines()) seen.push(value);
    return seen.length;
  };
  const bytes = post(Buffer.from('{"n":1}\n{"n":2}\n'), "Content-Type: application/x-ndjson");
  const socket = server.connect(bytes.subarray(0, -8));
  while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(seen, [{ n: 1 }]);
  socket.end(bytes.subarray(-8));
  while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
});

test("a handler that stops after one line, or meets a bad one, leaves the connection to the next request", async () => {
  const body = Buffer.from(`{"n":1}\n}\n${'{"n":2}\n'.repeat(20_000)}`);
  const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/jsonl\r\nContent-Length: ${body.length}\r\n\r\n`;
  const next = "GET /canary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  const bytes = Buffer.concat([Buffer.from(head), body, Buffer.from(next)]);
  server.handle = async (request) => {
    for await (const value of request.jsonLines()) return value;
  };
  assert.match((await server.send(bytes)).content, /\{"n":1\}[^]*"alive"$/);
  server.handle = (request) => collect(request.jsonLines());
  const bad = await server.send(bytes);
  assert.is(bad.status, 422);
  assert.match(bad.content, /HTTP\/1\.1 200 [^]*"alive"$/);
});

test.run();
