import type { Binding } from "./bind.ts";
import { declarationOf, type ClassDeclaration } from "./declaration.ts";
import { bindingCycle, notInjectable, type Link } from "./graph-problems.ts";
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
  /** Told once each, though a class is asked for in many places. */
  readonly undecided = new Set<Node>();
  readonly #substitutes: Map<Key, Need>;
  readonly #provided: readonly Class[];
  readonly #nodes = new Map<Key, Node>();
  readonly #needsRequest = new Map<Key, boolean>();
  readonly #app: Planner;
  readonly #awaited: { template: unknown[]; slot: number; need: Need }[] = [];
  readonly #unwinding = new Unwinding();
  readonly #adopted: Graph | undefined;
  #starting: Promise<void> = Promise.resolve();
  #started = 0;
  #made: readonly unknown[] = [];

  constructor(options: GraphOptions = {}, adopted?: Graph) {
    this.#adopted = adopted;
    this.#provided = [...(options.provided?.keys() ?? [])];
    this.#substitutes = new Map<Key, Need>([
      ...(options.provided ?? []),
      ...(options.bindings ?? []).map(({ from, to }) => [from, to] as const),
      ...(options.overrides ?? []),
    ]);
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

  /**
   * Makes the values that live as long as the application, independent ones side by side. Where plans were made since, it is
   * called again, and makes what is new.
   *
   * Errors: the first one in time, when what was made already is torn down: the graph is of no use then. Error for a graph
   *         with problems.
   */
  start(): Promise<void> {
    this.#starting = this.#starting.then(() => this.#make());
    return this.#starting;
  }

  async #make(): Promise<void> {
    if (this.problems.length > 0) throw new Error(`a graph with problems is not started: ${this.problems[0]?.what}`);
    const { phases, template } = this.#app.finish();
    const opened = phases.slice(this.#started);
    this.#started = phases.length;
    this.#app.addPhase([]); // for what is planned from now on
    const awaited = this.#awaited.splice(0);
    try {
      for (const { batches } of opened) await runBatches(batches, template, this.#unwinding);
    } catch (error) {
      await this.stop({ error });
    }
    this.#made = template.slice();
    for (const { template, slot, need } of awaited) template[slot] = this.#made[this.#app.slotOf(need)];
  }

  /** Tears down what `start` made, in reverse order. Errors: the last one that was thrown, when all are done. */
  async stop(failure?: Failure): Promise<void> {
    const last = await this.#unwinding.responseDone(failure);
    if (last !== undefined) throw last.error;
  }

  /** A value of the adopted graph that can stay; undefined where there is none. */
  adopt(key: Key): { value: unknown } | undefined {
    const adopted = this.#adopted;
    if (adopted === undefined || !this.#stands(key, adopted, new Set())) return undefined;
    const slot = adopted.#app.slotOfKey(key);
    return slot < 0 || slot >= adopted.#made.length ? undefined : { value: adopted.#made[slot] };
  }

  /** Whether all that a value is made of is the same here as in another graph: no override was set below it, and none undone. */
  #stands(key: Key, other: Graph, seen: Set<Key>): boolean {
    if (seen.has(key)) return true;
    seen.add(key);
    return (this.nodeOf(key)?.needs ?? []).every(({ need }) => {
      const here = this.keyOf(need);
      return here !== undefined && isSame(here, other.keyOf(need)) && this.#stands(here, other, seen);
    });
  }

  /** What a need is known by, after bindings and overrides; undefined where it is nothing that can be injected. */
  keyOf(need: Need): Key | undefined {
    const way = this.#follow(need);
    return way.isCircle ? undefined : way.keys.at(-1);
  }

  /** Why a need is known by nothing. */
  explainMissing(need: Need, name: string | undefined, chain: readonly Link[]): Problem {
    const { keys, isCircle } = this.#follow(need);
    if (isCircle) return bindingCycle(keys.map((key) => labelOf(key)));
    return notInjectable(name, chain, declarationOf(need)?.kind === "class");
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

/**
 * What a need is known by, before any binding: a class by itself, everything else by its declaration; undefined where it is
 * nothing that can be injected, which `later(() => …)` may turn out to be.
 */
export function toKey(need: Need): Key | undefined {
  const seen = new Set<unknown>();
  let at: unknown = need;
  while (!seen.has(at)) {
    seen.add(at);
    const declaration = declarationOf(at);
    if (declaration === undefined)
      return typeof at === "function" && at.prototype !== undefined ? (at as unknown as Class) : undefined;
    if (declaration.kind !== "class") return declaration;
    at = targetOf(declaration);
  }
  return undefined;
}

// `later(() => B)` throws while B's module is still being loaded: "Cannot access 'B' before initialization".
function targetOf(declaration: ClassDeclaration): Need | undefined {
  try {
    return declaration.target();
  } catch {
    return undefined;
  }
}

function labelOf(key: Key): string {
  return (typeof key === "function" ? key.name : key.label) || "(anonymous)";
}

function isSame(key: Key, other: Key | undefined): boolean {
  if (key === other) return true;
  if (typeof key === "function" || typeof other !== "object") return false;
  return key.kind === "constant" && other.kind === "constant" && Object.is(key.value, other.value);
}
