import { spawnSync } from "node:child_process";
import { join, sep } from "node:path";
import { repository } from "../workspace.mjs";

/**
 * Type checks a folder of programs in one run of the compiler.
 *
 * Shape: `[{ file: "/…/docs-cookies/line-12/app.ts", message: "error TS1239: …\n  Argument of type …" }]`.
 */
export function typeCheck(root) {
  const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
  const { stdout, error } = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.json"), "--pretty", "false"], {
    cwd: root,
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  return readDiagnostics(stdout).map(({ file, message }) => ({ file: join(root, file.replaceAll("/", sep)), message }));
}

/** A diagnostic begins at the margin; its explanation is indented. */
export function readDiagnostics(output) {
  const found = [];
  for (const line of output.split(/\r?\n/)) {
    const [, file, message] = /^(\S.*?)\(\d+,\d+\): (error TS\d+: .*)$/.exec(line) ?? [];
    if (message !== undefined) found.push({ file, message });
    else if (line.startsWith(" ") && found.length > 0) found.at(-1).message += `\n${line}`;
  }
  return found;
}
