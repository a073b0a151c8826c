import { join, relative, sep } from "node:path";
import { listFiles, listMembers } from "../workspace.mjs";

/**
 * Finds the test files of the packages, the examples and the scripts, as paths relative to the root.
 *
 * Shape: `findTestFiles("/repo", ["cookies"])` gives `["packages/http/tests/cookies/parse.test.ts", …]`; a file is taken when
 * its path contains one of the filters, and every file is where there is no filter.
 */
export function findTestFiles(root, filters) {
  const members = [...listMembers(root, "packages"), ...listMembers(root, "examples")];
  const folders = [...members.map((member) => join(member.folder, "tests")), join(root, "scripts", "tests")];
  return folders
    .flatMap(listFiles)
    .filter((file) => /\.test\.(ts|mjs)$/.test(file))
    .map((file) => relative(root, file).replaceAll(sep, "/"))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)));
}
