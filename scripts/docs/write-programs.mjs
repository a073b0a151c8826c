import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { listMembers, repository } from "../workspace.mjs";
import { complete } from "./complete.mjs";

/**
 * Writes the programs of all pages into a new folder outside the repository, where they find the packages as a user's program
 * does, and notes the folder of each on it. Gives the new folder, which goes when the process does.
 *
 * What a page takes for granted, such as the application that its tests are for, stands in `given/<page>/`.
 */
export function writePrograms(pages) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "madeleine-docs-")));
  process.on("exit", () => rmSync(root, { recursive: true, force: true }));
  linkPackages(root);
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify(tsconfig()));
  const names = exportedNames();
  for (const { slug, programs } of pages) {
    const given = join(repository, "scripts", "docs", "given", slug);
    if (existsSync(given)) cpSync(given, join(root, slug), { recursive: true });
    for (const program of programs) {
      program.folder = join(root, slug, `line-${program.line}`);
      for (const { name, text } of program.files) write(join(program.folder, name), complete(text, names));
    }
  }
  return root;
}

function tsconfig() {
  return { extends: join(repository, "tsconfig.json"), include: ["*/**/*.ts"], exclude: ["node_modules"] };
}

function linkPackages(root) {
  mkdirSync(join(root, "node_modules", "@madeleine"), { recursive: true });
  for (const { folder, manifest } of listMembers(repository, "packages"))
    symlinkSync(folder, join(root, "node_modules", manifest.name));
  for (const name of ["zod", "@types"]) symlinkSync(join(repository, "node_modules", name), join(root, "node_modules", name));
}

/** What the umbrella exports, told apart by the compiler's rule: a type is imported as one. */
function exportedNames() {
  const index = readFileSync(join(repository, "packages", "madeleine", "src", "index.ts"), "utf8");
  const names = [...index.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list]) =>
    list.split(",").map((name) => name.trim()),
  );
  return {
    values: names.filter((name) => name !== "" && !name.startsWith("type ")),
    types: names.filter((name) => name.startsWith("type ")).map((name) => name.slice("type ".length)),
  };
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
