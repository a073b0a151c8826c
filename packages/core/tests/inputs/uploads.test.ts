import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { request as send } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BootError, Controller, Form, Post, Query, RawBody, Upload } from "@madeleine/core";
import { dependency } from "@madeleine/di";
import { UploadStream, type UploadedFile } from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, withstand } from "../harness.ts";

const file = (text: string, name = "a.txt"): File => new File([text], name, { type: "text/plain" });
const large = "x".repeat(300 * 1024); // more than is held in memory

let directory = "";
test.before.each(async () => {
  directory = await mkdtemp(join(tmpdir(), "madeleine-test-"));
});
test.after.each(async () => {
  await emptied(directory); // no test leaves a file behind
  await rm(directory, { recursive: true });
});

test("a file and text fields of one form are given to their parameters", async () => {
  @Controller()
  class Photos {
    @Post("/photos")
    async add(@Upload() photo: UploadedFile, @Form() note: string | undefined, @Form("stars", z.int()) stars: number) {
      return { name: photo.filename, type: photo.contentType, text: await photo.text(), note, stars };
    }
  }
  const { app } = createApp({ controllers: [Photos] });
  await using client = await TestClient.open(app);
  const response = await client.post("/photos", { multipart: { photo: file("pixels"), note: "hi", stars: "5" } });
  assert.equal(response.json(), { name: "a.txt", type: "text/plain", text: "pixels", note: "hi", stars: 5 });
});

test("a form is read as multipart and urlencoded alike, and anything else is 415", async () => {
  const { app } = createApp();
  app.post("/", { name: Form("name", z.string()) }, ({ name }) => name);
  await using client = await TestClient.open(app);
  assert.is((await client.post("/", { multipart: { name: "tea" } })).json(), "tea");
  assert.is((await client.post("/", { form: { name: "tea" } })).json(), "tea");
  const response = await client.post("/", { json: { name: "tea" } });
  assert.equal(
    [response.status, response.headers.get("accept")],
    [415, "application/x-www-form-urlencoded, multipart/form-data"],
  );
});

test("a file that is missing, empty without a name, or text is told like any other problem", async () => {
  const { app } = createApp();
  app.post("/", { file: Upload(), note: Form(z.string()) }, ({ file }) => file.filename);
  await using client = await TestClient.open(app);
  const detail = async (multipart: Record<string, string | Blob>) => (await client.post("/", { multipart })).json();
  const missing = (name: string) => ({ type: "missing", loc: ["body", name], msg: "Field required", input: null });
  assert.equal(await detail({ other: "x" }), { detail: [missing("file"), missing("note")] });
  assert.equal(await detail({ file: file("", ""), note: "x" }), { detail: [missing("file")] });
  const text = { type: "value_error", loc: ["body", "file"], msg: "Value error, Expected a file, received text" };
  assert.equal(await detail({ file: "str", note: "x" }), { detail: [text] });
});

test("what is missing in a form is told in the order of declaration, files and texts alike", async () => {
  const { app } = createApp();
  const needs = { file: Upload(), token: Form("token", z.string()), other: Upload(), page: Query("page", z.int()) };
  app.post("/", needs, () => "ok");
  await using client = await TestClient.open(app);
  const { detail } = (await client.post("/", { multipart: {} })).json() as { detail: { loc: string[] }[] };
  assert.equal(
    detail.map(({ loc }) => loc.join(".")),
    ["query.page", "body.file", "body.token", "body.other"],
  );
});

test("an optional file may be absent, and several of one name are a list", async () => {
  const { app } = createApp();
  app.post("/one", { file: Upload({ optional: true }) }, ({ file }) => file?.filename ?? null);
  app.post("/some", { files: Upload({ many: true }) }, ({ files }) => files.map(({ filename }) => filename));
  app.post("/any", { files: Upload("files", { many: true, optional: true }) }, ({ files }) => files.length);
  await using client = await TestClient.open(app);
  assert.is((await client.post("/one")).json(), null);
  assert.is((await client.post("/one", { multipart: { file: file("x") } })).json(), "a.txt");
  const files = [file("1", "a"), file("2", "b")];
  assert.equal((await client.post("/some", { multipart: { files } })).json(), ["a", "b"]);
  assert.is((await client.post("/some", { multipart: { other: "x" } })).status, 422);
  assert.is((await client.post("/any", { multipart: { other: "x" } })).json(), 0);
});

test("limits of a file, of a route and of an application are 413 and 400, and leave no file", async () => {
  const { app } = createApp({ uploadDirectory: directory, maxUploadBytes: 400_000 });
  app.post("/file", { file: Upload({ maxBytes: 290 * 1024 }) }, ({ file }) => file.size);
  app.post("/files", { files: Upload({ many: true, maxFiles: 1 }) }, ({ files }) => files.length);
  app.post("/route", { maxUploadBytes: 1000 }, { file: Upload() }, ({ file }) => file.size);
  app.post("/wide", { maxUploadBytes: 1_000_000 }, { files: Upload({ many: true }) }, ({ files }) => files.length);
  await using client = await TestClient.open(app);
  const status = async (path: string, multipart: Record<string, Blob | Blob[]>) =>
    (await client.post(path, { multipart })).status;
  assert.is(await status("/file", { file: file(large) }), 413);
  assert.is(await status("/files", { files: [file("1"), file("2")] }), 400);
  assert.is(await status("/route", { file: file("x".repeat(1000)) }), 413);
  assert.is(await status("/files", { files: [file(large), file(large)] }), 413);
  assert.is(await status("/wide", { files: [file(large), file(large)] }), 200);
});

test("a large file is on disk while its request lasts, and gone after an answer, an error and a 422", async () => {
  const { app } = createApp({ uploadDirectory: directory });
  let during: string[] = [];
  app.post("/", { file: Upload(), fails: Form("fails", z.boolean()) }, async ({ file, fails }) => {
    during = await readdir(directory);
    if (fails) throw new Error("after the upload");
    return (await file.bytes()).length;
  });
  await using client = await TestClient.open(app);
  assert.is((await client.post("/", { multipart: { file: file(large), fails: "no" } })).json(), large.length);
  assert.is(during.length, 1);
  assert.is((await client.post("/", { multipart: { file: file(large), fails: "yes" } })).status, 500);
  assert.is((await client.post("/", { multipart: { file: file(large), fails: "perhaps" } })).status, 422);
  await emptied(directory);
});

test("MP-09: an upload that its client aborts leaves no file and no error", async () => {
  const { app, log } = createApp({ uploadDirectory: directory });
  app.post("/", { file: Upload() }, ({ file }) => file.size);
  await withstand(app, async () => {
    const aborted = send(`${app.url}/`, { method: "POST", headers: { "content-type": "multipart/form-data; boundary=b" } });
    aborted.on("error", () => {});
    aborted.write(`--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${large}`);
    await filled(directory);
    aborted.destroy();
    await emptied(directory);
  });
  assert.equal(log.messages, []);
});

test("a file that was saved stays", async () => {
  const { app } = createApp({ uploadDirectory: directory });
  const kept = join(directory, "kept");
  app.post("/", { file: Upload() }, ({ file }) => file.saveTo(kept));
  await using client = await TestClient.open(app);
  await client.post("/", { multipart: { file: file(large) } });
  assert.is((await readFile(kept, "utf8")).length, large.length);
  await rm(kept);
});

test("an upload stream gives the parts while they arrive", async () => {
  @Controller()
  class Streams {
    @Post("/")
    async read(parts: UploadStream) {
      const seen: unknown[] = [];
      for await (const part of parts) {
        let size = 0;
        for await (const chunk of part.stream() as AsyncIterable<Buffer>) size += chunk.length;
        seen.push([part.name, part.filename ?? null, size]);
      }
      return seen;
    }
  }
  const { app } = createApp({ controllers: [Streams] });
  await using client = await TestClient.open(app);
  const response = await client.post("/", { multipart: { note: "hi", file: file(large) } });
  assert.equal(response.json(), [["note", null, 2], ["file", "a.txt", large.length]]); // prettier-ignore
  assert.is((await client.post("/", { json: {} })).status, 415);
});

test("an upload on GET, beside a JSON body, and beside a stream of the same body are boot errors", async () => {
  const { app } = createApp();
  app.get("/get", { file: Upload() }, () => null);
  app.post("/stream", { file: Upload(), parts: UploadStream }, () => null);
  const error = await app.boot().then(
    () => undefined,
    (thrown: BootError) => thrown,
  );
  assert.equal(
    error?.problems.map(({ code }) => code),
    ["BODY_ON_GET", "CLASHING_BODIES"],
  );
  assert.match(error!.message, 'POST /stream reads the body while it arrives (UploadStream) and with Upload("file") as well');
});

test("a strict form model refuses files that nobody reads, and no others", async () => {
  const { app } = createApp();
  app.post("/", { form: Form(z.strictObject({ note: z.string() })), photo: Upload() }, ({ form, photo }) => [
    form,
    photo.filename,
  ]);
  await using client = await TestClient.open(app);
  const one = await client.post("/", { multipart: { note: "hi", photo: file("x") } });
  assert.equal(one.json(), [{ note: "hi" }, "a.txt"]);
  const two = await client.post("/", { multipart: { note: "hi", photo: file("x"), other: file("y") } });
  assert.equal(two.json(), {
    detail: [{ type: "extra_forbidden", loc: ["body", "other"], msg: "Extra inputs are not permitted" }],
  });
});

test("the bytes of a form are given beside its fields and files", async () => {
  const { app } = createApp();
  app.post("/", { raw: RawBody(), photo: Upload() }, ({ raw, photo }) => raw.length > photo.size && photo.filename);
  await using client = await TestClient.open(app);
  assert.is((await client.post("/", { multipart: { photo: file("x") } })).json(), "a.txt");
});

test("a guard that reads a form leaves the bytes of the body to its handler", async () => {
  const { app } = createApp();
  const Noted = dependency({ note: Form("note", z.string()) }, ({ note }) => note);
  app.post("/", { dependencies: [Noted] }, { raw: RawBody() }, ({ raw }) => raw.toString().includes("hi"));
  await using client = await TestClient.open(app);
  assert.is((await client.post("/", { multipart: { note: "hi" } })).json(), true);
  assert.is((await client.post("/", { form: { note: "hi" } })).json(), true);
});

test("files of one name under two limits are a boot error: they arrive once", async () => {
  const { app } = createApp();
  const Photo = dependency({ photo: Upload("photo", { maxBytes: 10 }) }, ({ photo }) => photo);
  app.post("/", { Photo, photo: Upload("photo", { maxBytes: 20 }) }, () => null);
  await app.boot().then(
    () => assert.unreachable(),
    (error: BootError) =>
      assert.equal(
        error.problems.map(({ code, what }) => [code, what]),
        [["CONFLICTING_PARAMETERS", 'POST / and its dependencies read Upload("photo") with different limits.']],
      ),
  );
});

test("an upload is declared with a name and options, and nothing else", () => {
  assert.throws(() => Upload(z.string() as never), /takes a name, options, or a name and options; a file has no schema/);
  assert.throws(() => Upload({} as never, {}), /takes a name/);
});

/** Files are removed after the answer; a file that stays lets the runner's limit of time fail. */
async function emptied(path: string): Promise<void> {
  while ((await readdir(path)).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function filled(path: string): Promise<void> {
  while ((await readdir(path)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

test.run();
