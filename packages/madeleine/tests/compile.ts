import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** The versions of TypeScript that are supported, by the name of their package here. */
export const compilers = new Map([
  ["TypeScript 7.0", "typescript"],
  ["TypeScript 6.0", "typescript-6.0"],
  ["TypeScript 5.9", "typescript-5.9"],
]);

/**
 * Compiles programs with one TypeScript, as an application outside of the repository.
 *
 * Shape: `compile("typescript", { "any.ts": "…" })` gives a Map from `"any.ts"` to all that the compiler says of it.
 */
export function compile(
  compiler: string,
  programs: Readonly<Record<string, string>>,
  options: Readonly<Record<string, boolean>> = {},
): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "madeleine-types-"));
  try {
    writeProject(folder, programs, options);
    const tsc = join(repository, "node_modules", compiler, "bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { cwd: folder, encoding: "utf8" });
    return readErrors(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeProject(folder: string, programs: Readonly<Record<string, string>>, options: object): void {
  const links = {
    madeleine: "packages/madeleine",
    zod: "packages/madeleine/node_modules/zod",
    "@types/node": "node_modules/@types/node",
  };
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
    symlinkSync(join(repository, target), join(folder, "node_modules", name));
  }
  const compilerOptions = { ...options, typeRoots: [join(folder, "node_modules/@types")] };
  const project = { extends: join(repository, "tsconfig.json"), compilerOptions, include: ["*.ts"], exclude: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  for (const [name, source] of Object.entries(programs)) writeFileSync(join(folder, name), source);
}

/** The compiler says a line for each error, and indents what belongs to it. */
function readErrors(output: string): Map<string, string> {
  const errors = new Map<string, string>();
  let file = "";
  for (const line of output.split("\n")) {
    const start = /^(\S+)\(\d+,\d+\): (.*)$/.exec(line);
    if (start !== null) file = start[1]!;
    if (line.trim() !== "") errors.set(file, `${errors.get(file) ?? ""}${start?.[2] ?? line.trim()}\n`);
  }
  return errors;
}
