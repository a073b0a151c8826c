import { execFileSync } from "node:child_process";
import { appendFileSync, readdirSync, readlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { FileResponse, mergeResponse, prepareResponse, Response } from "../../src/index.ts";
import { pause, Serving, until, type Asked, type Received } from "./serving.ts";

const directory = await mkdtemp(join(tmpdir(), "madeleine-file-"));
test.after(() => rm(directory, { recursive: true }));

const text = "0123456789".repeat(10);
const small = file("small.txt", text);
const lastModified = "Tue, 14 Nov 2023 22:13:20 GMT";
const empty = file("empty.bin", "");
const large = file("large.bin", Buffer.alloc(8 * 2 ** 20, "x"));

// ---------- headers

test("a file is sent with its type, length and validators", async () => {
  const { status, headers, text: body } = await ask(small);
  assert.equal([status, body], [200, text]);
  assert.is(headers["content-type"], "text/plain; charset=utf-8");
  assert.is(headers["content-length"], "100");
  assert.is(headers["last-modified"], lastModified);
  assert.is(headers["accept-ranges"], "bytes");
  assert.match(headers.etag!, /^"[\da-z]+-2s"$/);
  assert.is(headers["content-disposition"], undefined);
});

for (const [name, type] of [
  ["a.html", "text/html; charset=utf-8"],
  ["a.JS", "text/javascript; charset=utf-8"],
  ["a.svg", "image/svg+xml"],
  ["a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["a.unheard-of", "application/octet-stream"],
  ["js", "application/octet-stream"],
  [".html", "application/octet-stream"],
] as const) {
  test(`the type of ${name} is ${type}`, () => assert.is(new FileResponse(join(directory, name)).contentType, type));
}

test("the name given counts before the path, and what is said before both", () => {
  assert.is(new FileResponse("x.bin", { filename: "x.png" }).contentType, "image/png");
  assert.is(new FileResponse("x.png", { filename: "download" }).contentType, "image/png");
  assert.is(new FileResponse("x.png", { mediaType: "text/csv" }).contentType, "text/csv; charset=utf-8");
  assert.is(new FileResponse("x.png", { headers: { "Content-Type": "a/b" } }).contentType, "a/b");
});

test("a file: URL is a path", async () => assert.is((await ask(pathToFileURL(small))).text, text));

test("own headers count before those of the file", async () => {
  const headers = {
    ETag: '"mine"',
    "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT",
    "Content-Disposition": "inline",
    "Cache-Control": "max-age=60",
  };
  const received = await ask(small, {}, { headers, filename: "x.txt" });
  for (const [name, value] of Object.entries(headers)) assert.is(received.headers[name.toLowerCase()], value);
  assert.is((await ask(small, { headers: { "if-none-match": '"mine"' } }, { headers })).status, 304);
});

test("a length set by hand never frames a file", async () => {
  const received = await ask(small, {}, { headers: { "content-length": "5" } });
  assert.equal([received.headers["content-length"], received.text], ["100", text]);
});

test("an empty file is an empty body, also when a part of it is asked for", async () => {
  const { status, headers, isWhole } = await ask(empty, { headers: { range: "bytes=0-9" } });
  assert.equal([status, headers["content-length"], isWhole], [200, "0", true]);
});

test("HEAD has the headers of GET, ignores ranges, and has no body", async () => {
  const get = await ask(small);
  const head = await ask(small, { method: "HEAD", headers: { range: "bytes=0-9" } });
  assert.equal([head.status, head.body.length], [200, 0]);
  for (const name of ["content-length", "content-type", "etag", "last-modified", "accept-ranges"])
    assert.is(head.headers[name], get.headers[name]);
});

// ---------- conditions

test("HT-10: a client that has the file gets 304, with its validators and without content headers (RFC 9110 §15.4.5)", async () => {
  const { etag } = (await ask(small)).headers;
  for (const headers of [
    { "if-none-match": `"x", ${etag!}` },
    { "if-none-match": `W/${etag!}` },
    { "if-none-match": "*" },
    { "if-modified-since": lastModified },
  ]) {
    for (const method of ["GET", "HEAD"]) {
      const received = await ask(small, { method, headers }, { filename: "x.txt", headers: { "cache-control": "no-cache" } });
      assert.equal([received.status, received.body.length], [304, 0]);
      assert.equal([received.headers.etag, received.headers["cache-control"]], [etag, "no-cache"]);
      for (const name of ["content-type", "content-length", "content-disposition"])
        assert.is(received.headers[name], undefined, name);
    }
  }
});

test("a client that wants another version gets 412, without a body", async () => {
  const { status, headers, body } = await ask(small, { headers: { "if-match": '"other"' } });
  assert.equal([status, headers["content-length"], headers["content-type"], body.length], [412, "0", undefined, 0]);
});

test("conditions and ranges are for GET and HEAD of a 200, and for nothing else", async () => {
  const headers = { "if-none-match": "*", range: "bytes=0-9" };
  const posted = await ask(small, { method: "POST", headers });
  assert.equal([posted.status, posted.text, posted.headers.etag], [200, text, undefined]);
  const page = await ask(small, { headers }, { status: 404 });
  assert.equal([page.status, page.text], [404, text]);
});

// ---------- ranges

test("parts come with their place in the file", async () => {
  const { status, headers, text: body } = await ask(small, { headers: { range: "bytes=95-" } }, { filename: "x.txt" });
  assert.equal([status, body, headers["content-range"], headers["content-length"]], [206, "56789", "bytes 95-99/100", "5"]);
  assert.is(headers["content-disposition"], 'attachment; filename="x.txt"');
});

test("several parts are multipart/byteranges, as RFC 9110 §14.6 writes it", async () => {
  const { status, headers, text: body, isWhole } = await ask(small, { headers: { range: "bytes=0-1, 98-, 50-52" } });
  const boundary = /^multipart\/byteranges; boundary=([\da-f]{26})$/.exec(headers["content-type"]!)![1]!;
  const part = (range: string, content: string): string =>
    `--${boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes ${range}/100\r\n\r\n${content}\r\n`;
  assert.is(body, `${part("0-1", "01")}${part("98-99", "89")}${part("50-52", "012")}--${boundary}--`);
  assert.equal(
    [status, headers["content-length"], headers["content-range"], isWhole],
    [206, String(body.length), undefined, true],
  );
});

test("parts that do not exist, and too many of them, are 416 with the length of the file (RFC 9110 §15.5.17)", async () => {
  const many = Array.from({ length: 60 }, (_, at) => `${at * 2}-${at * 2}`).join();
  for (const range of ["bytes=8388608-", `bytes=${many}`]) {
    const { status, headers, body } = await ask(large, { headers: { range } });
    assert.equal([status, headers["content-range"], headers["content-length"]], [416, "bytes */8388608", "0"]);
    assert.equal([headers["content-type"], body.length], [undefined, 0]);
  }
});

test("SF-07: a part is only sent of the version that the client has (If-Range)", async () => {
  const { etag } = (await ask(small)).headers;
  for (const [ifRange, status] of [
    [etag!, 206],
    [lastModified, 206],
    [`W/${etag!}`, 200],
    ['"old"', 200],
    ["Mon, 01 Jan 2024 00:00:00 GMT", 200],
  ] as const)
    assert.is((await ask(small, { headers: { range: "bytes=0-9", "if-range": ifRange } })).status, status, ifRange);
});

test("SF-07: a file that has just been changed has a weak tag, by which no part is sent", async () => {
  const fresh = join(directory, "fresh.txt");
  writeFileSync(fresh, text);
  const { etag } = (await ask(fresh)).headers;
  assert.match(etag!, /^W\//);
  assert.is((await ask(fresh, { headers: { range: "bytes=0-9", "if-range": etag! } })).status, 200);
  assert.is((await ask(fresh, { headers: { "if-none-match": etag! } })).status, 304);
});

// ---------- what is no file

for (const [name, path, problem] of [
  ["a file that does not exist", join(directory, "none"), /does not exist\. mend: answer 404 before/],
  ["a directory", directory, /is a directory/],
  ["a device", "/dev/zero", /is no regular file/],
  ["a path with a null byte", "a\0b", /it has a null byte/],
] as const) {
  test(`${name} is the server's mistake: an error before anything is sent`, () =>
    Serving.run(
      () => new FileResponse(path),
      async (serving) => {
        for (const method of ["GET", "HEAD"]) assert.is((await serving.ask({ method })).status, 500);
        assert.is((serving.errors[0] as Error).name, "FileError");
        assert.match(String(serving.errors[0]), problem);
      },
    ));
}

test("a named pipe that nobody writes to is refused at once", async () => {
  const pipe = join(directory, "pipe");
  execFileSync("mkfifo", [pipe]);
  await Serving.run(
    () => new FileResponse(pipe),
    async (serving) => {
      assert.is((await serving.ask()).status, 500);
      assert.match(String(serving.errors[0]), /is no regular file/);
    },
  );
});

// ---------- while it is sent

test("a file of 8 MiB arrives whole, and as a part", async () => {
  const whole = await ask(large);
  assert.equal([whole.body.length, whole.isWhole], [8 * 2 ** 20, true]);
  const part = await ask(large, { headers: { range: "bytes=100000-7000000" } });
  assert.equal([part.body.length, part.isWhole], [6_900_001, true]);
});

const changes: Record<string, (path: string) => void> = {
  "becomes shorter": (path) => truncateSync(path, 100_000),
  "is written anew": (path) => writeFileSync(path, Buffer.alloc(8 * 2 ** 20, "y")),
};
for (const [name, change] of Object.entries(changes)) {
  test(`SF-07: when a file ${name} while it is sent, the connection is cut and the error heard of`, async () => {
    const path = file("changing.bin", Buffer.alloc(8 * 2 ** 20, "x"));
    await Serving.run(
      () => new FileResponse(path),
      async (serving) => {
        const socket = serving.connect();
        let bytes = 0;
        await new Promise((resolve) => socket.once("readable", resolve));
        await pause(50); // the server waits for the slow client
        change(path);
        socket.on("data", (chunk: Buffer) => (bytes += chunk.length));
        await new Promise((resolve) => socket.once("close", resolve));
        assert.ok(bytes < 8 * 2 ** 20, "not all of it came");
        await until(() => serving.errors.length > 0 && openCount(path) === 0, "it goes on");
        assert.is(serving.errors.length, 1);
        assert.match(String(serving.errors[0]), /became shorter|was changed while it was sent/);
      },
    );
  });
}

test("SF-07: a file that grows while it is sent is sent as long as it was", async () => {
  const path = file("log.txt", Buffer.alloc(8 * 2 ** 20, "x"));
  await Serving.run(
    () => new FileResponse(path),
    async (serving) => {
      const socket = serving.connect("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      let received = "";
      await new Promise((resolve) => socket.once("readable", resolve));
      await pause(50);
      appendFileSync(path, "one more line");
      socket.setEncoding("latin1").on("data", (part: string) => (received += part));
      await new Promise((resolve) => socket.once("close", resolve));
      assert.is(received.length - received.indexOf("\r\n\r\n") - 4, 8 * 2 ** 20);
      assert.equal(serving.errors, []);
    },
  );
});

// ---------- descriptors

test("every answer closes the file: whole, in parts, 304, 412, 416, HEAD", async () => {
  const asked: Asked[] = [
    {},
    { method: "HEAD" },
    { headers: { range: "bytes=0-1,50-51" } },
    { headers: { "if-none-match": "*" } },
    { headers: { "if-match": '"x"' } },
    { headers: { range: "bytes=999999999-" } },
  ];
  for (const one of asked) {
    await ask(large, one);
    await until(() => openCount(large) === 0, `${JSON.stringify(one)} left the file open`);
  }
});

test("LM-09: a client that leaves in the middle closes the file", () =>
  Serving.run(
    () => new FileResponse(large),
    async (serving) => {
      const sockets = Array.from({ length: 20 }, () => serving.connect());
      await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("readable", resolve))));
      assert.is(openCount(large), 20);
      for (const socket of sockets) socket.destroy();
      await until(() => openCount(large) === 0, "the file is still open");
      assert.equal(serving.errors, []);
    },
  ));

test("a prepared file whose client has left is closed by send", async () => {
  await Serving.run(
    async (request) => {
      const prepared = await prepareResponse(new FileResponse(large), request);
      request.raw.socket.destroy();
      await pause(20);
      return prepared;
    },
    async (serving) => {
      await serving.ask().catch(() => {});
      await until(() => openCount(large) === 0, "the file is still open");
    },
  );
});

test("one FileResponse answers many requests, and keeps nothing of any", () => {
  const constant = new FileResponse(small);
  return Serving.run(
    (request) => mergeResponse(new Response().setCookie("path", request.path.slice(1)), constant),
    async (serving) => {
      const answers = await Promise.all(
        ["/a", "/b"].map((path) => serving.ask({ path, headers: { range: path === "/a" ? "bytes=0-0" : "" } })),
      );
      assert.equal(
        answers.map((answer) => [answer.status, answer.text]),
        [
          [206, "0"],
          [200, text],
        ],
      );
      assert.not(constant.hasCookies);
      assert.is(constant.status, 200);
    },
  );
});

function file(name: string, content: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  return path;
}

async function ask(path: string | URL, asked?: Asked, init?: ConstructorParameters<typeof FileResponse>[1]): Promise<Received> {
  let received: Received | undefined;
  await Serving.run(
    () => new FileResponse(path, init),
    async (serving) => {
      received = await serving.ask(asked);
      assert.equal(serving.errors, []);
    },
  );
  return received!;
}

/** How often this process holds a file open. */
function openCount(path: string): number {
  return readdirSync("/proc/self/fd").filter((fd) => linkOf(fd) === path).length;
}

function linkOf(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined; // closed since it was listed
  }
}

test.run();
