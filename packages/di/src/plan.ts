import type { SourceDeclaration } from "./declaration.ts";
import type { Scope, Until } from "./lifetime.ts";
import type { Place } from "./place.ts";
import type { Step } from "./step.ts";
import { isThenable } from "./thenable.ts";
import { Unwinding } from "./unwinding.ts";

/** A source and the slot that its value is put into. */
export interface PlannedSource {
  readonly slot: number;
  readonly source: SourceDeclaration;
}

/**
 * A stretch of a run: sources that are read together, then steps in batches. Steps of one batch do not need each other and
 * run side by side; a batch begins when the one before it is settled.
 */
export interface Phase {
  readonly sources: readonly PlannedSource[];
  readonly batches: readonly (readonly Step[])[];
  /** The slots of what was asked for, in the order of asking. */
  readonly slots: readonly number[];
}

/** One value of a plan, for people. */
export interface PlannedValue {
  readonly label: string;
  readonly kind: "source" | "constant" | "function" | "class";
  readonly scope: Scope;
  readonly until: Until | undefined;
  /** Whether a promise of it is waited for, where its function says so (`async`); a plain function may return one all the same. */
  readonly isAsync: boolean;
  /** Whether something is torn down when it ends. */
  readonly ends: boolean;
  readonly phase: number;
  /** The batch of its phase; undefined for what is not computed in the run. */
  readonly batch: number | undefined;
  readonly place: Place | undefined;
}

/** What one run does, in order, with every look-up done beforehand. A run is an array of values, one slot each. */
export interface Plan {
  readonly phases: readonly Phase[];
  readonly values: readonly PlannedValue[];
  /** The array that a run starts from: what lives as long as the application is in its slot already. */
  readonly template: unknown[];
  /** Whether anything in it may have to be torn down. */
  readonly unwinds: boolean;
}

/**
 * Runs the batches of a phase, from one on. Gives undefined where all was synchronous, so that a synchronous graph costs no await.
 *
 * Errors: the first one in time. Steps under way are awaited first: what they make can then be torn down.
 */
export function runBatches(
  batches: Phase["batches"],
  values: unknown[],
  unwinding: Unwinding,
  from = 0,
): Promise<void> | undefined {
  for (let index = from; index < batches.length; index++) {
    const pending = runBatch(batches[index]!, values, unwinding);
    if (pending !== undefined) return pending.then(() => runBatches(batches, values, unwinding, index + 1));
  }
  return undefined;
}

function runBatch(batch: readonly Step[], values: unknown[], unwinding: Unwinding): Promise<void> | undefined {
  let pending: Promise<void>[] | undefined;
  try {
    for (const step of batch) {
      const value = step.run(values, unwinding);
      if (step.mayPromise && isThenable(value)) (pending ??= []).push(keep(value, step.slot, values));
      else values[step.slot] = value;
    }
  } catch (error) {
    if (pending === undefined) throw error;
    return Promise.allSettled(pending).then(() => {
      throw error;
    });
  }
  return pending && (pending.length === 1 ? pending[0] : settleAll(pending));
}

async function keep(value: PromiseLike<unknown>, slot: number, values: unknown[]): Promise<void> {
  values[slot] = await value;
}

async function settleAll(pending: readonly Promise<void>[]): Promise<void> {
  try {
    await Promise.all(pending);
  } catch (error) {
    await Promise.allSettled(pending);
    throw error;
  }
}

/**
 * Runs a whole plan outside of any application: reads each source from the input, computes, calls `use` with what was asked
 * for, and unwinds.
 *
 * Errors: what was thrown on the way; TypeError for a source that cannot be read without its application.
 */
export async function run<Input, Result>(
  plan: Plan,
  input: Input,
  use: (...values: unknown[]) => Result,
): Promise<Awaited<Result>> {
  const values = plan.template.slice();
  const unwinding = new Unwinding();
  let result: Awaited<Result> | undefined;
  let failure: { error: unknown } | undefined;
  try {
    for (const phase of plan.phases) {
      for (const { slot, source } of phase.sources) values[slot] = await read(source, input);
      await runBatches(phase.batches, values, unwinding);
    }
    const slots = plan.phases.flatMap((phase) => phase.slots);
    result = await use(...slots.map((slot) => values[slot]));
  } catch (error) {
    failure = { error };
  }
  failure = (await unwinding.handlerDone(failure)) ?? (await unwinding.responseDone(undefined));
  if (failure !== undefined) throw failure.error;
  return result as Awaited<Result>;
}

function read(source: SourceDeclaration, input: unknown): unknown {
  if (source.read === undefined) throw new TypeError(`${source.label} is read by its application, not by run()`);
  return source.read(input);
}
