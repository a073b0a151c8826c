import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { explain } from "../bootstrap/install.mjs";
import { packPackages } from "../pack.mjs";
import { readManifest, repository } from "../workspace.mjs";

const fixture = fileURLToPath(new URL("./fixtures/published", import.meta.url));
const [major] = process.versions.node.split(".").map(Number);

/**
 * Packs the packages and installs them as users do, into a project outside the workspace that holds nothing else.
 *
 * `unreachable` is the reason where the registry did not answer. The folder is removed when this process ends.
 */
export async function installPackages() {
  const folder = mkdtempSync(join(tmpdir(), "madeleine-published-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  cpSync(fixture, folder, { recursive: true });
  try {
    const tarballs = await packPackages(join(folder, "tarballs"));
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifestOf(tarballs), undefined, 2));
    const { code, output } = await run("npm", ["install", "--prefix", folder, ...npmOptions], folder);
    if (code !== 0) throw new Error(output);
    return { folder, tarballs };
  } catch (error) {
    return { folder, tarballs: new Map(), unreachable: readUnreachable(error) };
  }
}

// --include=dev: NODE_ENV=production would leave the compilers out.
const npmOptions = ["--include=dev", "--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=1"];

/** The packages depend on each other by version, and these versions are on no registry: overrides lead to the tarballs. */
function manifestOf(tarballs) {
  const own = new Map([...tarballs].map(([name, file]) => [name, `file:${file}`]));
  const { madeleine, ...overrides } = Object.fromEntries(own);
  const versions = readManifest(repository).devDependencies;
  return {
    name: "published",
    private: true,
    type: "module",
    dependencies: { madeleine, zod: versions.zod },
    devDependencies: {
      "@oxc-node/core": versions["@oxc-node/core"],
      tsx: "4.23.15",
      typescript: versions.typescript,
      ...newest,
    },
    overrides,
  };
}

/**
 * The newest vitest, which compiles with oxc (vite 8) and refuses Node 20; on Node 20 the last one that runs there, with the last
 * vite that compiles with esbuild.
 */
const newest = major < 22 ? { vite: "7.3.8", vitest: "4.1.12" } : { vite: "8.3.8", vitest: "5.1.1" };

/** The reason where an error says that the registry did not answer; throws every other error again. */
export function readUnreachable(error) {
  const reason = explain(error.message, "npm");
  if (reason.includes("registry cannot be reached")) return reason;
  throw error;
}

/** Runs a command to its end. Shape: `{ code: 0, output: "travelled\n" }`. */
export function run(command, words, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      cwd,
      env: { ...process.env, NO_COLOR: "1" },
      shell: command === "npm" && process.platform === "win32",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** The production packages that were installed, as npm recorded them. Shape: `["@madeleine/core", "madeleine", "zod", …]`. */
export function listInstalled(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, "node_modules", ".package-lock.json"), "utf8"));
  return Object.entries(packages)
    .filter(([, { dev, devOptional, optional }]) => !dev && !devOptional && !optional)
    .map(([path]) => path.replace(/^.*node_modules\//, ""));
}
