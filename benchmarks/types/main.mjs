/**
 * Measures what the types cost: `npm run bench:types`, or `node main.mjs --controllers 50 --rounds 3`.
 *
 * One application is written three times: with the decorators of Madeleine, with the same names declared `any`, and with the types
 * that Nest gives its decorators. Each round checks all, in turns, because the machine is never equally busy; the ratios are those
 * of the medians of all rounds, to `any`.
 */
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeApplication } from "./application.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const repository = join(here, "../..");
const generated = join(here, "node_modules/.cache/applications");
const compilers = [
  ["TypeScript 7.0", "typescript"],
  ["TypeScript 6.0", "typescript-6.0"],
  ["TypeScript 5.9", "typescript-5.9"],
];
const bar = 1.1;

const { values } = parseArgs({
  options: { controllers: { type: "string", default: "200" }, rounds: { type: "string", default: "7" } },
});
const folders = {
  typed: write("typed", "madeleine"),
  untyped: write("untyped", "../../../../untyped.ts"),
  nestLike: write("nest-like", "../../../../nest-like.ts"),
};
let isMissed = false;
for (const [name, folder] of compilers) {
  const times = measure(folder, Number(values.rounds));
  for (const phase of ["total", "check"]) {
    const [typed, untyped, nestLike] = ["typed", "untyped", "nestLike"].map((app) => times[app][phase]);
    const [ratio, nestRatio] = [typed, nestLike].map((each) => (median(each) / median(untyped)).toFixed(2));
    console.log(
      `${name}  ${phase}  any ${show(untyped)}  as Nest ${show(nestLike)}, ${nestRatio}  Madeleine ${show(typed)}, ${ratio}`,
    );
    if (phase === "total" && Number(ratio) > bar) isMissed = true;
  }
}
rmSync(generated, { recursive: true });
if (isMissed) console.error(`The bar is missed: at most ${bar} times the time of untyped decorators.`);
process.exitCode = isMissed ? 1 : 0;

function write(name, library) {
  const folder = join(generated, name);
  writeApplication(folder, { controllers: Number(values.controllers), library });
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(repository, "tsconfig.json"), include: ["*.ts"], exclude: [] }),
  );
  return folder;
}

function measure(compiler, rounds) {
  const apps = Object.keys(folders);
  const times = Object.fromEntries(apps.map((app) => [app, { total: [], check: [] }]));
  for (let round = -1; round < rounds; round++) {
    for (const name of round % 2 === 0 ? apps : apps.toReversed()) {
      const { total, check } = compile(compiler, folders[name]);
      if (round < 0) continue; // the first round only warms the caches of the disk
      times[name].total.push(total);
      times[name].check.push(check);
    }
  }
  return times;
}

/** The seconds that one compilation takes, as the compiler itself measures them. */
function compile(compiler, folder) {
  const program = join(repository, "node_modules", compiler, "bin/tsc");
  const report = execFileSync(process.execPath, [program, "-p", folder, "--extendedDiagnostics"], { encoding: "utf8" });
  const read = (label) => Number(new RegExp(`^${label}:?\\s+([\\d.]+)s$`, "m").exec(report)?.[1]);
  return { total: read("Total time"), check: read("Check time") };
}

function median(times) {
  const sorted = times.toSorted((one, other) => one - other);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

function show(times) {
  return `${median(times).toFixed(2)} s (${Math.min(...times).toFixed(2)}-${Math.max(...times).toFixed(2)})`;
}
