import { get } from "node:http";
import { App, type AppOptions, type Logger } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import * as assert from "uvu/assert";
import { OwnTime } from "../../../scripts/test/own-time.ts";

/** A logger that keeps what it is told. */
export class Log implements Logger {
  readonly entries: { level: string; details: Record<string, unknown>; message: string }[] = [];

  error(details: object, message: string): void {
    this.entries.push({ level: "error", details: details as Record<string, unknown>, message });
  }

  warn(details: object, message: string): void {
    this.entries.push({ level: "warn", details: details as Record<string, unknown>, message });
  }

  info(details: object, message: string): void {
    this.entries.push({ level: "info", details: details as Record<string, unknown>, message });
  }

  get messages(): string[] {
    return this.entries.map((entry) => entry.message);
  }
}

/** An application that logs into a list, and has a canary. */
export function createApp(options: AppOptions = {}): { app: App; log: Log } {
  const log = new Log();
  const app = new App({ logger: log, ...options });
  app.get("/canary", () => "alive");
  return { app, log };
}

/**
 * Opens the application, runs an attack, and asserts what must hold after every one: the canary on a connection of its own
 * answers at once, during and after; nothing was left unhandled; no prototype has a new key; nothing is under way for ever.
 */
export async function withstand(app: App, attack: (client: TestClient) => unknown): Promise<void> {
  const unhandled: unknown[] = [];
  const collect = (error: unknown): void => void unhandled.push(error);
  process.on("unhandledRejection", collect).on("uncaughtException", collect);
  const keys = Reflect.ownKeys(Object.prototype).length;
  try {
    await using client = await TestClient.open(app, { redirects: false });
    await Promise.all([attack(client), assertAlive(app)]);
    await assertAlive(app);
    await new Promise((resolve) => setTimeout(resolve, 20)); // time for what was left unhandled to be noticed
  } finally {
    process.off("unhandledRejection", collect).off("uncaughtException", collect);
  }
  assert.equal(unhandled, [], "nothing is left unhandled");
  assert.is(Reflect.ownKeys(Object.prototype).length, keys, "no prototype has a new key");
  assert.is(({} as { polluted?: unknown }).polluted, undefined);
}

/** Kept when something holds; where it never does, the runner's limit of time ends the wait. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Errors: an assertion where the canary does not sing within 500 ms of this process's own time. */
async function assertAlive(app: App): Promise<void> {
  using time = new OwnTime();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    get(`${app.url}/canary`, { agent: false }, (response) =>
      response.resume().once("end", () => resolve(response.statusCode)),
    ).once("error", reject);
  });
  assert.is(status, 200, "the canary answers");
  assert.ok(time.ms < 500, "the canary answers at once");
}

/** Runs something while what it writes to the standard error is collected. */
export async function captureStderr(run: () => unknown): Promise<string> {
  const original = process.stderr.write;
  let text = "";
  process.stderr.write = ((chunk: string) => (text += chunk) !== "") as typeof process.stderr.write;
  try {
    await run();
  } finally {
    process.stderr.write = original;
  }
  return text;
}
