import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";

test("SIGTERM loses no request, under load", async () => {
  const { child, url } = await start();
  const exited = once(child, "exit");
  const clients = Array.from({ length: 20 }, () => askUntilRefused(url));
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.kill("SIGTERM");
  const answered = (await Promise.all(clients)).reduce((sum, count) => sum + count, 0);
  assert.ok(answered > 100, `only ${answered} requests were answered`);
  assert.equal(await exited, [0, null]);
});

async function start() {
  const flags = ["--conditions=@madeleine/source", "--import", import.meta.resolve("@oxc-node/core/register")];
  const child = spawn(process.execPath, [...flags, fileURLToPath(new URL("../main.ts", import.meta.url))], {
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(child.stdout.setEncoding("utf8"), "data");
  return { child, url: /http:\S+/.exec(said)?.[0] ?? "" };
}

/** One request after the other until the port is closed: a connection that is refused never was a request, a broken one was. */
async function askUntilRefused(url: string): Promise<number> {
  for (let answered = 0; ; answered++) {
    const response = await fetch(`${url}/set-cookie`).catch((error: Error) => refusal(error));
    if (response === undefined) return answered;
    assert.equal(await response.json(), { message: "Cookie set successfully" });
  }
}

function refusal(error: Error): undefined {
  if (!/ECONNREFUSED/.test(String((error.cause as { code?: unknown } | undefined)?.code))) throw error;
}

test.run();
