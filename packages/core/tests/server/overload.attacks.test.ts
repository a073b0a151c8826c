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
  const { child, port, ended } = await startWithLimit(96, file);
  const sockets = await Promise.all(Array.from({ length: 200 }, () => open(port)));
  const answers = await Promise.all(sockets.map((socket) => ask(socket, "/file")));
  const statuses = new Set(answers);
  assert.ok(statuses.has("503") && statuses.has("closed"), [...statuses].join());
  for (const status of statuses) assert.ok(["200", "503", "closed"].includes(status), status);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const path of ["/canary", "/file"]) assert.is(await ask(await open(port), path), "200", path);
  child.kill("SIGTERM");
  const { code, stderr } = await ended;
  assert.is(code, 0);
  assert.match(stderr, /GET \/file failed.*EMFILE/);
  await rm(directory, { recursive: true });
});

/** A program that may have so many files open, its connections among them. */
async function startWithLimit(count: number, file: string) {
  const source = `
    import { App } from "@madeleine/core";
    import { FileResponse } from "@madeleine/http";
    const app = new App();
    app.get("/canary", () => "alive");
    app.get("/file", () => new FileResponse(${JSON.stringify(file)}));
    await app.listen({ port: 0, host: "127.0.0.1" });`;
  const loader = ["--import", import.meta.resolve("@oxc-node/core/register"), "--conditions=@madeleine/source"];
  const command = [
    "-c",
    `ulimit -n ${count}; exec "$0" "$@"`,
    process.execPath,
    ...loader,
    "--input-type=module",
    "--eval",
    source,
  ];
  const child = spawn("sh", command, { cwd: join(import.meta.dirname, "../.."), stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, stderr })),
  );
  const port = await new Promise<number>((resolve) =>
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(Number(/:(\d+)\n/.exec(text)?.[1]))),
  );
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
