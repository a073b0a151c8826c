import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../workspace.mjs";

export const folder = join(repository, "packages", "madeleine", "tests", "mistakes");

/** The programs, in the order of their numbers, with what their heads say. Errors: an `Error` for a head that says nothing. */
export function listMistakes() {
  const files = readdirSync(folder).filter((file) => /^\d.*\.ts$/.test(file));
  return files.toSorted().map((file) => {
    const path = join(folder, file);
    const head = /^\/\/ mistake (\d+): (.+)\n\/\/ caught: (compiler|boot|load|warning) ?(.*)\n/.exec(readFileSync(path, "utf8"));
    if (head === null) throw new Error(`${path} does not begin with "// mistake N: what" and "// caught: how"`);
    const [, number, what, kind, words] = head;
    return { file, path, number, what, kind, words };
  });
}
