/**
 * Packs every package as it would be published, into a folder: `npm run pack ./tarballs`.
 *
 * Built and packed in a copy of the workspace: several runs at once, and the `dist` of the checkout, do not disturb each other.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { listMembers, readManifest, repository } from "./workspace.mjs";

/**
 * Gives the tarball of each package by its name.
 *
 * Shape: `Map { "madeleine" => "/tmp/x/madeleine-0.1.0.tgz", "@madeleine/core" => "/tmp/x/madeleine-core-0.1.0.tgz", … }`
 * Errors: an `Error` with what the compiler or pnpm printed.
 */
export async function packPackages(destination) {
  const workspace = mkdtempSync(join(tmpdir(), "madeleine-pack-"));
  try {
    copyWorkspace(workspace);
    await build(workspace);
    mkdirSync(destination, { recursive: true });
    packAll(workspace, destination);
    return new Map(listMembers(workspace, "packages").map(({ manifest }) => [manifest.name, tarballOf(manifest, destination)]));
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

/** Links between packages are relative, so they lead to the copies; everything else is reached through the one `node_modules`. */
function copyWorkspace(workspace) {
  const left = new Set(["dist", "tests"]);
  for (const name of ["package.json", "pnpm-workspace.yaml", "tsconfig.json", "LICENSE", "packages"]) {
    cpSync(join(repository, name), join(workspace, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !left.has(basename(source)),
    });
  }
  symlinkSync(join(repository, "node_modules"), join(workspace, "node_modules"), "junction");
}

function packAll(workspace, destination) {
  const pnpm = readManifest(workspace).packageManager.replace(/\+.*$/, "");
  const flags = ["-r", "--filter=./packages/*", "pack", "--pack-destination", resolve(destination)];
  const words = ["-y", "--prefer-offline", pnpm, ...flags];
  const { status, stdout, stderr } = spawnSync("npx", words, { cwd: workspace, encoding: "utf8" });
  if (status !== 0) throw new Error(`packing failed:\n${stdout}${stderr}`);
}

/** Shape: `@madeleine/core` 0.1.0 is packed as `madeleine-core-0.1.0.tgz`. */
function tarballOf({ name, version }, destination) {
  return resolve(destination, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const destination = process.argv[2] ?? "tarballs";
  for (const tarball of (await packPackages(destination)).values()) console.log(tarball);
}
