/** What has to be there before anything is measured: the built packages, the peers, the compiled servers and a Node. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap } from "../../scripts/bootstrap.mjs";
import { build } from "../../scripts/build.mjs";
import { repository } from "../../scripts/workspace.mjs";

const benchmarks = join(repository, "benchmarks");
const http = join(benchmarks, "http");

/** Builds, unless the packages are built already, and installs; gives the path of the Node that runs the servers. */
export async function prepare({ node, builds }) {
  await bootstrap();
  installPeers();
  if (builds) await build();
  compileServers();
  return node === undefined ? process.execPath : findNode(node);
}

/**
 * With npm and a lock file of their own, outside the workspace: they are 50 MB in 200 packages, which nobody should wait for
 * who only runs an example or the tests.
 */
export function installPeers() {
  const installed = join(benchmarks, "node_modules", ".package-lock.json");
  if (existsSync(installed) && isUpToDate(installed)) return;
  console.error("installing the peers into benchmarks/node_modules …");
  run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], benchmarks);
}

function isUpToDate(installed) {
  const { dependencies } = JSON.parse(readFileSync(join(benchmarks, "package.json"), "utf8"));
  const { packages } = JSON.parse(readFileSync(installed, "utf8"));
  return Object.entries(dependencies).every(([name, version]) => packages[`node_modules/${name}`]?.version === version);
}

function compileServers() {
  rmSync(join(http, "dist"), { recursive: true, force: true });
  run(process.execPath, [join(repository, "node_modules", "typescript", "bin", "tsc"), "-p", http], http);
}

/** The npm package `node` has each release; it is kept in a temporary folder. */
function findNode(version) {
  const folder = join(tmpdir(), `madeleine-bench-node-${version}`);
  const executable = join(folder, "node_modules", "node", "bin", "node");
  if (!existsSync(executable)) {
    mkdirSync(folder, { recursive: true });
    run("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", `node@${version}`], folder);
  }
  return executable;
}

function run(command, commandLine, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, commandLine, { cwd, encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${commandLine.join(" ")} failed:\n${stdout}${stderr}`);
}
