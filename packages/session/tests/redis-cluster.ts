import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";

/** A Redis of one's own that is a cluster of one node: it refuses, as any cluster does, a command on keys of several slots. */
export interface RedisCluster extends AsyncDisposable {
  readonly url: string;
}

/** Undefined where no redis-server is installed. */
export async function startCluster(): Promise<RedisCluster | undefined> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "madeleine-cluster-"));
  const words = ["--port", String(port), "--dir", folder, "--save", "", "--appendonly", "no", "--cluster-enabled", "yes"];
  const server = spawn("redis-server", [...words, "--bind", "127.0.0.1"], { stdio: "ignore" });
  const exit = once(server, "exit");
  const url = `redis://127.0.0.1:${port}`;
  const [started] = await Promise.race([
    once(server, "spawn").then(() => [true]),
    once(server, "error").then(() => [false]),
  ]).catch(() => [false]);
  if (started !== true) return undefined;
  await takeAllSlots(url);
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.kill();
      await exit;
      rmSync(folder, { recursive: true });
    },
  };
}

async function takeAllSlots(url: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: 50 } });
  client.on("error", () => {}); // until it listens
  await client.connect();
  await client.sendCommand(["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
  while (!String(await client.sendCommand(["CLUSTER", "INFO"])).includes("cluster_state:ok"))
    await new Promise((resolve) => setTimeout(resolve, 20));
  client.destroy();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port < 55_536 ? port : freePort(); // a node's bus listens 10,000 ports above it
}
