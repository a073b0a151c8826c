import { declarationOf } from "./declaration.ts";
import { bindingCycle, boundTwice, notInjectable, plainFunction, type Link } from "./graph-problems.ts";
import { isSameKey, labelOf, type Key } from "./key.ts";
import { classNode, functionNode, type Node } from "./node.ts";
import { runBatches, type Plan } from "./plan.ts";
import { isPlainFunction } from "./plain-function.ts";
import { Planner, type Asked } from "./planner.ts";
import type { Problem } from "./problem.ts";
import type { Class, Need } from "./provides.ts";
import { boundedStep } from "./step.ts";
import { Substitutes, type GraphOptions } from "./substitutes.ts";
import { Unwinding, type Failure } from "./unwinding.ts";

const defaultStartTimeoutMs = 30_000;

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
  readonly #substitutes: Substitutes;
  readonly #provided: readonly Class[];
  readonly #nodes = new Map<Key, Node>();
  readonly #needsRequest = new Map<Key, boolean>();
  readonly #app: Planner;
  readonly #awaited: { template: unknown[]; slot: number; need: Need }[] = [];
  readonly #unwinding: Unwinding;
  readonly #startTimeoutMs: number;
  readonly #adopted: Graph | undefined;
  #starting: Promise<void> = Promise.resolve();
  #started = 0;
  #made: readonly unknown[] = [];

  constructor(options: GraphOptions = {}, adopted?: Graph) {
    this.#adopted = adopted;
    this.#startTimeoutMs = options.startTimeoutMs ?? defaultStartTimeoutMs;
    this.#unwinding = new Unwinding(options.teardownTimeoutMs);
    this.#provided = [...(options.provided?.keys() ?? [])];
    this.#substitutes = new Substitutes(options);
    this.problems.push(...boundTwice(options.bindings ?? []));
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
   * Errors: the first one in time, when what was made already is torn down: the graph is of no use then. One that names what
   *         took longer than its limit. Error for a graph with problems.
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
      for (const { batches } of opened) {
        const bounded = batches.map((batch) => batch.map((step) => boundedStep(step, this.#startTimeoutMs)));
        await runBatches(bounded, template, this.#unwinding);
      }
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

  /** A value of the adopted graph, or of the one that this has adopted, that can stay; undefined where there is none. */
  adopt(key: Key): { value: unknown } | undefined {
    for (let at = this.#adopted; at !== undefined; at = at.#adopted) {
      const made = at.made(key);
      if (made !== undefined && this.#stands(key, at, new Set())) return made;
    }
    return undefined;
  }

  /** A value that lives as long as the application, once `start` has made or adopted it. */
  made(key: Key): { value: unknown } | undefined {
    const slot = this.#app.slotOfKey(key);
    return slot < 0 || slot >= this.#made.length ? undefined : { value: this.#made[slot] };
  }

  /** Whether `start` would make anything, or has made it: all else is adopted. */
  get makes(): boolean {
    return this.#app.finish().unwinds;
  }

  /** Whether all that a value is made of is the same here as in another graph: no override was set below it, and none undone. */
  #stands(key: Key, other: Graph, seen: Set<Key>): boolean {
    if (seen.has(key)) return true;
    seen.add(key);
    return (this.nodeOf(key)?.needs ?? []).every(({ need }) => {
      const here = this.keyOf(need);
      return here !== undefined && isSameKey(here, other.keyOf(need)) && this.#stands(here, other, seen);
    });
  }

  /** What a need is known by, after bindings and overrides; undefined where it is nothing that can be injected. */
  keyOf(need: Need): Key | undefined {
    const key = this.#substitutes.keyOf(need);
    return typeof key === "function" && isPlainFunction(key) ? undefined : key;
  }

  /** Whether a plan asked for this, which an override or a binding stands for. */
  isAsked(key: Key): boolean {
    return this.#substitutes.asked.has(key);
  }

  /** Why a need is known by nothing. */
  explainMissing(need: Need, name: string | undefined, chain: readonly Link[]): Problem {
    const circle = this.#substitutes.circleOf(need);
    if (circle !== undefined) return bindingCycle(circle.map((key) => labelOf(key)));
    const declaration = declarationOf(need);
    if (typeof need === "function" && declaration === undefined) return plainFunction(need, name, chain);
    return notInjectable(name, chain, declaration?.kind === "class");
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

  /** The way to what makes a value one of the request: `["Items", "CurrentUser", "Cookie(\"id\")"]`; undefined where nothing does. */
  whyRequest(need: Need, name?: string): readonly string[] | undefined {
    const key = this.keyOf(need);
    if (key === undefined || !this.needsRequest(key)) return undefined;
    const node = this.nodeOf(key);
    const cause = node?.scope === undefined ? node?.needs.find((inner) => this.whyRequest(inner.need) !== undefined) : undefined;
    const rest = cause === undefined ? [] : this.whyRequest(cause.need, cause.name)!;
    if (typeof key === "object" && key.kind === "source" && name !== undefined) return [key.named(name).label];
    return [node?.label ?? labelOf(key), ...rest];
  }

  #anyNeedsRequest(node: Node): boolean {
    return node.needs.some(({ need }) => {
      const key = this.keyOf(need);
      return key !== undefined && this.needsRequest(key);
    });
  }

  /** A value of the application for a slot of a plan: planned now, put there by `start`, or at once where it is made already. */
  awaitApp(need: Need, template: unknown[], slot: number, asked: Asked): void {
    if (this.#app.slotOf(need) < 0) this.#app.ask(asked);
    const made = this.#app.slotOf(need);
    if (made >= 0 && made < this.#made.length) template[slot] = this.#made[made];
    else this.#awaited.push({ template, slot, need });
  }
}
