import { sep } from "node:path";
import { readPrograms } from "./read-programs.mjs";
import { runProgram } from "./run-program.mjs";
import { typeCheck } from "./type-check.mjs";
import { writePrograms } from "./write-programs.mjs";

/**
 * Checks the code blocks of pages: all are type checked in one run of the compiler, then each page's programs are run when it
 * is asked for.
 *
 * Shape: `checkPages([{ path: "docs/cookies.md", markdown }]).problemsOf("docs/cookies.md")` gives a promise of
 *        `["docs/cookies.md:12: the program fails with …"]`, empty where the page tells the truth; `outcomesOf` gives of each program
 *        `{ program, error, problems }`: the error that it causes, and what it answers otherwise.
 */
export function checkPages(given) {
  const pages = given.map(({ path, markdown }) => ({ path, slug: toSlug(path), programs: readPrograms(markdown) }));
  const diagnostics = typeCheck(writePrograms(pages));
  const outcomesOf = async (path) => {
    const outcomes = [];
    for (const program of pages.find((page) => page.path === path).programs) {
      const error = compileError(program, diagnostics);
      outcomes.push({ program, problems: [], ...(error === undefined ? await runProgram(program) : { error }) });
    }
    return outcomes;
  };
  const problemsOf = async (path) =>
    (await outcomesOf(path)).flatMap(({ program, error, problems }) =>
      [...judgeError(program.error, error), ...problems].map((problem) => `${path}:${program.line}: the program ${problem}`),
    );
  return { outcomesOf, problemsOf };
}

/** Shape: `"packages/http/README.md"` gives `"packages-http-README"`. */
function toSlug(path) {
  return path.replace(/\.md$/, "").replaceAll("/", "-");
}

function compileError({ folder }, diagnostics) {
  const own = diagnostics.filter(({ file }) => file.startsWith(folder + sep));
  return own.length === 0 ? undefined : own.map(({ message }) => message).join("\n");
}

function judgeError(expected, error) {
  if (expected === error) return [];
  if (expected === undefined) return [`fails with\n${error}`];
  return [`is said to fail with\n${expected}\nbut ${error === undefined ? "does not" : `fails with\n${error}`}`];
}
