import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkPages } from "../../docs/check-pages.mjs";
import { findDeadLinks } from "../../docs/find-dead-links.mjs";
import { listPages } from "../../docs/list-pages.mjs";

const pages = listPages();
const checked = checkPages(pages);

for (const page of pages) {
  test(`${page.path}: every program compiles, runs and answers as the page says, and every link leads somewhere`, async () => {
    const problems = await checked.problemsOf(page.path);
    assert.is(problems.join("\n\n"), "");
    assert.equal(findDeadLinks(page), []);
  });
}

test.run();
