import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkPages } from "../../docs/check-pages.mjs";
import { listMembers, repository } from "../../workspace.mjs";

const paths = ["README.md", ...guide(), ...packagePages()];
const checked = checkPages(paths.map((path) => ({ path, markdown: readFileSync(join(repository, path), "utf8") })));

for (const path of paths) {
  test(`${path}: every program compiles, runs and answers as the page says`, async () => {
    const problems = await checked.problemsOf(path);
    assert.is(problems.join("\n\n"), "");
  });
}

function guide() {
  const names = readdirSync(join(repository, "docs")).filter((name) => name.endsWith(".md"));
  return names.map((name) => `docs/${name}`);
}

function packagePages() {
  const pages = listMembers(repository, "packages").map(({ name }) => `packages/${name}/README.md`);
  return pages.filter((path) => existsSync(join(repository, path)));
}

test.run();
