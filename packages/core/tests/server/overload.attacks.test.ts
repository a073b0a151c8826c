// test-timeout: 90
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";

test("OP-08 where no more files can be open, a file is a 503 and a connection is closed; then all is well again", async () => {
  const directory = await mkdtemp(join(tmpdir(), "madeleine-test-"));
  const file = join(directory, "a.txt");
  await writeFile(file, "hello");
  const { child, port, ended } = await startWithFreeFiles(64, file);
  const { accepted, refused } = await openUntilRefused(port, 200);
  // Every file that may be open is a connection now: none is left for the file that is asked for.
  assert.equal(
    await Promise.all(accepted.map((socket) => ask(socket, "/file"))),
    accepted.map(() => "503"),
  );
  assert.is(await ask(await open(port), "/file"), "closed");
  for (const socket of [...accepted, refused]) socket.destroy();
  await untilAnswered(port, "/canary");
  const burst = await Promise.all(Array.from({ length: 200 }, () => open(port)));
  const statuses = new Set(await Promise.all(burst.map((socket) => ask(socket, "/file"))));
  for (const status of statuses) assert.ok(["200", "503", "closed"].includes(status), status);
  for (const socket of burst) socket.destroy();
  for (const path of ["/canary", "/file"]) await untilAnswered(port, path);
  child.kill("SIGTERM");
  const { code, stderr } = await ended;
  assert.is(code, 0);
  assert.match(stderr, /GET \/file failed.*EMFILE/);
  await rm(directory, { recursive: true });
});

/** Opens one connection after the other, each answered once, until the server closes one unanswered. */
async function openUntilRefused(port: number, atMost: number): Promise<{ accepted: Socket[]; refused: Socket }> {
  const accepted: Socket[] = [];
  while (accepted.length < atMost) {
    const socket = await open(port);
    if ((await ask(socket, "/canary")) === "closed") return { accepted, refused: socket };
    accepted.push(socket);
  }
  throw new Error(`The server took ${atMost} connections.`);
}

/** Resolves when the path is a 200 on a connection of its own; the test's own limit of time ends the wait. */
async function untilAnswered(port: number, path: string): Promise<void> {
  for (;;) {
    const socket = await open(port);
    const status = await ask(socket, path);
    socket.destroy();
    if (status === "200") return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * A program that may open so many files more, its connections among them. The limit itself is far above that: the loader of
 * TypeScript has a hundred files open at once while it reads them.
 */
async function startWithFreeFiles(count: number, file: string) {
  const source = `
    import { closeSync, openSync } from "node:fs";
    import { App } from "@madeleine/core";
    import { FileResponse } from "@madeleine/http";
    const held = [];
    try { for (;;) held.push(openSync("/dev/null")); } catch {}
    for (const descriptor of held.slice(-${count})) closeSync(descriptor);
    const app = new App();
    app.get("/canary", () => "alive");
    app.get("/file", () => new FileResponse(${JSON.stringify(file)}));
    await app.listen({ port: 0, host: "127.0.0.1" });`;
  const loader = ["--import", import.meta.resolve("@oxc-node/core/register"), "--conditions=@madeleine/source"];
  const command = ["-c", `ulimit -n 512; exec "$0" "$@"`, process.execPath, ...loader, "--input-type=module", "--eval", source];
  const child = spawn("sh", command, { cwd: join(import.meta.dirname, "../.."), stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, stderr })),
  );
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(Number(/:(\d+)\n/.exec(text)?.[1])));
    void ended.then(() => reject(new Error(`The program did not start: ${stderr}`)));
  });
  return { child, port, ended };
}

function open(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  return new Promise((resolve) => socket.once("connect", () => resolve(socket)).once("close", () => resolve(socket)));
}

/** Shape: `"200"`, or `"closed"`. */
function ask(socket: Socket, path: string): Promise<string> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve("closed");
    socket.once("close", () => resolve("closed"));
    socket.once("data", (chunk: Buffer) => resolve(chunk.toString("latin1").slice(9, 12)));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  });
}

test.run();
