import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Problem } from "./problem.ts";

/**
 * Remembers where a package was loaded from. A package whose classes are compared by `instanceof` calls it once, as it loads.
 *
 * Shape: `registerCopy("@madeleine/core", import.meta.url)`. The same file loaded again (a hot reload, `?v=2`) is the same copy; a
 *        bundle that has no URL is not counted.
 */
export function registerCopy(name: string, url: string | undefined): void {
  if (url === undefined) return;
  const places = copies().get(name) ?? new Set<string>();
  copies().set(name, places.add(url.replace(/[?#].*$/, "")));
}

/**
 * A problem for each package that this process has loaded from more than one place.
 *
 * Decorators of two copies understand each other, but a `Response` of one is not a `Response` of the other: it would be sent
 * as a plain value, and no error handler would know its errors.
 */
export function copiesProblems(): readonly Problem[] {
  return [...copies()].flatMap(([name, places]) => (places.size > 1 ? [twoCopies(name, [...places])] : []));
}

function twoCopies(name: string, urls: readonly string[]): Problem {
  return {
    code: "TWO_COPIES",
    what: `${urls.length} copies of ${name} are loaded in this process, and the classes of one are unknown to the other.`,
    where: urls.map(toFolder).join(" and "),
    mend: `make all that ask for it agree on one version: npm ls ${name}, then npm dedupe`,
  };
}

function toFolder(url: string): string {
  return url.startsWith("file:") ? dirname(fileURLToPath(url)) : url;
}

// On globalThis, since a module's own variable would be one per copy. http writes here too, which has no dependencies.
function copies(): Map<string, Set<string>> {
  const registry = globalThis as { [copiesKey]?: Map<string, Set<string>> };
  return (registry[copiesKey] ??= new Map());
}

const copiesKey = Symbol.for("madeleine.copies");

registerCopy("@madeleine/di", import.meta.url);
