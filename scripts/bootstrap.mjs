/**
 * Makes a clone ready to run: installs the dependencies with the pinned pnpm, once.
 *
 * Plain JavaScript without dependencies, since it runs before there are any. What was installed is remembered by a hash in
 * `node_modules`, so that a second run costs a few file reads.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installWithPnpm } from "./bootstrap/install.mjs";
import { withLock } from "./bootstrap/lock.mjs";
import { listMembers, readManifest, repository } from "./workspace.mjs";

/**
 * Installs the dependencies unless they are there already.
 *
 * Errors: an `Error` of one line, for people: Node is too old, the registry is out of reach, the lock file is out of date.
 */
export async function bootstrap(root = repository, install = installWithPnpm) {
  refuseOldNode();
  if (process.env.MADELEINE_BOOTSTRAP === "skip" || isInstalled(root)) return;
  await withLock(root, async () => {
    if (isInstalled(root)) return; // another process installed while this one waited
    rmSync(stampOf(root), { force: true }); // an install that breaks off must not look like the last good one
    await install(root);
    mkdirSync(join(root, "node_modules"), { recursive: true });
    writeFileSync(stampOf(root), fingerprint(root));
  });
}

/** Runs `main` after the bootstrap; an error of either ends the process with its message on one line. */
export async function bootstrapThen(main) {
  try {
    await bootstrap();
    await main();
  } catch (error) {
    console.error(`madeleine: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node.js 20.19 or newer is needed, and this is ${process.versions.node}: https://nodejs.org/en/download`);
}

function isInstalled(root) {
  const stamp = stampOf(root);
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== fingerprint(root)) return false;
  return members(root).every(({ folder, manifest }) => !hasDependencies(manifest) || existsSync(join(folder, "node_modules")));
}

function hasDependencies(manifest) {
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length > 0;
}

/** Native bindings are chosen by platform and processor, so both count, as does Node's major version. */
function fingerprint(root) {
  const hash = createHash("sha256");
  hash.update(`${process.versions.node.split(".")[0]} ${process.platform} ${process.arch}\n`);
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml"]) hash.update(readIfThere(join(root, file)));
  for (const { name, manifest } of members(root)) hash.update(`${name} ${JSON.stringify(manifest)}\n`);
  return hash.digest("hex");
}

function members(root) {
  const own = { name: ".", folder: root, manifest: readManifest(root) };
  return [own, ...listMembers(root, "packages"), ...listMembers(root, "examples")];
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file) : "";
}

function stampOf(root) {
  return join(root, "node_modules", ".madeleine-installed");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await bootstrapThen(() => {});
