import type { SourceDeclaration } from "./declaration.ts";
import type { Scope } from "./lifetime.ts";
import type { Graph } from "./graph.ts";
import type { Key } from "./key.ts";
import type { Node } from "./node.ts";
import type { Place } from "./place.ts";
import type { Phase, Plan, PlannedSource, PlannedValue } from "./plan.ts";
import { captive, cycle, endsTooEarly, undecidedScope, type Link } from "./graph-problems.ts";
import type { Need } from "./provides.ts";
import type { Step } from "./step.ts";

/** Something that is asked for at the edge of the graph. */
export interface Asked {
  readonly need: Need;
  /** The name of its place: sources without a name of their own are read under it. */
  readonly name?: string | undefined;
  /** The place in words: `"Items.list (GET /items)"`. */
  readonly where: string;
  /** The place in the source. */
  readonly place?: Place | undefined;
}

interface OpenPhase {
  sources: PlannedSource[];
  batches: Step[][];
  slots: number[];
}

// A slot for what could not be planned: there is a problem, so the plan is never run.
const noSlot = -1;

/** Orders what is asked for into one plan: each value after what it needs, in the earliest batch that allows it. */
export class Planner {
  readonly #graph: Graph;
  readonly #scope: Scope;
  readonly #phases: OpenPhase[] = [];
  readonly #slots = new Map<Key, number>();
  readonly #values: PlannedValue[] = [];
  readonly #template: unknown[] = [];
  #unwinds = false;

  /** `scope`: "request" for the plan of a run, "app" for that of the values that outlive all runs. */
  constructor(graph: Graph, scope: "app" | "request") {
    this.#graph = graph;
    this.#scope = scope;
  }

  addPhase(asked: readonly Asked[]): void {
    this.#phases.push({ sources: [], batches: [], slots: [] });
    for (const one of asked) this.ask(one);
  }

  /** Adds to the last phase. */
  ask({ need, name, where, place }: Asked): void {
    const edge = { label: where, key: undefined, node: undefined, scope: undefined, place };
    this.#phase.slots.push(this.#visit(need, name, [edge]));
  }

  slotOf(need: Need): number {
    const key = this.#graph.keyOf(need);
    return key === undefined ? noSlot : this.slotOfKey(key);
  }

  slotOfKey(key: Key): number {
    return this.#slots.get(key) ?? noSlot;
  }

  finish(): Plan {
    return { phases: this.#phases as Phase[], values: this.#values, template: this.#template, unwinds: this.#unwinds };
  }

  #visit(need: Need, name: string | undefined, chain: readonly Link[]): number {
    const key = this.#graph.keyOf(need);
    if (key === undefined) return this.#refuse(this.#graph.explainMissing(need, name, chain));
    if (typeof key !== "function" && key.kind === "source")
      return this.#visitSource(name === undefined ? key : key.named(name), chain);
    if (typeof key !== "function" && key.kind === "constant")
      return this.#slots.get(key) ?? this.#open(key, { ...unplanned, label: key.label, kind: "constant" }, key.value);
    const node = this.#graph.nodeOf(key)!;
    if (chain.some((link) => link.key === key))
      return this.#refuse(cycle([...chain, { label: node.label, key, node, scope: undefined }]));
    return this.#visitNode(key, node, { need, name, chain });
  }

  #visitSource(source: SourceDeclaration, chain: readonly Link[]): number {
    if (this.#scope === "app")
      return this.#refuse(captive([...chain, { label: source.label, key: undefined, node: undefined, scope: "request" }]));
    const known = this.#slots.get(source);
    if (known !== undefined) return known;
    const slot = this.#open(source, { ...unplanned, label: source.label, kind: "source", scope: "request" });
    this.#phase.sources.push({ slot, source });
    return slot;
  }

  #visitNode(key: Key, node: Node, at: { need: Need; name: string | undefined; chain: readonly Link[] }): number {
    const scope = this.#scopeOf(key, node, at.chain);
    const known = scope === "transient" ? undefined : this.#slots.get(key);
    if (known !== undefined) return known;
    if (scope === "app" && this.#scope === "request") return this.#await(key, node, at);
    const chain = [...at.chain, { label: node.label, key, node, scope }];
    if (scope === "request" && this.#scope === "app") return this.#refuse(captive(chain));
    const adopted = scope === "app" ? this.#graph.adopt(key) : undefined;
    if (adopted !== undefined)
      return this.#open(key, { ...unplanned, label: node.label, kind: node.kind, place: node.place }, adopted.value);
    const early = this.#scope === "request" && node.until === "response" ? this.#findEndingEarlier(node, new Set()) : undefined;
    if (early !== undefined) this.#refuse(endsTooEarly(node, early));
    const slots = node.needs.map((inner) => this.#visit(inner.need, inner.name, chain));
    return this.#compute(key, node, scope, slots);
  }

  #compute(key: Key, node: Node, scope: Scope, slots: readonly number[]): number {
    const phase = this.#phases.length - 1;
    const batch =
      1 + Math.max(-1, ...slots.map((slot) => (this.#values[slot]?.phase === phase ? (this.#values[slot]?.batch ?? -1) : -1)));
    const slot = this.#open(key, {
      label: node.label,
      kind: node.kind,
      scope,
      until: node.until,
      isAsync: node.isAsync,
      ends: node.ends,
      phase,
      batch,
      place: node.place,
    });
    (this.#phase.batches[batch] ??= []).push(node.step(slot, slots));
    this.#unwinds = true;
    return slot;
  }

  #await(key: Key, node: Node, at: { need: Need; name: string | undefined; chain: readonly Link[] }): number {
    const slot = this.#open(key, { ...unplanned, label: node.label, kind: node.kind, place: node.place });
    this.#graph.awaitApp(at.need, this.#template, slot, { need: at.need, name: at.name, where: at.chain[0]?.label ?? "" });
    return slot;
  }

  #scopeOf(key: Key, node: Node, chain: readonly Link[]): Scope {
    if (node.scope !== undefined) return node.scope;
    if (this.#graph.needsRequest(key)) return "request";
    if (node.isUndecided && node.problems.length === 0 && !this.#graph.undecided.has(node)) {
      this.#graph.undecided.add(node);
      this.#refuse(undecidedScope(node, chain));
    }
    return "app";
  }

  /** What is torn down before a value that lives until the response was sent, and is held by it, directly or in between. */
  #findEndingEarlier(node: Node, seen: Set<Node>): Node | undefined {
    for (const { need } of node.needs) {
      const key = this.#graph.keyOf(need);
      const inner = key === undefined ? undefined : this.#graph.nodeOf(key);
      if (key === undefined || inner === undefined || inner.until === "response" || seen.has(inner)) continue;
      seen.add(inner);
      const isOfRun = inner.scope === undefined ? this.#graph.needsRequest(key) : inner.scope !== "app";
      const found = isOfRun ? (inner.ends ? inner : this.#findEndingEarlier(inner, seen)) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #open(key: Key, value: Omit<PlannedValue, "phase"> & { phase: number | undefined }, constant?: unknown): number {
    const slot = this.#values.push({ ...value, phase: value.phase ?? this.#phases.length - 1 }) - 1;
    this.#template[slot] = constant;
    this.#slots.set(key, slot);
    return slot;
  }

  #refuse(problem: Parameters<Graph["problems"]["push"]>[0]): number {
    const isKnown = this.#graph.problems.some((known) => known.code === problem.code && known.what === problem.what);
    if (!isKnown) this.#graph.problems.push(problem);
    return noSlot;
  }

  get #phase(): OpenPhase {
    return this.#phases.at(-1)!;
  }
}

const unplanned = {
  scope: "app",
  until: undefined,
  isAsync: false,
  ends: false,
  phase: undefined,
  batch: undefined,
  place: undefined,
} as const;
