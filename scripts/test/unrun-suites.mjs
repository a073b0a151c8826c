/**
 * Finds suites of a test file whose tests uvu would drop in silence: it runs what is registered when `run()` is called.
 *
 * Shape: `findUnrunSuites('const cookies = suite("cookies");\ncookies("…", …);')` gives `["cookies"]`.
 */
export function findUnrunSuites(source) {
  return listSuites(source).filter(
    (name) => lastIndexOf(source, `^${name}(\\.only)?\\(`) > lastIndexOf(source, `^${name}\\.run\\(`),
  );
}

function listSuites(source) {
  const made = [...source.matchAll(/^const (\w+) = suite\b/gm)].map((found) => found[1]);
  return /^import .*\btest\b.* from "uvu"/m.test(source) ? ["test", ...made] : made;
}

function lastIndexOf(source, pattern) {
  return [...source.matchAll(new RegExp(pattern, "gm"))].at(-1)?.index ?? -1;
}
