import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repository } from "../workspace.mjs";

/** The links of a page that lead to no file of the repository, or to no heading of it. Shape: `["errors.md#at-lunch"]`. */
export function findDeadLinks({ path, markdown }) {
  const links = [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
  return links.filter((link) => !/^https?:/.test(link) && !isAlive(link, path, markdown));
}

function isAlive(link, path, markdown) {
  const [file, heading] = link.split("#");
  const target = file === "" ? undefined : join(repository, dirname(path), file);
  if (target !== undefined && !existsSync(target)) return false;
  if (heading === undefined) return true;
  return headingsOf(target === undefined ? markdown : readFileSync(target, "utf8")).includes(heading);
}

function withoutCode(markdown) {
  return markdown.replaceAll(/^```[^]*?^```$/gm, "").replaceAll(/`[^`]*`/g, "");
}

/** As GitHub names them: lower case, hyphens for spaces, no punctuation. */
function headingsOf(markdown) {
  const titles = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title);
  return titles.map((title) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}
