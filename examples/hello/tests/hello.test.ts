import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

test("greets the world, and whoever gives a name", async () => {
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/")).json(), { message: "Hello, world!" });
  assert.equal((await client.get("/?name=Ada")).json(), { message: "Hello, Ada!" });
  assert.equal((await client.get("/", { query: { name: "Zoë & <b>" } })).json(), { message: "Hello, Zoë & <b>!" });
});

test("plain.js says the same, run by node as it is", async () => {
  await using plain = await startPlain();
  assert.equal(await fetchJson(plain.url), { message: "Hello, world!" });
  assert.equal(await fetchJson(`${plain.url}/?name=Ada`), { message: "Hello, Ada!" });
});

/** The loader is there for the framework's own sources, which are not built here; plain.js needs none. */
async function startPlain() {
  const flags = ["--conditions=@madeleine/source", "--import", import.meta.resolve("@oxc-node/core/register")];
  const child = spawn(process.execPath, [...flags, fileURLToPath(new URL("../plain.js", import.meta.url))], {
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(child.stdout.setEncoding("utf8"), "data");
  return {
    url: /http:\S+/.exec(said)?.[0] ?? "",
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      assert.equal(await once(child, "exit"), [0, null]);
    },
  };
}

async function fetchJson(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

test.run();
