import { test } from "uvu";
import * as assert from "uvu/assert";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { App, BootError } from "@madeleine/core";

const ownCopy = fileURLToPath(import.meta.resolve("../../http/src/copy.ts"));

test("an application does not boot beside a second copy of http, whose Response would be sent as a plain value", async () => {
  await new App().boot();
  const folder = mkdtempSync(join(tmpdir(), "madeleine-copy-"));
  try {
    copyFileSync(ownCopy, join(folder, "copy.ts"));
    await import(pathToFileURL(join(folder, "copy.ts")).href);
    const error = await catchBoot();
    assert.equal(
      error.problems.map(({ code, where }) => ({ code, where })),
      [{ code: "TWO_COPIES", where: `${join(ownCopy, "..")} and ${folder}` }],
    );
    assert.match(error.message, "2 copies of @madeleine/http are loaded in this process");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

async function catchBoot(): Promise<BootError> {
  try {
    await new App().boot();
  } catch (error) {
    if (error instanceof BootError) return error;
    throw error;
  }
  throw new Error("it booted");
}

test.run();
