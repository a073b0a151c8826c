/**
 * Runs an example from source: `npm start` is the tutorial, `npm run example hello` any other, without a name a list.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { bootstrapThen } from "./bootstrap.mjs";
import { listMembers, repository } from "./workspace.mjs";

const root = process.env.EXAMPLES_ROOT ?? repository; // the tests bring examples of their own
const [name, ...exampleArguments] = process.argv.slice(2);
await bootstrapThen(() => {
  if (name === undefined) return console.log(toList(listExamples().filter(({ main }) => main !== undefined)));
  return start(findExample(name));
});

/** Each example with what it shows: the description of its package.json, else the first line of prose of its README. */
function listExamples() {
  return listMembers(root, "examples").map(({ name, folder, manifest }) => ({
    name,
    main: ["main.ts", "main.js"].map((file) => join(folder, file)).find((file) => existsSync(file)),
    description: manifest.description ?? firstProse(join(folder, "README.md")),
  }));
}

function firstProse(readme) {
  if (!existsSync(readme)) return "";
  const lines = readFileSync(readme, "utf8").split("\n");
  return lines.find((line) => line.trim() !== "" && !line.startsWith("#")) ?? "";
}

function toList(examples) {
  const width = Math.max(0, ...examples.map((example) => example.name.length));
  const lines = examples.map((example) => `  npm run example ${example.name.padEnd(width)}   ${example.description}`);
  return ["Examples:", "", ...lines].join("\n");
}

function findExample(wanted) {
  const examples = listExamples();
  const example = examples.find((candidate) => candidate.name === wanted);
  if (example?.main !== undefined) return example.main;
  const names = examples.map((candidate) => candidate.name).join(", ");
  throw new Error(
    example ? `examples/${wanted} has no main.ts or main.js.` : `there is no example "${wanted}"; there are: ${names}.`,
  );
}

function start(main) {
  const flags = ["--conditions=@madeleine/source", "--import", import.meta.resolve("@oxc-node/core/register")];
  const guard = ["--import", import.meta.resolve("./start/exit-with-parent.mjs")];
  const child = spawn(process.execPath, [...flags, ...guard, main, ...exampleArguments], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    detached: process.platform !== "win32",
  });
  forwardSignals(child);
  stopWithShell(child);
  return new Promise((_, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
  });
}

/**
 * Passes each signal on once. Ctrl-C reaches every process of the terminal's group, and npm passes it on once more; a second
 * SIGINT usually means "now, without waiting". So the example runs in a group of its own, and what arrives within a quarter
 * of a second counts as one.
 */
function forwardSignals(child) {
  let last = -Infinity;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (performance.now() - last < 250) return;
      last = performance.now();
      child.kill(signal);
    });
  }
}

/** npm runs a script through `sh`, and Debian's dies of SIGTERM without passing it on: then nobody waits for us any more. */
function stopWithShell(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 100);
}
