import { dependency, Graph, type GraphOptions } from "@madeleine/di";
import type { App } from "./app.ts";

/** What happens before the yield when an application starts, and after it when it ends. */
export type Lifespan = (app: App) => AsyncGenerator<void, void, void> | Generator<void, void, void>;

/**
 * A lifespan as a graph of one value, which begins, is bounded by time and ends like any other that lives as long as the application.
 *
 * Errors: TypeError for what is not a function. When it is started: an Error where the function is no generator.
 */
export function lifespanGraph(lifespan: Lifespan, app: App, limits: GraphOptions): Graph {
  if (typeof lifespan !== "function") throw new TypeError(explain());
  const value = dependency({}, () => begin(lifespan, app), { name: "lifespan", scope: "app" });
  const graph = new Graph(limits);
  graph.plan([[{ need: value, where: "the application" }]]);
  return graph;
}

function begin(lifespan: Lifespan, app: App): ReturnType<Lifespan> {
  const generator: unknown = lifespan(app);
  if (typeof generator === "object" && generator !== null && "next" in generator && "throw" in generator)
    return generator as ReturnType<Lifespan>;
  throw new TypeError(explain());
}

function explain(): string {
  return "lifespan is a generator that yields once. mend: async function* (app) { /* start */ yield; /* end */ }";
}
