import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const repository = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");

/**
 * Lists the workspace members below one folder, by name.
 *
 * Shape: `listMembers("/repo", "packages")` gives `[{ name: "core", folder: "/repo/packages/core", manifest: {…} }, …]`.
 */
export function listMembers(root, parent) {
  const folder = join(root, parent);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, folder: join(folder, name) }))
    .filter((member) => existsSync(join(member.folder, "package.json")))
    .map((member) => ({ ...member, manifest: readManifest(member.folder) }));
}

/** Reads the `package.json` of a folder. */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** Lists the files below a folder, sorted, without `node_modules`, `dist` and test `fixtures`. */
export function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isFile()) return [join(folder, entry.name)];
      return !entry.isDirectory() || skippedFolders.has(entry.name) ? [] : listFiles(join(folder, entry.name));
    });
}

const skippedFolders = new Set(["node_modules", "dist", "fixtures"]);
