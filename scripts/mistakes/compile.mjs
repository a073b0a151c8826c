import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { repository } from "../workspace.mjs";
import { folder } from "./list.mjs";

/** Compiles all programs with one TypeScript. Shape: a Map from file name to its first error. */
export function compileMistakes(typescript) {
  const compiler = join(repository, "node_modules", typescript, "bin", "tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "-p", folder, "--pretty", "false"], {
    cwd: repository,
    encoding: "utf8",
  });
  const errors = new Map();
  for (const line of stdout.split("\n")) {
    const found = /^(\S+\.ts)\(\d+,\d+\): (error TS\d+: .*)/.exec(line);
    if (found !== null && !errors.has(basename(found[1]))) errors.set(basename(found[1]), found[2]);
  }
  return errors;
}
