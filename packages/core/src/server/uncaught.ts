import { inspect } from "node:util";
import { BootError } from "../errors/boot-error.ts";
import { ListenError } from "./listen-error.ts";

const thrown = new Set<unknown>();

// An error that is caught is caught by then; a listener left behind would answer for the errors of others.
const patienceMs = 100;

/**
 * Where `await app.listen()` stands at the top of a program and fails, the reader wants the report and not the stack of this
 * framework. The error is thrown as ever, so that a program that catches it does; only if nobody does, it is printed plainly
 * and the process ends with code 1. A program that listens to `uncaughtException` itself decides itself.
 */
export function explainWhenUncaught(error: unknown): void {
  if (!(error instanceof BootError || error instanceof ListenError)) return;
  if (thrown.size === 0) process.on("uncaughtException", explain); // one for all: a program may try one port after another
  thrown.add(error);
  setTimeout(() => {
    thrown.delete(error);
    if (thrown.size === 0) process.off("uncaughtException", explain);
  }, patienceMs).unref();
}

function explain(uncaught: unknown): void {
  if (process.listenerCount("uncaughtException") > 1) return;
  process.stderr.write(`${thrown.has(uncaught) ? toText(uncaught) : inspect(uncaught)}\n`);
  process.exit(1);
}

/** The report; as JSON where the program was started with `--json`, as editors and scripts do. */
function toText(error: unknown): string {
  if (error instanceof BootError && process.argv.includes("--json")) return JSON.stringify(error, undefined, 2);
  return error instanceof BootError ? `${error.name}: ${error.message}` : (error as ListenError).message;
}
