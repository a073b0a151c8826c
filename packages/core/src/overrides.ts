import {
  declarationOf,
  dependency,
  injectableOptions,
  instanceOf,
  isClassSource,
  toKey,
  Graph,
  toDependency,
  type Class,
  type GraphOptions,
  type Key,
  type Need,
  type Place,
  type Problem,
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
  readonly place: Place;
}

/** Something that is overridden and that nothing asks for. */
export interface UnusedOverride {
  readonly key: Key;
  readonly label: string;
}

/** What stands for what in one application, for tests: of several for one dependency the latest counts, in whatever order they end. */
export class Overrides {
  readonly #standing = new Set<Override>();
  readonly #told = new WeakSet<Override>();

  /**
   * Gives the function that takes it back. `needsRequest` tells of a class without a scope of its own whether it is of the request.
   *
   * Errors: TypeError where what is replaced is nothing that can be injected.
   */
  add(replaced: unknown, by: unknown, place: Place, needsRequest: (key: Key) => boolean): () => void {
    const key = toKey(replaced as Need);
    if (key === undefined)
      throw new TypeError("app.override(dependency, replacement): only a dependency or a class can be replaced");
    const override = { key, by: toNeed(by, () => scopeOf(key) ?? (needsRequest(key) ? "request" : "app")), place };
    this.#standing.add(override);
    return () => void this.#standing.delete(override);
  }

  byKey(): Map<Key, Need> {
    return new Map([...this.#standing].map(({ key, by }) => [key, by]));
  }

  /** What is to be told of those that nothing asks for, once of each. */
  warnings(title: string, unused: readonly UnusedOverride[]): readonly Problem[] {
    return [...this.#standing].flatMap((override) => {
      const found = this.#told.has(override) ? undefined : unused.find(({ key }) => key === override.key);
      if (found === undefined) return [];
      this.#told.add(override);
      return [unusedOverride(title, found.label, override.place)];
    });
  }
}

/**
 * What is overridden and that no plan asks for, neither with all overrides nor without: one may hide what another one replaces.
 * `planAll` plans the application on a graph.
 */
export function findUnused(graph: Graph, options: GraphOptions, planAll: (graph: Graph) => void): readonly UnusedOverride[] {
  const unasked = [...(options.overrides?.keys() ?? [])].filter((key) => !graph.isAsked(key));
  if (unasked.length === 0) return [];
  const asItWas = new Graph({ ...options, overrides: new Map(unasked.map((key) => [key, withoutOverride(key, options)])) });
  planAll(asItWas);
  return unasked.filter((key) => !asItWas.isAsked(key)).map((key) => ({ key, label: labelIn(asItWas, key) }));
}

function labelIn(graph: Graph, key: Key): string {
  return graph.nodeOf(key)?.label ?? (typeof key === "function" ? key.name : key.label);
}

/** What stood for it: its binding, else itself. It changes nothing, and is known to be asked for. */
function withoutOverride(key: Key, { bindings = [], provided }: GraphOptions): Need {
  if (typeof key !== "function") return toDependency(key);
  return bindings.findLast(({ from }) => from === key)?.to ?? provided?.get(key) ?? key;
}

function unusedOverride(title: string, label: string, place: Place): Problem {
  return {
    code: "UNUSED_OVERRIDE",
    what: `app.override(${label}, …) changes no route of ${title}: none asks for ${label}. It counts in app.scope() alone`,
    where: place.toString(),
    mend: "override the object that the routes ask for: dependency(…) makes another one with each call, so keep it in a const; what a mounted application asks for is overridden there",
  };
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
