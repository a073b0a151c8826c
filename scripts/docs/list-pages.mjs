import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listMembers, repository } from "../workspace.mjs";

/** The pages whose programs are checked: the front page, the guide, and those of the packages. Shape: `[{ path, markdown }]`. */
export function listPages() {
  const guide = readdirSync(join(repository, "docs")).map((name) => `docs/${name}`);
  const packages = listMembers(repository, "packages").map(({ name }) => `packages/${name}/README.md`);
  return ["README.md", ...guide, ...packages]
    .filter((path) => path.endsWith(".md") && existsSync(join(repository, path)))
    .map((path) => ({ path, markdown: readFileSync(join(repository, path), "utf8") }));
}
