import type { Graph } from "@madeleine/di";

/** The graphs of an application that have made something: the one it booted with, and one for each override since. */
export class StartedGraphs {
  readonly #started: { graph: Graph; starting: Promise<void> }[] = [];

  /** Makes what lives as long as the application. What a graph made until it failed is kept here, for `stop`. */
  start(graph: Graph): Promise<void> {
    const starting = graph.start();
    this.#started.push({ graph, starting });
    return starting;
  }

  /**
   * Tears everything down, last made first, each graph whatever the others do.
   *
   * Errors: what a tear-down threw; an AggregateError where several did.
   */
  async stop(): Promise<void> {
    const errors: unknown[] = [];
    for (const { graph, starting } of this.#started.splice(0).toReversed()) {
      await starting.catch(() => {}); // heard by who started it
      await graph.stop().catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 1) throw new AggregateError(errors, `${errors.length} tear-downs failed`);
    if (errors.length === 1) throw errors[0];
  }
}
