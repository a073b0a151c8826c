import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request as open } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { Body, Form, JSONLinesBody, Upload } from "@madeleine/core";
import { JSONLines, UploadStream } from "@madeleine/http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, withstand } from "../harness.ts";

const json = { "content-type": "application/json" };
const multipart = { "content-type": "multipart/form-data; boundary=b" };
const partHead = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n';

/** An application whose uploads go to a directory of their own; every attack leaves that empty and nothing in the log. */
async function attacked(attack: (parts: Awaited<ReturnType<typeof prepare>>) => Promise<void>): Promise<void> {
  const parts = await prepare();
  await withstand(parts.app, () => attack(parts));
  while ((await readdir(parts.directory)).length > 0) await pause(20); // a file that stays lets the runner's limit of time fail
  assert.equal(parts.log.messages, []);
  await rm(parts.directory, { recursive: true });
}

async function prepare() {
  const directory = await mkdtemp(join(tmpdir(), "madeleine-test-"));
  const { app, log } = createApp({ uploadDirectory: directory });
  app.post("/json", { body: Body(z.unknown()) }, () => "read");
  const checked = z.object({
    name: z.string().min(2).max(9).or(z.array(z.int()).length(3)),
    seen: z.set(z.int()).min(1).optional(),
  });
  app.post("/checked", { body: Body(checked) }, () => "read");
  app.post("/checked-later", { body: Body(checked.refine(async () => true)) }, () => "read");
  app.post("/file", { file: Upload(), note: Form() }, ({ file }) => file.size);
  app.post("/parts", { parts: UploadStream }, async ({ parts }) => {
    let count = 0;
    for await (const _part of parts) count++;
    return count;
  });
  app.post("/rows", { rows: JSONLinesBody(z.unknown()) }, async ({ rows }) => {
    for await (const _row of rows) break;
    return "one";
  });
  app.get("/endless", { response: JSONLines(z.int()) }, {}, async function* () {
    for (let row = 0; ; row++) yield row;
  });
  const status = (path: string, headers: Record<string, string>, body: string | Buffer) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = open(`${app.url}${path}`, { method: "POST", headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.once("error", reject).end(body);
    });
  return { app, log, directory, status };
}

test("JB-02: a JSON body of 100,000 levels is a 400", () =>
  attacked(async ({ status }) => {
    assert.is(await status("/json", json, "[".repeat(100_000) + "]".repeat(100_000)), 400);
  }));

test("an object where a text has a least length is 422, also where its own length cannot be compared", () =>
  attacked(async ({ status }) => {
    for (const path of ["/checked", "/checked-later"])
      for (const length of ['{"toString":1}', '[[{"toString":null,"valueOf":0}]]', "[]", "null"])
        assert.is(await status(path, json, `{"name":{"length":${length},"size":${length}}}`), 422, path);
  }));

test("MP-15, JB-09: a form on a JSON route, and JSON on a route of files, are 415", () =>
  attacked(async ({ status }) => {
    assert.is(await status("/json", multipart, `${partHead}x\r\n--b--\r\n`), 415);
    assert.is(await status("/file", json, "{}"), 415);
    assert.is(await status("/rows", json, "{}"), 415);
  }));

test("a small body that inflates to a large one is a 413, in gzip and brotli, as JSON and as a file", () =>
  attacked(async ({ status }) => {
    const zeros = Buffer.alloc(50_000_000, "0");
    const file = Buffer.concat([Buffer.from(partHead), zeros]);
    assert.is(await status("/json", { ...json, "content-encoding": "gzip" }, gzipSync(zeros)), 413);
    assert.is(await status("/json", { ...json, "content-encoding": "br" }, brotliCompressSync(zeros)), 413);
    assert.is(await status("/file", { ...multipart, "content-encoding": "gzip" }, gzipSync(file)), 413);
  }));

test("MP-07: fields that are named like parts of a prototype are fields", () =>
  attacked(async ({ status }) => {
    const field = (name: string) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\nx\r\n`;
    const fields = ["__proto__", "constructor", `a${"[b]".repeat(50)}`].map(field).join("");
    assert.is(await status("/file", multipart, `${fields}${partHead}x\r\n--b--\r\n`), 200);
  }));

test("MP-08: a truncated form is a 400, whole and streamed", () =>
  attacked(async ({ status }) => {
    assert.is(await status("/file", multipart, partHead + "x".repeat(300_000)), 400);
    assert.is(await status("/parts", multipart, partHead + "x".repeat(300_000)), 400);
  }));

test("MP-09, LM-07: 100 uploads that their clients drop leave nothing, wherever they were", () =>
  attacked(async ({ app }) => {
    const drop = (path: string) =>
      new Promise<void>((resolve) => {
        const dropped = open(`${app.url}${path}`, { method: "POST", headers: multipart, agent: false });
        dropped.on("error", () => {}).on("close", resolve);
        dropped.write(partHead + "x".repeat(300_000), () => setTimeout(() => dropped.destroy(), 5));
      });
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => drop(index % 2 === 0 ? "/file" : "/parts")));
    }
  }));

test("LM-02: a handler that reads one line of a body and returns leaves the connection in order", () =>
  attacked(async ({ status }) => {
    const lines = '{"id":1}\n'.repeat(50_000);
    assert.is(await status("/rows", { "content-type": "application/jsonl" }, lines), 200);
  }));

test("LM-09: a client that leaves an endless stream ends it", () =>
  attacked(async ({ app }) => {
    await new Promise<void>((resolve) => {
      const leaving = open(`${app.url}/endless`, { agent: false }, (response) => {
        response.once("data", () => leaving.destroy()).on("error", () => {});
        response.on("close", resolve);
      });
      leaving.on("error", () => {}).end();
    });
  }));

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

test.run();
