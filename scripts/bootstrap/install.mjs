import { spawn } from "node:child_process";
import { readManifest } from "../workspace.mjs";

/**
 * Installs what the lock file says with the pnpm that `packageManager` pins, fetched by `npx`: npm is all a machine needs.
 *
 * Errors: one line for each cause that a person can mend; pnpm's own words are shown above it.
 */
export async function installWithPnpm(root) {
  const pnpm = readManifest(root).packageManager.replace(/\+.*$/, ""); // "pnpm@12.21.0+sha512…": npx wants no hash
  console.log(`Installing the dependencies with ${pnpm} (once; this can take a minute) …`);
  const { code, output } = await run("npx", ["-y", pnpm, "install", "--frozen-lockfile", ...alwaysWhole], root);
  if (code !== 0) throw new Error(explain(output, pnpm));
  console.log("Dependencies are installed.");
}

// NODE_ENV=production would leave out what examples and tests run with, and without a terminal pnpm asks nobody.
const alwaysWhole = ["--prod=false", "--config.confirmModulesPurge=false"];

/** Shows the output as it comes, since an install takes time, and keeps its end to find the cause of a failure. */
function run(command, args, cwd) {
  return new Promise((resolve) => {
    const env = { npm_config_fetch_retries: "1", ...process.env }; // npm's default keeps silent for over a minute offline
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    let output = "";
    const collect = (chunk) => {
      process.stderr.write(chunk);
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => resolve({ code: 1, output: `${output}${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Turns what npm and pnpm print into the one line that says what to do.
 *
 * Shape: `"… ERR_PNPM_OUTDATED_LOCKFILE …"` gives `"pnpm-lock.yaml does not fit …: npx -y pnpm@12 install …"`.
 */
export function explain(output, pnpm) {
  if (/spawn npx ENOENT/.test(output)) return "npx is not on the PATH: install npm, which comes with Node.js.";
  if (/OUTDATED_LOCKFILE|ERR_PNPM_NO_LOCKFILE/.test(output)) {
    return `pnpm-lock.yaml does not fit the package.json files: run \`npx -y ${pnpm} install --no-frozen-lockfile\` and commit it.`;
  }
  if (/ENOSPC/.test(output)) return "the disk is full: free some space and run the command again.";
  if (networkFailure.test(output)) {
    return "the npm registry cannot be reached: check the network, the proxy and `npm config get registry`, then run again.";
  }
  return `the installation failed; ${pnpm} says why above.`;
}

const networkFailure =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ERR_PNPM_META_FETCH_FAIL|socket hang up|network/i;
