// test-timeout: 180
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { App } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { startProgram, type Program } from "../program.ts";

async function startServer(routes: string, options = ""): Promise<{ program: Program; port: number }> {
  const program = startProgram(
    `const app = new App({ title: "test" }); ${routes}; await app.listen({ port: 0, host: "127.0.0.1" ${options} });`,
  );
  const line = await program.wrote("\n");
  return { program, port: Number(/:(\d+)\n/.exec(line)?.[1]) };
}

/** Shape: `"200 done"`, or the error's code. */
function ask(port: number, path: string, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const asked = request({ port, path, agent, host: "127.0.0.1" }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("end", () => resolve(`${response.statusCode} ${text}`));
      response.once("error", () => resolve("broken off"));
    });
    asked.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end();
  });
}

test("OP-01 SIGTERM under load loses no request: each is answered whole, or its connection refused", async () => {
  const routes = `let served = 0; app.get("/", async () => { await new Promise((resolve) => setTimeout(resolve, Math.random() * 20)); return ++served; })`;
  const { program, port } = await startServer(routes);
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const counts = new Map<string, number>();
  const client = async (): Promise<void> => {
    for (;;) {
      const answer = await ask(port, "/", agent);
      const kind = answer.startsWith("200 ") ? "answered" : answer;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (kind === "ECONNREFUSED") return;
    }
  };
  const clients = Array.from({ length: 50 }, client);
  while ((counts.get("answered") ?? 0) < 1000) await new Promise((resolve) => setTimeout(resolve, 10));
  program.child.kill("SIGTERM");
  const { code, stderr } = await program.ended;
  await Promise.all(clients);
  agent.destroy();
  assert.equal([code, stderr], [0, ""]);
  assert.equal([...counts.keys()].sort(), ["ECONNREFUSED", "answered"]);
});

test("OP-01 a slow request that is under way is answered, and asked to leave the connection", async () => {
  const { program, port } = await startServer(
    `app.get("/", async () => { console.log("asked"); await new Promise((resolve) => setTimeout(resolve, 700)); return "done"; })`,
  );
  const answer = ask(port, "/", new Agent({ keepAlive: true }));
  await program.wrote("asked");
  program.child.kill("SIGTERM");
  assert.is(await answer, '200 "done"');
  assert.is((await program.ended).code, 0);
});

test("LM-14 idle connections, also those that never asked for anything, do not delay the end by more than a second", async () => {
  // The program tells how long it took: for how long others had the processor meanwhile is not its doing.
  const { program, port } = await startServer(`
    const { OwnTime } = await import(${JSON.stringify(import.meta.resolve("../../../../scripts/test/own-time.ts"))});
    process.once("SIGTERM", () => {
      const time = new OwnTime();
      process.once("exit", () => console.log(\`took \${time.ms}\`));
    });
    app.get("/", () => "x")`);
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  await Promise.all(Array.from({ length: 100 }, () => ask(port, "/", agent)));
  const silent = Array.from({ length: 10 }, () => connect(port, "127.0.0.1").on("error", () => {}));
  await Promise.all(silent.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
  program.child.kill("SIGTERM");
  const { code, stdout } = await program.ended;
  assert.is(code, 0);
  assert.ok(Number(/took (\S+)/.exec(stdout)?.[1]) < 1000, stdout);
  agent.destroy();
});

/** Kept when the server takes no connection any more: it closes. */
async function untilRefused(port: number): Promise<void> {
  while ((await ask(port, "/none", new Agent())) !== "ECONNREFUSED") await new Promise((resolve) => setTimeout(resolve, 10));
}

test("OP-02 a second signal ends the process at once, with 1", async () => {
  const { program, port } = await startServer(
    `app.get("/", () => { console.log("asked"); return new Promise(() => setTimeout(() => {}, 60_000)); })`,
  );
  const answer = ask(port, "/", new Agent());
  await program.wrote("asked");
  program.child.kill("SIGTERM");
  await untilRefused(port);
  assert.is(program.child.exitCode, null);
  program.child.kill("SIGINT");
  const { code, stderr } = await program.ended;
  assert.equal([code, stderr], [1, ""], "and not at the end of the time of grace, which is told");
  assert.is(await answer, "ECONNRESET");
});

test("OP-02 what outlasts the time of grace is named, and the process ends with 1", async () => {
  const { program, port } = await startServer(
    `app.get("/never", () => { console.log("asked"); return new Promise(() => {}); })`,
    ", graceMs: 300",
  );
  const answer = ask(port, "/never", new Agent());
  await program.wrote("asked");
  program.child.kill("SIGTERM");
  const { code, stderr } = await program.ended;
  assert.is(code, 1);
  assert.match(stderr, /^closing failed: Error: closing took longer than 300 ms, and cut off GET \/never\n/);
  assert.is(await answer, "ECONNRESET");
});

test("a signal while close() is under way waits for it", async () => {
  const routes = `app.get("/", async () => { void app.close(); console.log("asked"); await new Promise((resolve) => setTimeout(resolve, 600)); return "done"; })`;
  const { program, port } = await startServer(routes);
  const answer = ask(port, "/", new Agent());
  await program.wrote("asked");
  program.child.kill("SIGTERM");
  assert.is(await answer, '200 "done"');
  assert.is((await program.ended).code, 0);
});

test("the listeners of signals go with the last application", async () => {
  const before = process.listenerCount("SIGTERM");
  const [one, other] = [new App(), new App()];
  await Promise.all([one.listen({ port: 0, quiet: true }), other.listen({ port: 0, quiet: true })]);
  assert.is(process.listenerCount("SIGTERM"), before + 1);
  await one.close();
  assert.is(process.listenerCount("SIGTERM"), before + 1);
  await other.close();
  assert.equal([process.listenerCount("SIGTERM"), process.listenerCount("SIGINT")], [before, before]);
});

test("OP-12 200 applications come and go without a warning, and the process ends by itself", async () => {
  const loop = `
    for (let index = 0; index < 200; index++) {
      const app = new App();
      app.get("/", () => index);
      await app.listen({ port: 0, host: "127.0.0.1", quiet: true });
      if ((await (await fetch(app.url, { headers: { connection: "close" } })).json()) !== index) throw new Error("wrong");
      await app.close();
    }
    console.log("done", process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length);
  `;
  const { code, stdout, stderr } = await startProgram(loop).ended;
  assert.equal([code, stderr], [0, ""]);
  assert.match(stdout, /^done [0-3]\n$/);
});

test.run();
