import { declarationOf, dependency, instanceOf, toKey, type Class, type Key, type Need } from "@madeleine/di";

interface Override {
  readonly key: Key;
  readonly by: Need;
}

/** What stands for what in one application, for tests: of several for one dependency the latest counts, in whatever order they end. */
export class Overrides {
  readonly #standing = new Set<Override>();

  /** Gives the function that takes it back. Errors: TypeError where either side is nothing that can be injected. */
  add(replaced: unknown, by: unknown): () => void {
    const key = toKey(replaced as Need);
    if (key === undefined)
      throw new TypeError("app.override(dependency, replacement): only a dependency or a class can be replaced");
    const override = { key, by: toNeed(by) };
    this.#standing.add(override);
    return () => void this.#standing.delete(override);
  }

  byKey(): Map<Key, Need> {
    return new Map([...this.#standing].map(({ key, by }) => [key, by]));
  }
}

function toNeed(by: unknown): Need {
  if (declarationOf(by) !== undefined) return by as Need;
  if (typeof by !== "function")
    throw new TypeError("app.override(dependency, replacement): the replacement is a function, a dependency or a class");
  if (/^class\b/.test(Function.prototype.toString.call(by))) return instanceOf(by as unknown as Class);
  return dependency({}, by as () => unknown, { name: "an override" });
}
