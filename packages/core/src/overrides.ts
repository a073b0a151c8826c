import {
  declarationOf,
  dependency,
  injectableOptions,
  instanceOf,
  isClassSource,
  toKey,
  type Class,
  type Key,
  type Need,
  type Provides,
  type Scope,
} from "@madeleine/di";
import { constant } from "./parameters/constant.ts";

/**
 * What may stand for a dependency: a function that makes the value (also a generator), another dependency, a class, or the value
 * itself. A function is always one that makes the value: where the value is a function, write `() => value`.
 */
export type Replacement<V> =
  | (() => V | Promise<V> | Generator<V, unknown, void> | AsyncGenerator<V, unknown, void>)
  | Provides<V>
  | Class<V>
  | NoFunction<V>;

// `() => 3` has a name, and would be taken for a user that has one, too.
type NoFunction<V> = V extends (...parameters: never[]) => unknown
  ? never
  : V extends object
    ? V & { apply?: never; call?: never; bind?: never }
    : V;

interface Override {
  readonly key: Key;
  readonly by: Need;
}

/** What stands for what in one application, for tests: of several for one dependency the latest counts, in whatever order they end. */
export class Overrides {
  readonly #standing = new Set<Override>();

  /**
   * Gives the function that takes it back. `needsRequest` tells of a class without a scope of its own whether it is of the request.
   *
   * Errors: TypeError where what is replaced is nothing that can be injected.
   */
  add(replaced: unknown, by: unknown, needsRequest: (key: Key) => boolean): () => void {
    const key = toKey(replaced as Need);
    if (key === undefined)
      throw new TypeError("app.override(dependency, replacement): only a dependency or a class can be replaced");
    const override = { key, by: toNeed(by, () => scopeOf(key) ?? (needsRequest(key) ? "request" : "app")) };
    this.#standing.add(override);
    return () => void this.#standing.delete(override);
  }

  byKey(): Map<Key, Need> {
    return new Map([...this.#standing].map(({ key, by }) => [key, by]));
  }
}

function toNeed(by: unknown, scope: () => Scope): Need {
  if (declarationOf(by) !== undefined) return by as Need;
  if (typeof by !== "function") return constant("an override", by);
  if (isClassSource(by as () => unknown)) return instanceOf(by as unknown as Class);
  return dependency({}, by as () => unknown, { name: "an override", scope: scope() });
}

/** A replacement lives as long as what it replaces: else a pool that was replaced could not be held by what holds the pool. */
function scopeOf(key: Key): Scope | undefined {
  if (typeof key === "function") return injectableOptions(key)?.scope;
  return key.kind === "function" ? key.scope : "request";
}
