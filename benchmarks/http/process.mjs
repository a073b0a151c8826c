import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { repository } from "../../scripts/workspace.mjs";

const server = join(repository, "benchmarks", "http", "server.mjs");
const canPin = process.platform === "linux" && spawnSync("taskset", ["-V"]).status === 0;

/** A peer's server for one workload, in a process that is pinned to one core. */
export class ServerProcess {
  #child;

  /** Waits until the port is open. */
  static async start(peer, workload, { node, core }) {
    const commandLine = [node, server, peer, workload];
    const [command, ...rest] = canPin ? ["taskset", "-c", String(core), ...commandLine] : commandLine;
    const stdio = ["ignore", "inherit", "inherit", "ipc"];
    const child = spawn(command, rest, { stdio, env: { ...process.env, NODE_ENV: "production" } });
    const started = new ServerProcess();
    started.#child = child;
    started.peer = peer;
    const [message] = await Promise.race([once(child, "message"), once(child, "exit")]);
    if (message?.port === undefined) throw new Error(`the server of ${peer} for ${workload} did not start`);
    started.url = `http://127.0.0.1:${message.port}`;
    return started;
  }

  /** Processor time and memory so far. */
  usage() {
    return this.#ask("usage");
  }

  /** Has V8's CPU profiler run from now on. */
  record() {
    return this.#ask("record");
  }

  /** The profile since `record`. */
  recorded() {
    return this.#ask("recorded");
  }

  async stop() {
    const exited = once(this.#child, "exit");
    this.#child.disconnect();
    await exited;
  }

  async #ask(message) {
    this.#child.send(message);
    const [answer] = await once(this.#child, "message");
    return answer;
  }
}
