import {
  Graph,
  run,
  toParam,
  type GraphOptions,
  type Need,
  type Param,
  type Problem,
  type SourceDeclaration,
} from "../src/index.ts";

/** The input of the runs in these tests: what a request is to an application. */
export type Input = Record<string, unknown>;

/** A value of the input, under its name or that of the place that asks. */
export function Given<V>(ownName?: string): Param<V> {
  return toParam<V>(sourceOf(ownName));
}

function sourceOf(ownName: string | undefined): SourceDeclaration {
  const named = new Map<string, SourceDeclaration>();
  return {
    kind: "source",
    label: `Given(${ownName ?? ""})`,
    named(name) {
      if (ownName !== undefined) return this;
      if (!named.has(name)) named.set(name, sourceOf(name));
      return named.get(name)!;
    },
    read: (input: Input) => input[ownName ?? ""],
  };
}

/** A graph without problems and a function that runs a plan of it, started. */
export async function graphOf(needs: readonly Need[], options: GraphOptions = {}, adopted?: Graph) {
  const graph = new Graph(options, adopted);
  const plan = graph.plan([needs.map((need) => ({ need, where: "the test" }))]);
  if (graph.problems.length > 0) throw new Error(JSON.stringify(graph.problems, undefined, 2));
  await graph.start();
  const resolve = (input: Input = {}) => run(plan, input, (...values) => values);
  return { graph, plan, resolve, run: <R>(use: (...values: any[]) => R, input: Input = {}) => run(plan, input, use) };
}

/** What one run gives for a need. */
export async function valueOf(need: Need, input: Input = {}, options: GraphOptions = {}): Promise<any> {
  const [value] = await (await graphOf([need], options)).resolve(input);
  return value;
}

/** The mistakes in a graph of which these are asked. */
export function problemsOf(needs: readonly Need[], options: GraphOptions = {}): readonly Problem[] {
  const graph = new Graph(options);
  graph.plan([needs.map((need) => ({ need, where: "Items.list (GET /items)" }))]);
  return graph.problems;
}

export function codesOf(needs: readonly Need[], options: GraphOptions = {}): readonly string[] {
  return problemsOf(needs, options).map((problem) => problem.code);
}

/** What is thrown by a promise. */
export async function errorOf(promise: Promise<unknown>): Promise<any> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** A promise and the two ways to settle it, and a step of the event loop. */
export function deferred<V = void>() {
  let resolve!: (value: V) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<V>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

export const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
