import type { SourceDeclaration } from "./declaration.ts";
import { givenByLabel, type GivenValue } from "./given.ts";
import type { Graph } from "./graph.ts";
import { labelOf, type Key } from "./key.ts";
import type { Class, Need, Provides } from "./provides.ts";
import { Unwinding, type Failure } from "./unwinding.ts";

interface ScopeParts {
  readonly given: readonly GivenValue[];
  /** A graph that has planned this need, with what lives as long as the application made. */
  readonly graphFor: (need: Need) => Promise<Graph>;
  /** Runs between the two moments at which values end, where nothing failed until then. */
  readonly beforeEnd?: (() => Promise<void>) | undefined;
  readonly teardownTimeoutMs?: number | undefined;
}

// Kept in a box: an instance may have a `then` of its own.
interface Made {
  readonly value: unknown;
}

/**
 * A run without a plan of its own: values are asked for one by one, and all of them end together.
 *
 * One value for each dependency, also while it is pending; a transient one each time anew. Independent ones are made side by side.
 */
export class OpenScope implements AsyncDisposable {
  readonly #parts: ScopeParts;
  readonly #byLabel: ReadonlyMap<string, unknown>;
  readonly #values = new Map<Key, Promise<Made>>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #unwinding: Unwinding;
  #closing: Promise<void> | undefined;

  constructor(parts: ScopeParts) {
    this.#parts = parts;
    this.#byLabel = givenByLabel(parts.given);
    this.#unwinding = new Unwinding(parts.teardownTimeoutMs);
  }

  /**
   * The value of a dependency, a class or a source.
   *
   * Errors: what making it threw; one that names what a request would have to bring; one for a scope that is closed.
   */
  async resolve<V>(need: Provides<V> | Class<V>): Promise<V> {
    if (this.#closing !== undefined) throw new Error("this scope is closed: what it made has been torn down");
    const resolving = this.#resolve(need);
    return (await this.#track(resolving)).value as V;
  }

  /**
   * Ends what was made, last made first. A failure that is told is what generators see at their `yield`, so that they roll back.
   *
   * Errors: what ending them threw; the failure itself is not thrown again.
   */
  close(failure?: Failure): Promise<void> {
    return (this.#closing ??= this.#close(failure));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(failure: Failure | undefined): Promise<void> {
    await Promise.allSettled(this.#underWay);
    const early = await this.#unwinding.handlerDone(failure);
    const outcome = await this.#unwinding.responseDone(early ?? (await this.#beforeEnd()));
    if (outcome !== undefined && outcome.error !== failure?.error) throw outcome.error;
  }

  async #beforeEnd(): Promise<Failure | undefined> {
    try {
      await this.#parts.beforeEnd?.();
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  async #resolve(need: Need): Promise<Made> {
    const graph = await this.#parts.graphFor(need);
    this.#refuseMissing(graph, need);
    return this.#make(graph, need, undefined);
  }

  async #make(graph: Graph, need: Need, name: string | undefined): Promise<Made> {
    const key = graph.keyOf(need)!;
    if (typeof key === "object" && key.kind === "source") return this.#read(name === undefined ? key : key.named(name))!;
    if (typeof key === "object" && key.kind === "constant") return key;
    const known = graph.made(key) ?? this.#values.get(key);
    if (known !== undefined) return known;
    const making = this.#track(this.#compute(graph, key));
    if (graph.nodeOf(key)?.scope !== "transient") this.#values.set(key, making);
    return making;
  }

  async #compute(graph: Graph, key: Key): Promise<Made> {
    const node = graph.nodeOf(key)!;
    const needs = await Promise.all(node.needs.map((inner) => this.#make(graph, inner.need, inner.name)));
    const step = node.step(
      0,
      needs.map((_, index) => index),
    );
    const value = step.run(
      needs.map((made) => made.value),
      this.#unwinding,
    );
    return { value: step.mayPromise ? await value : value };
  }

  /** Kept until it is settled: `close` waits for it, and what it made can be torn down. */
  #track<T>(promise: Promise<T>): Promise<T> {
    this.#underWay.add(promise);
    const forget = (): void => void this.#underWay.delete(promise);
    promise.then(forget, forget);
    return promise;
  }

  #read(source: SourceDeclaration): Made | undefined {
    if (this.#byLabel.has(source.label)) return { value: this.#byLabel.get(source.label) };
    return source.read === undefined ? undefined : { value: source.read(undefined) };
  }

  /** Before anything is made: what a request would bring, and nobody has given. */
  #refuseMissing(graph: Graph, need: Need): void {
    const chains = [...this.#missing(graph, { need, name: undefined }, [], new Set())];
    if (chains.length === 0) return;
    const [first] = chains[0]!;
    const list = chains.map((chain) => `${chain.at(-1)} (${chain.join(" → ")})`).join(", ");
    const inner = chains[0]!.at(-2);
    const whole = inner === undefined || inner === first ? "" : `, or given(${inner}, …)`;
    throw new Error(
      `${first} cannot be made outside of a request: nobody gives ${list}. mend: provide: [given(${chains[0]!.at(-1)}, …)]${whole}`,
    );
  }

  *#missing(
    graph: Graph,
    { need, name }: { need: Need; name: string | undefined },
    chain: readonly string[],
    seen: Set<Key>,
  ): Generator<readonly string[]> {
    const key = graph.keyOf(need)!;
    if (typeof key === "object" && key.kind === "source") {
      const source = name === undefined ? key : key.named(name);
      if (!seen.has(source) && this.#read(source) === undefined) yield [...chain, source.label];
      seen.add(source);
      return;
    }
    if (seen.has(key) || this.#values.has(key) || graph.made(key) !== undefined) return;
    seen.add(key);
    const node = graph.nodeOf(key);
    for (const inner of node?.needs ?? []) yield* this.#missing(graph, inner, [...chain, node?.label ?? labelOf(key)], seen);
  }
}
