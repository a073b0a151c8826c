/**
 * Remembers where this package was loaded from, so that boot finds a second copy: `instanceof Response` fails between two.
 *
 * The registry is that of `@madeleine/di`, reached through its symbol because http depends on no other package. The same file
 * loaded again, by a hot reload, is the same copy; a bundle that has no URL is not counted.
 */
const copiesKey = Symbol.for("madeleine.copies");
const registry = globalThis as { [copiesKey]?: Map<string, Set<string>> };
const copies = (registry[copiesKey] ??= new Map());
const url = (import.meta.url as string | undefined)?.replace(/[?#].*$/, "");
if (url !== undefined) copies.set("@madeleine/http", (copies.get("@madeleine/http") ?? new Set()).add(url));
