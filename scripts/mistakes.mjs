/**
 * Counts how the mistakes that programmers make are caught: `npm run mistakes`.
 *
 * Each file of packages/madeleine/tests/mistakes is a program with one mistake, and says in its head how it is caught: by the
 * compiler (with which error), by boot (with which code), when it is loaded (with which words), or by a warning. Exits 1 when one is not.
 * `--typescript 7` checks under one compiler only; by default all three that are supported.
 */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { compileMistakes } from "./mistakes/compile.mjs";
import { listMistakes } from "./mistakes/list.mjs";
import { notPrograms } from "./mistakes/not-programs.mjs";
import { repository } from "./workspace.mjs";

const compilers = { 7: "typescript", "6.0": "typescript-6.0", 5.9: "typescript-5.9" };

/** Shape: `[{ number: "24", what, expected: "boot DUPLICATE_ROUTE", found: "boot DUPLICATE_ROUTE", isCaught: true }, …]`. */
export function judgeMistakes(versions = Object.keys(compilers)) {
  const mistakes = listMistakes();
  const compiled = versions.map((version) => ({ version, errors: compileMistakes(compilers[version]) }));
  const booted = bootAll(mistakes.filter(({ kind }) => kind !== "compiler"));
  return mistakes.map((mistake) => ({ ...mistake, ...judge(mistake, compiled, booted) }));
}

function judge({ file, kind, words }, compiled, booted) {
  if (kind === "compiler") {
    const silent = compiled.filter(({ errors }) => !errors.get(file)?.includes(words)).map(({ version }) => version);
    return {
      isCaught: silent.length === 0,
      found: silent.length === 0 ? `compiler ${words}` : `no ${words} under TypeScript ${silent.join(", ")}`,
    };
  }
  const broken = compiled.find(({ errors }) => errors.has(file));
  if (broken !== undefined)
    return { isCaught: false, found: `does not compile under TypeScript ${broken.version}: ${broken.errors.get(file)}` };
  const found = booted.get(file) ?? "nothing";
  return { isCaught: found.startsWith(`${kind} `) && found.includes(words), found };
}

/** The programs run in one process of their own, from source: a program may change what is global. */
function bootAll(mistakes) {
  const loader = ["--import", "@oxc-node/core/register", "--conditions=@madeleine/source"];
  const script = new URL("./mistakes/boot.mjs", import.meta.url).pathname;
  const paths = mistakes.map(({ path }) => path).toSorted((one, other) => changesAll(one) - changesAll(other));
  const { status, stdout, stderr } = spawnSync(process.execPath, [...loader, script, ...paths], {
    cwd: repository,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the programs could not be run:\n${stdout}${stderr}`);
  return new Map(JSON.parse(stdout));
}

/** What it does to its process would be found in every program after it: it comes last. */
function changesAll(path) {
  return Number(path.endsWith("65-two-copies.ts"));
}

function print(judged) {
  for (const { number, what, found, isCaught } of judged)
    console.log(`${isCaught ? "caught" : "NOT   "}  ${number.padStart(2)}  ${what}  [${found}]`);
  console.log("\nWith no program, for the design leaves no way to make them, or what they concern does not exist yet:");
  for (const { number, what, why } of notPrograms) console.log(`  ${String(number).padStart(2)}  ${what}: ${why}`);
  const count = (kind) => judged.filter((one) => one.isCaught && one.kind === kind).length;
  const missed = judged.filter((one) => !one.isCaught).length;
  console.log(
    `\ncaught by the compiler: ${count("compiler")}, caught at boot: ${count("boot")}, caught at load: ${count("load")}, warned of: ${count("warning")}, not caught: ${missed}`,
  );
  return missed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const at = process.argv.indexOf("--typescript");
  process.exitCode = print(judgeMistakes(at === -1 ? undefined : [process.argv[at + 1]])) === 0 ? 0 : 1;
}
