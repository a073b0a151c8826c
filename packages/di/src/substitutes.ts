import type { Binding } from "./bind.ts";
import { toKey, type Key } from "./key.ts";
import type { Class, Need } from "./provides.ts";

export interface GraphOptions {
  /** Classes that are given rather than made, and what gives them: what comes with every run. */
  readonly provided?: ReadonlyMap<Class, Need> | undefined;
  /** One class for another. */
  readonly bindings?: readonly Binding[] | undefined;
  /** Stronger than bindings, for tests: from the need that is replaced. */
  readonly overrides?: ReadonlyMap<Key, Need> | undefined;
  /** How long the making of one value may take that lives as long as the application. Default 30,000; Infinity for no limit. */
  readonly startTimeoutMs?: number | undefined;
  /** How long one tear-down of such a value may take. Default 10,000; Infinity for no limit. */
  readonly teardownTimeoutMs?: number | undefined;
}

/** What stands for what: provided classes, bindings and overrides, the later stronger. */
export class Substitutes {
  readonly #substitutes: ReadonlyMap<Key, Need>;
  /** What was asked for of that which something stands for. */
  readonly asked = new Set<Key>();

  constructor({ provided, bindings, overrides }: GraphOptions) {
    this.#substitutes = new Map<Key, Need>([
      ...(provided ?? []),
      ...(bindings ?? []).map(({ from, to }) => [from, to] as const),
      ...(overrides ?? []),
    ]);
  }

  /** What a need is known by in the end; undefined where it is nothing that can be injected, or goes in a circle. */
  keyOf(need: Need): Key | undefined {
    const first = toKey(need);
    if (first === undefined || !this.#substitutes.has(first)) return first;
    const { keys, isCircle } = this.#follow(need);
    for (const key of keys) this.asked.add(key);
    return isCircle ? undefined : keys.at(-1);
  }

  /** The circle that a need ends in: what it begins with is also its end. */
  circleOf(need: Need): readonly Key[] | undefined {
    const { keys, isCircle } = this.#follow(need);
    return isCircle ? keys.slice(keys.indexOf(keys.at(-1)!)) : undefined;
  }

  #follow(need: Need): { keys: readonly Key[]; isCircle: boolean } {
    const keys: Key[] = [];
    for (let key = toKey(need); key !== undefined;) {
      const isCircle = keys.includes(key);
      keys.push(key);
      const substitute = this.#substitutes.get(key);
      if (isCircle || substitute === undefined) return { keys, isCircle };
      const next = toKey(substitute);
      if (next === key) return { keys, isCircle: false }; // bound to itself: it stands for itself
      key = next;
    }
    return { keys: [], isCircle: false };
  }
}
