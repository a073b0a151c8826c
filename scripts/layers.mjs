/**
 * Holds the table of layers against every import in `packages/<name>/src`: `npm run layers`.
 *
 * A package imports from lower layers only, never sideways, and only what its own package.json lists; a relative import stays
 * inside `src`. Type imports count: they are dependencies of the published declarations.
 */
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { listFiles, listMembers, repository } from "./workspace.mjs";

const layers = new Map([
  ...["router", "di", "http"].map((name) => [name, 0]),
  ["core", 1],
  ...["openapi", "websocket", "security", "session", "testing", "middleware"].map((name) => [name, 2]),
  ["madeleine", 3],
  ...["cli", "create-madeleine"].map((name) => [name, 4]),
]);

/**
 * Lists what breaks the table in the packages below a root.
 *
 * Shape: `["packages/http/src/send.ts:3 imports @madeleine/core: layer 0 may not import layer 1", …]`, empty when all is well.
 */
export async function findViolations(root) {
  const { listImports } = await import("./layers/imports.mjs"); // needs the parser, which the bootstrap installs
  return listMembers(root, "packages").flatMap((member) => {
    if (!layers.has(member.name)) return [`packages/${member.name} has no layer: add it to scripts/layers.mjs`];
    const files = listFiles(join(member.folder, "src")).filter((file) => /\.[cm]?[jt]s$/.test(file));
    return files.flatMap((file) =>
      listImports(file, readFileSync(file, "utf8")).flatMap(({ specifier, line }) => {
        const reason = findReason(member, file, specifier);
        return reason ? [`${relative(root, file).replaceAll(sep, "/")}:${line} imports ${specifier}: ${reason}`] : [];
      }),
    );
  });
}

function findReason(member, file, specifier) {
  if (specifier.startsWith(".")) return findRelativeReason(member, file, specifier);
  if (isBuiltin(specifier)) return specifier.startsWith("node:") ? undefined : `write node:${specifier}`;
  const name = toPackageName(specifier);
  return findLayerReason(member, name) ?? findListedReason(member, name);
}

function findRelativeReason(member, file, specifier) {
  const target = resolve(dirname(file), specifier);
  return target.startsWith(join(member.folder, "src") + sep) ? undefined : "a relative import stays inside src";
}

/** Shape: `"@madeleine/core/errors"` gives `"@madeleine/core"`, `"zod/v4/core"` gives `"zod"`. */
function toPackageName(specifier) {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function findLayerReason(member, name) {
  const target = name.replace(/^@madeleine\//, "");
  if (!name.startsWith("@madeleine/") && !layers.has(name)) return undefined;
  if (target === member.name) return "a package imports itself by relative paths";
  if (!layers.has(target)) return "no such package in the table of layers";
  const [own, other] = [layers.get(member.name), layers.get(target)];
  if (other === own) return `both are in layer ${own}, and nothing imports sideways`;
  return other > own ? `layer ${own} may not import layer ${other}` : undefined;
}

function findListedReason({ manifest }, name) {
  const listed = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
  return name in listed ? undefined : "its package.json does not list it in dependencies or peerDependencies";
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const violations = await findViolations(process.argv[2] ?? repository);
  for (const violation of violations) console.error(violation);
  console.log(violations.length === 0 ? "Every import keeps to the layers." : `${violations.length} imports break the layers.`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
