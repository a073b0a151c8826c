import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs `work` while no other process of this machine runs it for the same folder: two `npm start` at once install once.
 *
 * The lock is a file outside the folder (an install may replace everything in `node_modules`) that holds a process id, so
 * that the lock of a killed process does not bind.
 */
export async function withLock(root, work) {
  const file = lockFileOf(root);
  await acquire(file);
  const release = () => rmSync(file, { force: true });
  process.once("exit", release); // Ctrl-C during the install ends in process.exit, not in `finally`
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

/** The lock file of a folder, in the system's temporary folder. */
export function lockFileOf(root) {
  return join(tmpdir(), `madeleine-${createHash("sha256").update(root).digest("hex").slice(0, 16)}.lock`);
}

async function acquire(file) {
  for (let waited = 0; !tryAcquire(file); waited += 1) {
    if (waited === 0) console.log("Waiting for another process that installs the dependencies …");
    await sleep(200);
  }
}

function tryAcquire(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" }); // "wx" fails where the file exists: the one atomic step
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!isHeld(file)) rmSync(file, { force: true });
    return false;
  }
}

function isHeld(file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    if (pid === 0) return true; // created, not yet written
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM"; // alive, and another user's
  }
}
