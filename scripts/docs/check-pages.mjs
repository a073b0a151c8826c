import { dirname } from "node:path";
import { readPrograms } from "./read-programs.mjs";
import { runProgram } from "./run-program.mjs";
import { typeCheck } from "./type-check.mjs";
import { writePrograms } from "./write-programs.mjs";

/**
 * Checks the code blocks of pages: all are type checked in one run of the compiler, then each page's programs are run when it
 * is asked for.
 *
 * Shape: `checkPages([{ path: "docs/cookies.md", markdown }]).problemsOf("docs/cookies.md")` gives a promise of
 *        `["docs/cookies.md:12: the program fails with …"]`, empty where the page tells the truth.
 */
export function checkPages(given) {
  const pages = given.map(({ path, markdown }) => ({ path, slug: toSlug(path), programs: readPrograms(markdown) }));
  const diagnostics = typeCheck(writePrograms(pages));
  return {
    async problemsOf(path) {
      const problems = [];
      for (const program of pages.find((page) => page.path === path).programs) {
        const found = judgeTypes(program, diagnostics);
        if (found.length === 0 && !isCompileError(program)) found.push(...(await runProgram(program)));
        problems.push(...found.map((problem) => `${path}:${program.line}: the program ${problem}`));
      }
      return problems;
    },
  };
}

/** Shape: `"packages/http/README.md"` gives `"packages-http-README"`. */
function toSlug(path) {
  return path.replace(/\.md$/, "").replaceAll("/", "-");
}

function isCompileError({ error }) {
  return error?.startsWith("error TS") ?? false;
}

function judgeTypes(program, diagnostics) {
  const own = diagnostics.filter(({ file }) => isBelow(file, program.folder)).map(({ message }) => message);
  const told = own.join("\n");
  if (!isCompileError(program)) return own.length === 0 ? [] : [`does not compile:\n${told}`];
  return told === program.error.trim()
    ? []
    : [`is said not to compile with\n${program.error}\nbut ${told === "" ? "compiles" : `the compiler says\n${told}`}`];
}

function isBelow(file, folder) {
  return file.startsWith(`${folder}/`) || dirname(file) === folder;
}
