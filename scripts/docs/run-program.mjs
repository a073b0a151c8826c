import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ask } from "./ask.mjs";
import { compareAnswer } from "./compare-answer.mjs";
import { listenAnywhere } from "./listen-anywhere.mjs";

/**
 * Runs a program in this process and asks it what its page asks. A file `*.test.ts` runs in a process of its own.
 *
 * Shape: `{ error: "BootError: 1 problem …", problems: [] }`, or without an error the answers that are not those of the page:
 *        `{ error: undefined, problems: ["in line 30, asked GET /, answers …"] }`.
 */
export function runProgram(program) {
  return listenAnywhere(async (servers) => {
    const error = await load(program);
    return { error, problems: error === undefined ? await askAll(program, servers) : [] };
  });
}

/** Gives what was thrown, in words. */
async function load({ folder, files, hasTypes }) {
  try {
    for (const { name } of files) {
      const file = join(folder, name);
      if (name.includes(".test.")) runTests(file);
      else await import(pathToFileURL(hasTypes ? file : compileWithoutTypes(file)).href);
    }
    return undefined;
  } catch (error) {
    return describe(error, folder);
  }
}

/** Compiles as esbuild does: decorators, but no `design:paramtypes`. */
function compileWithoutTypes(file) {
  const typescript = createRequire(import.meta.url)("typescript-5.9"); // TypeScript 7 compiles no single file
  const compilerOptions = { target: "es2022", module: "esnext", experimentalDecorators: true, inlineSourceMap: true };
  const source = readFileSync(file, "utf8");
  const compiled = file.replace(/\.ts$/, ".js");
  writeFileSync(compiled, typescript.transpileModule(source, { compilerOptions, fileName: file }).outputText);
  return compiled;
}

function runTests(file) {
  const loaders = ["--conditions=@madeleine/source", "--import", import.meta.resolve("@oxc-node/core/register")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...loaders, "--test", file], { encoding: "utf8" });
  if (status !== 0) throw new Error(`its tests fail:\n${stdout}${stderr}`);
}

/** The places in a report are those of the page: without the folder that the program was written to. */
function describe(thrown, folder) {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return text.replaceAll(`${folder}/`, "").trim();
}

async function askAll({ requests }, servers) {
  const problems = [];
  for (const request of requests) {
    const server = servers.findLast((candidate) => candidate.listening);
    if (server === undefined) return [`is asked something in line ${request.line}, but listens nowhere`];
    const problem = compareAnswer(request, await ask(request, server.address().port));
    if (problem !== undefined) problems.push(`in line ${request.line}, asked ${request.method} ${request.path}, ${problem}`);
  }
  return problems;
}
