import type { FunctionDeclaration } from "./declaration.ts";
import type { Until } from "./lifetime.ts";
import type { Class } from "./provides.ts";
import { isThenable } from "./thenable.ts";
import type { Failure, Unwinding } from "./unwinding.ts";
import { within } from "./within.ts";

/** One value of a plan that is computed: from the values before it, into its slot. */
export interface Step {
  readonly slot: number;
  /** What people call it. */
  readonly label: string;
  /** Whether a promise of it is waited for. An instance of a class that has a `then` of its own is no promise. */
  readonly mayPromise: boolean;
  /** The value, or a promise of it. */
  run(values: readonly unknown[], unwinding: Unwinding): unknown;
}

/** The step of a function with needs: its argument is a record of them. */
export function functionStep(declaration: FunctionDeclaration, label: string, slot: number, slots: readonly number[]): Step {
  const names = Object.keys(declaration.needs);
  const { resolve, until, addsEndings } = declaration;
  return {
    slot,
    label,
    mayPromise: true,
    run(values, unwinding) {
      // Measured: closures for one, two and three needs are no faster than this loop, literals with computed keys far slower.
      const needs: Record<string, unknown> = {};
      for (let index = 0; index < names.length; index++) needs[names[index]!] = values[slots[index]!];
      if (addsEndings === true) return resolve(needs, unwinding);
      const result = (resolve as (needs: unknown) => unknown)(needs); // a second parameter of the user's own stays undefined
      return isGenerator(result) ? begin(result, until, label, unwinding) : result;
    },
  };
}

/** The same step, given up when it takes too long. Errors: one that names it. */
export function boundedStep(step: Step, timeoutMs: number): Step {
  const late = () =>
    new Error(
      `${step.label} was not made within ${timeoutMs} ms. mend: see what it waits for, or give it more time with startTimeoutMs`,
    );
  const run: Step["run"] = (values, unwinding) => {
    const value = step.run(values, unwinding);
    return step.mayPromise && isThenable(value) ? within(value, timeoutMs, late) : value;
  };
  return { ...step, run };
}

/** The step of a class: its constructor gets its parameters by position. */
export function classStep(target: Class, label: string, slot: number, slots: readonly number[], until: Until): Step {
  const create = instantiate(target as new (...parameters: unknown[]) => object, slots);
  const dispose = disposer(target);
  return {
    slot,
    label,
    mayPromise: !hasMember(target, "then"),
    run(values, unwinding) {
      const instance = create(values);
      if (dispose !== undefined) unwinding.add(() => dispose(instance), until, label);
      return instance;
    },
  };
}

// Constructors of few parameters are by far the most; a spread costs an array.
function instantiate(
  target: new (...parameters: unknown[]) => object,
  slots: readonly number[],
): (values: readonly unknown[]) => object {
  const [a, b, c] = slots as [number, number, number];
  if (slots.length === 0) return () => new target();
  if (slots.length === 1) return (values) => new target(values[a]);
  if (slots.length === 2) return (values) => new target(values[a], values[b]);
  if (slots.length === 3) return (values) => new target(values[a], values[b], values[c]);
  return (values) => new target(...slots.map((slot) => values[slot]));
}

/** Whether instances of a class are disposed of when their scope ends. */
export function isDisposable(target: Class): boolean {
  return disposer(target) !== undefined;
}

// Node 20 knows the symbols; where a compiler's helper made its own, the well-known name is the same.
function disposer(target: Class): ((instance: object) => void | Promise<void>) | undefined {
  const key = [Symbol.asyncDispose, Symbol.dispose].find((symbol) => hasMember(target, symbol));
  if (key === undefined) return undefined;
  return (instance) => (instance as Record<symbol, () => void | Promise<void>>)[key]!();
}

function hasMember(target: Class, key: string | symbol): boolean {
  return key in ((target.prototype as object | undefined) ?? {});
}

// On the generator itself: a WeakSet of all of them costs 0.2 µs for each.
const begun = Symbol("begun");

type AnyGenerator = (Generator<unknown, unknown, void> | AsyncGenerator<unknown, unknown, void>) & { [begun]?: true };

function isGenerator(value: unknown): value is AnyGenerator {
  if (typeof value !== "object" || value === null || !("next" in value) || !("throw" in value)) return false;
  return Symbol.asyncIterator in value || Symbol.iterator in value;
}

/**
 * Runs a generator up to its yield; what stands behind the yield is its ending.
 *
 * Errors: one for a generator that a function hands out twice: the second run would end what the first one still uses.
 */
function begin(generator: AnyGenerator, until: Until, label: string, unwinding: Unwinding): unknown {
  if (generator[begun]) throw new Error(`${label} returned a generator that had been returned before: make a new one each time`);
  generator[begun] = true;
  const accept = (first: IteratorResult<unknown, unknown>): unknown => {
    if (first.done === true) throw new Error(`${label} is a generator and did not yield a value`);
    unwinding.add((failure) => finish(generator, failure, label), until, label);
    return first.value;
  };
  const first = generator.next();
  return "then" in first ? first.then(accept) : accept(first);
}

/** Runs a generator to its end. A promise only where something is waited for, since each has its limit of time. */
function finish(generator: AnyGenerator, failure: Failure | undefined, label: string): void | Promise<void> {
  const last = failure === undefined ? generator.next() : generator.throw(failure.error);
  return "then" in last ? last.then((last) => checkEnded(last, generator, label)) : checkEnded(last, generator, label);
}

function checkEnded(last: IteratorResult<unknown, unknown>, generator: AnyGenerator, label: string): void | Promise<void> {
  if (last.done !== true) return refuseSecond(generator, label);
  if (isThenable(last.value)) return Promise.resolve(last.value).then(() => {}); // of a synchronous generator: `return connection.close()`
}

async function refuseSecond(generator: AnyGenerator, label: string): Promise<never> {
  await generator.return(undefined);
  throw new Error(`${label} is a generator and yielded more than once`);
}
