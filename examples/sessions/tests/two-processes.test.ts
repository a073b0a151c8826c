// test-timeout: 120

import { spawn, type ChildProcess } from "node:child_process";
import { connect, createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { test } from "uvu";
import * as assert from "uvu/assert";

const REDIS_URL = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";

async function canConnect({ hostname, port }: URL): Promise<boolean> {
  const socket = connect(Number(port) || 6379, hostname);
  const isThere = await Promise.race([once(socket, "connect").then(() => true), once(socket, "error").then(() => false)]).catch(
    () => false,
  );
  socket.destroy();
  return isThere;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The example in a process of its own. */
async function start(): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const child = spawn(process.execPath, [...process.execArgv, new URL("../main.ts", import.meta.url).pathname], {
    env: { ...process.env, PORT: String(port), REDIS_URL },
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300; tries++) {
    if (
      await fetch(`${url}/login`).then(
        () => true,
        () => false,
      )
    )
      return { child, url };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the example does not listen");
}

test("two processes behind one Redis share the sessions, and the end of one", async () => {
  if (!(await canConnect(new URL(REDIS_URL)))) return console.log(`SKIP: no Redis at ${REDIS_URL}`);
  const [one, two] = await Promise.all([start(), start()]);
  try {
    const body = new URLSearchParams({ username: "ada", password: "analytical engine" });
    const login = await fetch(`${one.url}/login`, { method: "POST", body, redirect: "manual", headers: { origin: one.url } });
    assert.is(login.status, 303);
    const cookie = /session=[^;]+/.exec(login.headers.getSetCookie().join())?.[0] ?? "";
    const home = async (url: string) => (await fetch(`${url}/`, { headers: { cookie } })).text();
    assert.match(await home(two.url), "Welcome, ada!");
    assert.match(await home(one.url), "Hello, ada!");
    await fetch(`${two.url}/logout`, { method: "POST", headers: { cookie, origin: two.url }, redirect: "manual" });
    assert.match(await home(one.url), "<h1>Log in</h1>");
  } finally {
    for (const { child } of [one, two]) {
      child.kill();
      if (child.exitCode === null) await once(child, "exit");
    }
  }
});

test.run();
