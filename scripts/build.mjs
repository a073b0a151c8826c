/**
 * Builds `dist` of every package from nothing: `npm run build`. The compiler writes the declarations, the bundler the JavaScript.
 *
 * From nothing, because what was written for a file that was deleted since would be published.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { listFiles, listMembers, repository } from "./workspace.mjs";

/** Errors: an `Error` with what the compiler printed, or with what the bundler has doubts about. */
export async function build(root = repository) {
  const packages = listMembers(root, "packages");
  const folders = packages.map((member) => member.folder);
  for (const folder of folders) rmSync(join(folder, "dist"), { recursive: true, force: true });
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const configurations = folders.map((folder) => join(folder, "src"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, "-b", ...configurations], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`);
  for (const folder of folders) listFiles(join(folder, "dist")).filter(isDeclaration).forEach(importJavaScript);
  const { bundlePackage } = await import("./build/bundle.mjs"); // needs the bundler, which the bootstrap installs
  await Promise.all(packages.map(bundlePackage));
}

function isDeclaration(file) {
  return file.endsWith(".d.ts");
}

/**
 * Rewrites `from "./app.ts"` to `from "./app.js"` in a declaration file, in place. The compiler does so in JavaScript only
 * (`rewriteRelativeImportExtensions`), and `./app.ts` is not there once published; `./app.js` stands for `./app.d.ts`, which is. No
 * column moves, so the map stays true.
 */
function importJavaScript(file) {
  const source = readFileSync(file, "utf8");
  writeFileSync(file, source.replace(/((?:from|import) ?\(?")(\.{1,2}\/[^"]+)\.ts"/g, '$1$2.js"'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    await build();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
