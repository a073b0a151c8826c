import type { Unwinding } from "@madeleine/di";
import type { Exchange } from "./exchange.ts";

/** One thing that is done for a request before its handler, or its middleware, is called. */
export interface Task {
  /** A promise where it has to be waited for: the task after it is told what came of that. */
  run(exchange: Exchange, values: unknown[], unwinding: Unwinding, awaited: unknown): void | PromiseLike<unknown>;
}

/** Does them one after the other. Errors: theirs. */
export async function runPhaseTasks(
  tasks: readonly Task[],
  exchange: Exchange,
  values: unknown[],
  unwinding: Unwinding,
): Promise<void> {
  let awaited: unknown;
  for (const task of tasks) awaited = await task.run(exchange, values, unwinding, awaited);
}
