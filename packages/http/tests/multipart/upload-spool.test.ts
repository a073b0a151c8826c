import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { HTTPException } from "../../src/http-exception.ts";
import { toStorageError, UploadSpool } from "../../src/multipart/upload-spool.ts";

test("files are removed once, twice, and also when they are made too late", async () => {
  const directory = await mkdtemp(join(tmpdir(), "madeleine-spool-"));
  const spool = new UploadSpool(directory);
  const { path, file } = await spool.create();
  await file.close();
  await rm(path);
  await spool.create().then((made) => made.file.close());
  const late = spool.create().then(
    (made) => made.file.close(),
    (error: Error) => error.message,
  );
  await spool.discard();
  const message = await late;
  assert.ok(message === undefined || message === "The request of this upload is over");
  await spool.discard();
  assert.equal(await readdir(directory), []);
  await rm(directory, { recursive: true });
});

test("what a process leaves behind is removed when it exits", async () => {
  const directory = await mkdtemp(join(tmpdir(), "madeleine-spool-"));
  const module = new URL("../../src/multipart/upload-spool.ts", import.meta.url).href;
  const script = `const { UploadSpool } = await import(${JSON.stringify(module)});
    await new UploadSpool(${JSON.stringify(directory)}).create();
    console.log((await import("node:fs")).readdirSync(${JSON.stringify(directory)}).length);
    process.exit(0);`;
  const options = [...process.execArgv, "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: process.cwd() });
  assert.is(stdout.trim(), "1");
  assert.equal(await readdir(directory), []);
  await rm(directory, { recursive: true });
});

test("MP-13: no room is a 507, no more open files a 503, anything else the developer's", () => {
  const statusOf = (code: string): unknown => {
    const error = Object.assign(new Error(code), { code });
    const answer = toStorageError(error);
    return answer instanceof HTTPException ? answer.status : answer === error;
  };
  assert.equal(["ENOSPC", "EDQUOT", "EMFILE", "EACCES", "ENOENT"].map(statusOf), [507, 507, 503, true, true]);
  assert.is(toStorageError(null), null);
});

test.run();
