import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

/** How a program ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs in a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  /** Kept when it has written this text to its standard output; gives what it has written so far. */
  wrote(text: string): Promise<string>;
  readonly ended: Promise<Ending>;
}

/** Starts TypeScript in a process of its own, from source as the tests are run. `App` and the rest of the package are imported for it. */
export function startProgram(source: string): Program {
  const imports = `import { App, BootError, ListenError } from "@madeleine/core"; import { createServer } from "node:http";\n`;
  const loader = ["--import", import.meta.resolve("@oxc-node/core/register"), "--conditions=@madeleine/source"];
  const child = spawn(process.execPath, [...loader, "--input-type=module", "--eval", imports + source], {
    cwd: join(import.meta.dirname, ".."), // where the workspace's packages are found
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  return {
    child,
    wrote: async (text) => {
      while (!output.stdout.includes(text)) {
        if (child.exitCode !== null)
          throw new Error(`the program ended before it wrote ${JSON.stringify(text)}: ${output.stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return output.stdout;
    },
    ended: new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal, ...output }))),
  };
}
