/**
 * Prints what Chromium keeps of each cookie that our rules allow, and what it makes of those that they refuse:
 * `npm run cookie-matrix`, or `npm run cookie-matrix -- --all` for a row of each. Exits 1 when one is not as it should be.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bootstrapThen } from "./bootstrap.mjs";
import { repository } from "./workspace.mjs";

const loader = ["--conditions=@madeleine/source", "--import", "@oxc-node/core/register"];
const main = join(repository, "examples", "browser-testing", "cookie-matrix.ts");

await bootstrapThen(() => {
  const { status } = spawnSync(process.execPath, [...loader, main, ...process.argv.slice(2)], {
    cwd: repository,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
});
