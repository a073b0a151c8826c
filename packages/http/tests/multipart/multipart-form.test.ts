import { statSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { RequestAborted } from "../../src/body/errors.ts";
import { type FormFields } from "../../src/body/form-fields.ts";
import { type UploadedFile } from "../../src/multipart/uploaded-file.ts";
import { BOUNDARY, closed, countFds, MULTIPART_TYPE, post, UploadServer, writeMultipart } from "./upload-server.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

const server = new UploadServer();
let fds = 0;
test.before(async () => {
  await server.start();
  fds = countFds() + 2;
});
test.before.each(() => server.reset());
test.after.each(() => server.assertClean(fds));
test.after(() => server.stop());

const kibibytes = (count: number): Buffer => Buffer.alloc(count * 1024, "0123456789abcdef");

const describe = async (form: FormFields): Promise<unknown> => ({
  texts: [...form],
  files: await Promise.all(
    [...form.files].map(async ([name, file]) => [name, file.filename, file.contentType, file.size, await file.text()]),
  ),
});
const answerForm = (): void => {
  server.handle = async (request) => describe(await request.form());
};

test("texts and files are read in any order, each under its name, the last of equal names first in hand", async () => {
  server.handle = async (request) => {
    const form = await request.form();
    assert.is(await request.form(), form);
    return [form.get("note"), form.getAll("note"), form.files.get("photo")?.filename, form.files.getAll("photo").length];
  };
  const body = writeMultipart(
    { name: "photo", filename: "a.png", type: "image/png", content: "1" },
    { name: "note", content: "first" },
    { name: "photo", filename: "b.png", type: "image/png", content: "2" },
    { name: "note", content: "héllo" },
  );
  assert.equal(JSON.parse((await server.send(post(body))).content), ["héllo", ["first", "héllo"], "b.png", 2]);
});

test("a file has name, type, size and content; one without a type is octets", async () => {
  answerForm();
  const body = writeMultipart(
    { name: "a", filename: "a.txt", type: "text/plain; charset=utf-8", content: "ä" },
    { name: "b", filename: "b", content: "" },
  );
  assert.equal(JSON.parse((await server.send(post(body))).content).files, [
    ["a", "a.txt", "text/plain; charset=utf-8", 2, "ä"],
    ["b", "b", "application/octet-stream", 0, ""],
  ]);
});

test("a file input that was left empty is no file", async () => {
  answerForm();
  const body = writeMultipart({ name: "photo", filename: "", type: "application/octet-stream" }, { name: "x", content: "1" });
  assert.equal(JSON.parse((await server.send(post(body))).content), { texts: [["x", "1"]], files: [] });
});

test("a text part where a file is expected is a text, and no file", async () => {
  server.handle = async (request) => {
    const form = await request.form();
    return [form.has("file"), form.files.has("file")];
  };
  assert.is((await server.send(post(writeMultipart({ name: "file", content: "str" })))).content, "[true,false]");
});

test("an empty form, and no body at all, have no fields", async () => {
  answerForm();
  const nothing = JSON.stringify({ texts: [], files: [] });
  assert.is((await server.send(post(Buffer.from(`--${BOUNDARY}--\r\n`)))).content, nothing);
  assert.is((await server.send(post(Buffer.alloc(0)))).content, nothing);
});

test("what fetch sends of a FormData is what is read", async () => {
  answerForm();
  const form = new FormData();
  form.append('a"b\r\nc', "x\r\ny");
  form.append("file", new Blob(["content"], { type: "text/x" }), 'na"ïve\u{1f600}.txt');
  const sent = new globalThis.Response(form);
  const body = Buffer.from(await sent.arrayBuffer());
  const answer = await server.send(post(body, `Content-Type: ${sent.headers.get("content-type")}`));
  assert.equal(JSON.parse(answer.content), {
    texts: [['a"b\r\nc', "x\r\ny"]],
    files: [["file", 'na"ïve\u{1f600}.txt', "text/x", 7, "content"]],
  });
});

test("a longer file is on disk for its owner only, under a name that owes nothing to the client, and gone with the request", async () => {
  let seen: unknown;
  server.handle = async (request) => {
    const file = (await request.form()).files.get("f")!;
    const [name] = server.files();
    seen = [server.files().length, statSync(join(server.directory, name!)).mode & 0o777, name!.includes("secret")];
    assert.is(countFds() <= fds + 2, true, "it is not held open");
    assert.equal(await file.bytes(), kibibytes(300));
    assert.equal(Buffer.concat(await file.stream().toArray()), kibibytes(300));
    return file.size;
  };
  const answer = await server.send(post(writeMultipart({ name: "f", filename: "secret.bin", content: kibibytes(300) })));
  assert.is(answer.content, String(300 * 1024));
  assert.equal(seen, [1, 0o600, false]);
});

test("a small file, and one under the setting of the application, stay in memory", async () => {
  server.settings = { maxMemoryFileBytes: 400 * 1024 };
  server.handle = async (request) => (await request.form()) && server.files();
  assert.is((await server.send(post(writeMultipart({ filename: "a", content: kibibytes(300) })))).content, "[]");
});

test("saveTo keeps a file, from memory and from disk, with the mode that is asked for", async () => {
  const folder = await mkdtemp(join(tmpdir(), "madeleine-saved-"));
  const saved = (name: string): string => join(folder, name);
  server.handle = async (request) => {
    const { files } = await request.form();
    await writeFile(saved("small"), "what was there", { mode: 0o644 });
    await files.get("small")!.saveTo(saved("small"));
    await files.get("large")!.saveTo(saved("large"), { mode: 0o644 });
    await files.get("large")!.saveTo(saved("again"));
    return [server.files(), (await files.get("large")!.bytes()).length];
  };
  const body = writeMultipart(
    { name: "small", filename: "s", content: "abc" },
    { name: "large", filename: "l", content: kibibytes(500) },
  );
  assert.is((await server.send(post(body))).content, JSON.stringify([[], 500 * 1024]));
  assert.is(await readFile(saved("small"), "utf8"), "abc");
  assert.equal([await readFile(saved("large")), await readFile(saved("again"))], [kibibytes(500), kibibytes(500)]);
  const modes = await Promise.all(["small", "large", "again"].map(async (name) => (await stat(saved(name))).mode & 0o777));
  assert.equal(modes, [0o600, 0o644, 0o600]);
  await rm(folder, { recursive: true });
});

test("a file that is read after its request says that saveTo keeps one", async () => {
  let late: UploadedFile | undefined;
  server.handle = async (request) => void (late = (await request.form()).files.get("f"));
  await server.send(post(writeMultipart({ filename: "a.bin", content: kibibytes(300) })));
  await server.assertClean(fds);
  const message = await late!.bytes().catch((error: Error) => error.message);
  assert.is(message, 'The upload "a.bin" was removed when its request ended: saveTo() keeps one');
});

test("MP-15, JB-09: JSON, text and other multiparts are a 415 that says what is read", async () => {
  answerForm();
  for (const type of ["application/json", "text/plain", "multipart/mixed; boundary=x", "multipart/form-data-x"]) {
    const answer = await server.send(post(Buffer.from("{}"), `Content-Type: ${type}`));
    assert.is(answer.status, 415, type);
    assert.match(answer.head, "accept: application/x-www-form-urlencoded, multipart/form-data");
  }
});

test("a multipart without a boundary is a 400 in FastAPI's words, an impossible one a 400, too", async () => {
  answerForm();
  for (const type of ["multipart/form-data", "multipart/form-data; boundary=", 'multipart/form-data; boundary=""']) {
    const answer = await server.send(post(Buffer.from("xx"), `Content-Type: ${type}`));
    assert.equal([answer.status, answer.content], [400, '"Missing boundary in multipart."'], type);
  }
  const long = await server.send(post(Buffer.from("xx"), `Content-Type: multipart/form-data; boundary=${"x".repeat(201)}`));
  assert.equal([long.status, long.content], [400, '"Malformed multipart: invalid boundary"']);
});

test("MP-04: a malformed head of a part is a 400, and of bounded size", async () => {
  answerForm();
  const disposition = 'Content-Disposition: form-data; name="a"';
  const heads: Record<string, string> = {
    "no name before the colon": ": x",
    "no colon": "Content-Disposition form-data",
    "CR only": "\r\r\r",
    "a bare CR inside": 'Content-Disposition: form-data;\r name="a"',
    "a bare LF inside": 'Content-Disposition: form-data; name="a\nb"',
    "100 kB in one line": `${disposition}\r\nX-Long: ${"x".repeat(100_000)}`,
    "100 kB before the name": `X-Long: ${"x".repeat(100_000)}\r\n${disposition}`,
    "10,000 lines": `${disposition}\r\n${"a: b\r\n".repeat(10_000)}c: d`,
    "a line without a colon after the name": `${disposition}\r\nContent-Type text/plain`,
    "a line without a name after the name": `${disposition}\r\n: x`,
    "a space before a colon after the name": `${disposition}\r\nContent-Type : text/plain`,
    "a bare CR after the name": `${disposition}\r\nX-A: 1\r2`,
    "a bare LF after the name": `${disposition}\nX-A: 1`,
    "two types": `${disposition}\r\nContent-Type: text/plain\r\ncontent-type: text/html`,
    nothing: "X-Nothing: 1",
    "another disposition": 'Content-Disposition: attachment; name="a"',
    "two of them": `${disposition}\r\n${disposition}`,
    "no name": 'Content-Disposition: form-data; filename="a"',
    "a quote without end": 'Content-Disposition: form-data; name="a',
    "a name that is no UTF-8": "\u0000",
    "a name of 201 bytes": `Content-Disposition: form-data; name="${"n".repeat(201)}"`,
  };
  for (const [what, head] of Object.entries(heads)) {
    const body = writeMultipart({ head, content: "v" });
    const answer = await server.send(post(body));
    assert.is(answer.status, 400, `${what}: ${answer.status} ${answer.content}`);
    assert.ok(answer.content.length < 200, what);
  }
});

test("MP-06: an escape in filename* that is none is a 400; a whole one names the file", async () => {
  answerForm();
  const withName = (parameter: string): Buffer =>
    post(writeMultipart({ head: `Content-Disposition: form-data; name="f"; ${parameter}`, content: "1" }));
  for (const value of ["UTF-8''%zz", "utf-8''%ff%fe", "x", "iso-8859-1''a", `utf-8''${"%".repeat(7000)}`]) {
    assert.is((await server.send(withName(`filename*=${value}`))).status, 400, value.slice(0, 20));
  }
  const named = await server.send(withName(`filename="fallback"; filename*=UTF-8''na%C3%AFve.txt`));
  assert.is(JSON.parse(named.content).files[0][1], "naïve.txt");
  const sendName = async (size: number): Promise<void> =>
    assert.is((await server.send(withName(`filename*=utf-8''${"%41".repeat(size)}`))).status, 200);
  await assertLinear("a long name", sendName, 2600);
});

test("MP-07: __proto__, constructor and a[b][c] are names like any other", async () => {
  answerForm();
  const names = ["__proto__", "constructor", "a[b][c]", "toString"];
  const body = writeMultipart(...names.map((name) => ({ name, content: "1" })), {
    name: "__proto__",
    filename: "x",
    content: "y",
  });
  const { texts, files } = JSON.parse((await server.send(post(body))).content);
  assert.equal(
    texts,
    names.map((name) => [name, "1"]),
  );
  assert.is(files[0][0], "__proto__");
  assert.is((await server.send(post(writeMultipart({ name: `a${"[b]".repeat(10_000)}` })))).status, 400);
});

test("MP-08: a body that ends inside a part, or without its last boundary, is a 400, and its file is gone", async () => {
  answerForm();
  const whole = writeMultipart({ name: "a", content: "1" }, { name: "f", filename: "f", content: kibibytes(600) });
  for (const cut of [3, 4, 6, 10, BOUNDARY.length + 6, 1000, 400_000, whole.length - 40, whole.length - 60, whole.length - 1]) {
    const answer = await server.send(post(whole.subarray(0, whole.length - cut)));
    assert.is(answer.status, 400, `without the last ${cut} bytes: ${answer.status} ${answer.content}`);
    assert.equal(server.files(), []);
  }
  assert.is((await server.send(post(whole.subarray(0, whole.length - 2)))).status, 200, "the last line break is nobody's");
});

test("a body that has nothing of its boundary is a 400", async () => {
  answerForm();
  for (const content of ["garbage", "\r\n", "-", `--${BOUNDARY}`, `--${BOUNDARY}\r\n`, `--${BOUNDARY}\r\n\r\nx`]) {
    assert.is((await server.send(post(Buffer.from(content)))).status, 400, content);
  }
});

test("what stands before the first boundary and after the last one is no part", async () => {
  answerForm();
  const body = Buffer.concat([
    Buffer.from("preamble\r\n"),
    writeMultipart({ name: "a", content: "1" }),
    Buffer.from("epilogue --x"),
  ]);
  assert.equal(JSON.parse((await server.send(post(body))).content).texts, [["a", "1"]]);
});

test("MP-09: clients that leave half-way leave nothing else, and are no error of the application", async () => {
  answerForm();
  const body = writeMultipart({ name: "f", filename: "f", content: kibibytes(2000) });
  const half = post(body).subarray(0, 900 * 1024);
  for (let round = 1; round <= 4; round++) {
    const sockets = Array.from({ length: 50 }, () => server.connect(half));
    await server.until(() => server.arrived === 50 * round);
    for (const socket of sockets) socket.destroy();
    await Promise.all(sockets.map(closed));
  }
  await server.assertClean(fds);
  assert.is(server.failures.length, 200);
  assert.ok(server.failures.every((failure) => failure instanceof RequestAborted));
});

test("an upload that is aborted while its handler works leaves no file behind", async () => {
  let files = 0;
  server.handle = async (request) => {
    await request.form();
    files = server.files().length;
    await new Promise((resolve) => {
      request.signal.addEventListener("abort", resolve);
      socket.destroy();
    });
  };
  const socket = server.connect(post(writeMultipart({ filename: "f", content: kibibytes(400) })));
  await closed(socket);
  assert.is(files, 1);
});

test("a form that its handler does not wait for leaves no file behind", async () => {
  server.handle = (request) => void request.form().catch(() => {});
  for (let count = 0; count < 20; count++) {
    await server.send(post(writeMultipart({ filename: "f", content: kibibytes(900) })));
  }
});

test("MP-10: 50 MB of line breaks around the parts, and near misses of the boundary, are linear and block nothing", async () => {
  answerForm();
  server.settings = { maxUploadBytes: 100 * 1024 * 1024, maxFieldBytes: 10 * 1024 * 1024, maxBodyBytes: 10 * 1024 * 1024 };
  const part = writeMultipart({ name: "a", content: "1" });
  const breaks = Buffer.alloc(50 * 1024 * 1024, "\r\n");
  const misses = Buffer.alloc(1024 * 1024, `\r\n--${BOUNDARY.slice(0, -1)}`);
  const dashes = Buffer.alloc(5 * 1024 * 1024, "\r\n--");
  const bodies: Record<string, Buffer> = {
    before: Buffer.concat([breaks, part]),
    after: Buffer.concat([part, breaks]),
    misses: writeMultipart({ name: "a", content: misses }),
    dashes: writeMultipart({ name: "a", content: dashes }),
  };
  for (const [what, body] of Object.entries(bodies)) {
    const waitMs = await longestWait(async () => assert.is((await server.send(post(body))).status, 200, what));
    assert.ok(waitMs < 200, `${what}: the canary waited ${waitMs} ms`);
  }
});

/** How long a canary waits at most while something is under way. The best of three: the client, which is busy too, runs in this process. */
async function longestWait(underWay: () => Promise<void>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < 3 && best >= 200; round++) {
    const waits: number[] = [];
    const work = underWay().then(() => true);
    while ((await Promise.race([work, pause(5)])) === undefined) waits.push(await server.canary());
    best = Math.min(best, Math.max(0, ...waits));
  }
  return best;
}

test("MP-12: a canary is answered while a large file is stored", async () => {
  server.settings = { maxUploadBytes: 200 * 1024 * 1024 };
  server.handle = async (request) => (await request.form()).files.get("f")!.size;
  const body = post(writeMultipart({ name: "f", filename: "f", content: kibibytes(64 * 1024) }));
  const waitMs = await longestWait(async () => assert.is((await server.send(body)).content, String(64 * 1024 * 1024)));
  assert.ok(waitMs < 200, `the canary waited ${waitMs} ms`);
});

test("MP-13: a directory that is not there is an error of the application, and the next upload works", async () => {
  server.settings = { uploadDirectory: join(server.directory, "missing") };
  answerForm();
  const body = post(writeMultipart({ name: "f", filename: "f", content: kibibytes(300) }));
  assert.is((await server.send(body)).status, 500);
  server.settings = {};
  assert.is((await server.send(body)).status, 200);
});

test("each limit has its answer", async () => {
  answerForm();
  const limits = {
    maxFields: 3,
    maxFiles: 2,
    maxFileBytes: 5000,
    maxFieldBytes: 1000,
    maxBodyBytes: 1500,
    maxUploadBytes: 20_000,
  };
  server.settings = { ...limits, maxMemoryFileBytes: 1000 };
  const file = (size: number) => ({ name: "f", filename: "f", content: Buffer.alloc(size) });
  const text = (size: number) => ({ name: "t", content: Buffer.alloc(size, "x") });
  const cases: [Buffer, number, string][] = [
    [writeMultipart(text(1), text(1), text(1), text(1)), 400, '"Too many fields: at most 3 are read"'],
    [writeMultipart(file(1), file(1), file(1)), 400, '"Too many files: at most 2 are read"'],
    [writeMultipart(file(1), file(5001)), 413, '"The file \\"f\\" is longer than 5000 bytes"'],
    [writeMultipart(text(1001)), 413, '"The field \\"t\\" is longer than 1000 bytes"'],
    [writeMultipart(text(800), text(800)), 413, '"The body is longer than 1500 bytes"'],
    [writeMultipart(file(5000), file(5000), text(1000)), 200, ""],
    [Buffer.concat([writeMultipart(text(1)), Buffer.alloc(20_001)]), 413, '"The body is longer than 20000 bytes"'],
  ];
  for (const [body, status, content] of cases) {
    const answer = await server.send(post(body));
    assert.is(answer.status, status, `${answer.status} ${answer.content}`);
    if (status === 200) await server.assertClean(fds);
    else assert.equal([answer.content, server.files()], [content, []]);
  }
});

test("a route limits its own files by name, and the whole", async () => {
  server.handle = async (request) => {
    request.body.fileLimits = new Map([["avatar", { maxBytes: 100, maxFiles: 1 }]]);
    request.body.maxUploadBytes = 5000;
    return (await request.form()).files.get("avatar")?.size ?? 0;
  };
  const avatar = (size: number) => ({ name: "avatar", filename: "a", content: Buffer.alloc(size) });
  assert.is((await server.send(post(writeMultipart(avatar(100))))).content, "100");
  const long = await server.send(post(writeMultipart(avatar(101))));
  assert.equal([long.status, long.content], [413, '"The file \\"avatar\\" is longer than 100 bytes"']);
  const two = await server.send(post(writeMultipart(avatar(1), avatar(1))));
  assert.equal([two.status, two.content], [400, '"Too many files for \\"avatar\\": at most 1 are read"']);
  assert.is((await server.send(post(writeMultipart({ name: "other", filename: "o", content: Buffer.alloc(3000) })))).status, 200);
  assert.is((await server.send(post(writeMultipart({ name: "other", filename: "o", content: Buffer.alloc(5000) })))).status, 413);
});

test("LM-02: a handler that swallows the error of a file that is too long does not hide the 413", async () => {
  server.settings = { maxFileBytes: 1000 };
  server.handle = (request) => request.form().catch(() => "fine");
  assert.is((await server.send(post(writeMultipart({ filename: "f", content: kibibytes(10) })))).status, 413);
});

test("a refused form leaves the connection to the next request", async () => {
  answerForm();
  server.settings = { maxFileBytes: 1000 };
  const body = writeMultipart({ filename: "f", content: kibibytes(200) });
  const head = `POST / HTTP/1.1\r\nHost: a\r\n${MULTIPART_TYPE}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const next = "GET /canary HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  const { head: first, content } = await server.send(Buffer.concat([Buffer.from(head), body, Buffer.from(next)]));
  assert.match(first, "413");
  assert.match(content, /HTTP\/1\.1 200 [^]*"alive"$/);
});

test("a part in another charset or transfer encoding is refused, not misread", async () => {
  answerForm();
  const disposition = 'Content-Disposition: form-data; name="a"';
  for (const line of ["Content-Type: text/plain; charset=utf-16le", "Content-Transfer-Encoding: base64"]) {
    assert.is(
      (await server.send(post(writeMultipart({ head: `${disposition}\r\n${line}`, content: "eA==" })))).status,
      415,
      line,
    );
  }
  assert.is((await server.send(post(writeMultipart({ name: "a", content: Buffer.from([0xff]) })))).status, 400);
  const binary = `${disposition}\r\nContent-Transfer-Encoding: binary\r\nContent-Type: text/plain; charset=UTF-8`;
  assert.is((await server.send(post(writeMultipart({ head: binary, content: "x" })))).status, 200);
});

test("a chunked form is read like any other", async () => {
  answerForm();
  const body = writeMultipart({ name: "a", content: "1" }, { name: "f", filename: "f", content: "22" });
  const chunks = [...body].map((byte) => Buffer.concat([Buffer.from("1\r\n"), Buffer.from([byte]), Buffer.from("\r\n")]));
  const head = `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${MULTIPART_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const answer = await server.send(Buffer.concat([Buffer.from(head), ...chunks, Buffer.from("0\r\n\r\n")]));
  assert.equal(JSON.parse(answer.content).texts, [["a", "1"]]);
});

const pause = (milliseconds: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));

test.run();
