import { runBatches, type Phase } from "@madeleine/di";
import type { InputSettings } from "./inputs/input.ts";
import { compileInputs } from "./inputs/phase-inputs.ts";
import type { Task } from "./task.ts";

/** What is done in a phase, in order: most have no inputs, or nothing to compute. */
export function compileTasks({ sources, batches }: Phase, settings: InputSettings): Task[] {
  const tasks = compileInputs(sources, settings);
  if (batches.length > 0) tasks.push({ run: (_, values, unwinding) => runBatches(batches, values, unwinding) });
  return tasks;
}
