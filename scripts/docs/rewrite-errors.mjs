/**
 * Writes the errors that programs cause today into the pages: `npm run docs:errors`, after the words of an error were changed
 * on purpose. What a page says of answers stays, and so does a program that is said to fail and does not: both are yours to judge.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../workspace.mjs";
import { checkPages } from "./check-pages.mjs";
import { listPages } from "./list-pages.mjs";

const pages = listPages();
const checked = checkPages(pages);
for (const { path, markdown } of pages) {
  const lines = markdown.split("\n");
  const outcomes = await checked.outcomesOf(path);
  const changed = outcomes.filter(
    ({ program, error }) => program.error !== undefined && error !== undefined && program.error !== error,
  );
  for (const { program, error } of changed.toReversed())
    lines.splice(program.errorLine - 1, program.error.split("\n").length, ...error.split("\n"));
  if (changed.length > 0) writeFileSync(join(repository, path), lines.join("\n"));
  if (changed.length > 0) console.log(`${path}: ${changed.length} errors`);
}
process.exit(0); // programs may have left timers behind
