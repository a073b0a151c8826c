import type { Binding } from "./bind.ts";
import { declarationOf } from "./declaration.ts";
import { classNode, functionNode, type Key, type Node } from "./node.ts";
import { runBatches, type Plan } from "./plan.ts";
import { Planner, type Asked } from "./planner.ts";
import type { Problem } from "./problem.ts";
import type { Class, Need } from "./provides.ts";
import { Unwinding, type Failure } from "./unwinding.ts";

export interface GraphOptions {
  /** Classes that are given rather than made, and what gives them: what comes with every run. */
  readonly provided?: ReadonlyMap<Class, Need> | undefined;
  /** One class for another. */
  readonly bindings?: readonly Binding[] | undefined;
  /** Stronger than bindings, for tests: from the need that is replaced. */
  readonly overrides?: ReadonlyMap<Key, Need> | undefined;
}

/**
 * The dependencies of one application: makes plans, finds every mistake, and owns the values that live as long as it does.
 *
 * Two graphs share nothing, but a graph that is made after another one for the same application (an override was set) can
 * adopt its values: all that live as long as the application and that no override reaches. A graph with problems is not started.
 */
export class Graph {
  readonly problems: Problem[] = [];
  readonly #substitutes: Map<Key, Need>;
  readonly #provided: readonly Class[];
  readonly #nodes = new Map<Key, Node>();
  readonly #needsRequest = new Map<Key, boolean>();
  readonly #app: Planner;
  readonly #awaited: { template: unknown[]; slot: number; need: Need }[] = [];
  readonly #unwinding = new Unwinding();
  readonly #adopted: Graph | undefined;
  readonly #overridden: ReadonlySet<Key>;
  #appValues: readonly unknown[] = [];

  constructor(options: GraphOptions = {}, adopted?: Graph) {
    this.#adopted = adopted;
    this.#provided = [...(options.provided?.keys() ?? [])];
    this.#substitutes = new Map<Key, Need>([
      ...(options.provided ?? []),
      ...(options.bindings ?? []).map(({ from, to }) => [from, to] as const),
      ...(options.overrides ?? []),
    ]);
    this.#overridden = new Set(options.overrides?.keys());
    this.#app = new Planner(this, "app");
    this.#app.addPhase([]); // one phase for all of them: independent ones are made side by side, whoever asked first
  }

  /** The classes that come with every run, for who binds parameters. */
  get provided(): readonly Class[] {
    return this.#provided;
  }

  /** A plan for what is asked for, phase by phase: what an earlier phase made, a later one uses. Mistakes go to `problems`. */
  plan(phases: readonly (readonly Asked[])[]): Plan {
    const planner = new Planner(this, "request");
    for (const asked of phases) planner.addPhase(asked);
    return planner.finish();
  }

  /** Makes the values that live as long as the application, independent ones side by side. */
  async start(): Promise<void> {
    const plan = this.#app.finish();
    const values = plan.template;
    for (const { batches } of plan.phases) await runBatches(batches, values, this.#unwinding);
    this.#appValues = values;
    for (const { template, slot, need } of this.#awaited) template[slot] = values[this.#app.slotOf(need)];
  }

  /** A value of the adopted graph that can stay; undefined where there is none. */
  adopt(key: Key): { value: unknown } | undefined {
    if (this.#adopted === undefined || this.#isReached(key, new Set())) return undefined;
    const slot = this.#adopted.#app.slotOfKey(key);
    return slot < 0 ? undefined : { value: this.#adopted.#appValues[slot] };
  }

  /** Whether an override stands anywhere below a value. */
  #isReached(key: Key, seen: Set<Key>): boolean {
    if (seen.has(key)) return false;
    seen.add(key);
    return (this.nodeOf(key)?.needs ?? []).some(({ need }) => {
      const before = toKey(need);
      const after = this.keyOf(need);
      return (before !== undefined && this.#overridden.has(before)) || (after !== undefined && this.#isReached(after, seen));
    });
  }

  /** Tears down what `start` made, in reverse order. Errors: the last one that was thrown, when all are done. */
  async stop(failure?: Failure): Promise<void> {
    const last = (await this.#unwinding.handlerDone(failure)) ?? (await this.#unwinding.responseDone(undefined));
    if (last !== undefined) throw last.error;
  }

  /** What a need is known by, after bindings and overrides; undefined (and a problem) where it is nothing that can be injected. */
  keyOf(need: Need): Key | undefined {
    let key = toKey(need);
    const seen = new Set<Key>();
    while (key !== undefined && !seen.has(key)) {
      seen.add(key);
      const substitute = this.#substitutes.get(key);
      if (substitute === undefined) return key;
      key = toKey(substitute);
    }
    return key;
  }

  nodeOf(key: Key): Node | undefined {
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const node =
      typeof key === "function" ? classNode(key, this.#provided) : key.kind === "function" ? functionNode(key) : undefined;
    if (node === undefined) return undefined;
    this.#nodes.set(key, node);
    this.problems.push(...node.problems);
    return node;
  }

  /** Whether a value can only be had in a run: it is of the request, or needs something that is. A cycle is not followed. */
  needsRequest(key: Key): boolean {
    const known = this.#needsRequest.get(key);
    if (known !== undefined) return known;
    this.#needsRequest.set(key, false);
    const node = this.nodeOf(key);
    const answer =
      node === undefined
        ? typeof key !== "function" && key.kind === "source"
        : node.scope === "request" || (node.scope !== "app" && this.#anyNeedsRequest(node));
    this.#needsRequest.set(key, answer);
    return answer;
  }

  #anyNeedsRequest(node: Node): boolean {
    return node.needs.some(({ need }) => {
      const key = this.keyOf(need);
      return key !== undefined && this.needsRequest(key);
    });
  }

  /** A value of the application for a slot of a plan: planned now, put there by `start`. */
  awaitApp(need: Need, template: unknown[], slot: number, asked: Asked): void {
    this.#app.ask(asked);
    this.#awaited.push({ template, slot, need });
  }
}

/** What a need is known by, before any binding: a class by itself, everything else by its declaration. */
export function toKey(need: Need): Key | undefined {
  const declaration = declarationOf(need);
  if (declaration === undefined) return typeof need === "function" ? (need as Class) : undefined;
  return declaration.kind === "class" ? declaration.target() : declaration;
}
