import { $ZodAsyncError, type $ZodType, type ParsePayload } from "zod/v4/core";
import { compileWhenAsked } from "../validation/compiled-schema.ts";
import { toProblems, type Problem } from "../validation/index.ts";
import { compilePlainCheck } from "./plain-check.ts";

/** Where a value goes when it is checked, and what a problem with it is called. */
export interface CheckedPlace {
  readonly schema: $ZodType;
  readonly slot: number;
  readonly loc: readonly (string | number)[];
  readonly exposeInput: boolean;
}

/**
 * Checks one value and puts it into its slot, or its problems among the others. `received` is the text that it was decoded
 * from, or reads that text again. A promise only where the schema is asynchronous.
 */
export type Check = (value: unknown, received: unknown, values: unknown[], problems: Problem[]) => void | Promise<void>;

/**
 * The check of a schema. One that turns out to be asynchronous is checked asynchronously from then on.
 *
 * Cost: the schema is run itself, not through `safeParse`, which words every issue: 80 ms for a body of 100,000 wrong items,
 *       of which the first hundred are told (JB-03).
 */
export function compileCheck(place: CheckedPlace): Check {
  const { schema, slot } = place;
  const isPlain = compilePlainCheck(schema);
  const compiled = compileWhenAsked(schema);
  let isAsync = false;

  const settle = (result: ParsePayload, received: unknown, value: unknown, values: unknown[], problems: Problem[]): void => {
    if (result.issues.length === 0) values[slot] = result.value;
    else problems.push(...toProblems(result.issues, { ...place, value, received: textOf(received) }));
  };

  const check: Check = (value, received, values, problems) => {
    if (isPlain?.(value) === true) {
      values[slot] = value;
      return;
    }
    const payload = { value, issues: [] };
    try {
      const result = compiled()._zod.run(payload, { async: isAsync }); // a new one: zod notes on it what it came across in this run
      if (!(result instanceof Promise)) return settle(result, received, value, values, problems);
      if (isAsync) return result.then((settled) => settle(settled, received, value, values, problems));
      result.catch(() => {}); // it is run again: of this run nobody hears
    } catch (error) {
      if (isAsync || !(error instanceof $ZodAsyncError)) throw error;
    }
    isAsync = true;
    return check(value, received, values, problems);
  };
  return check;
}

function textOf(received: unknown): unknown {
  return typeof received === "function" ? (received as () => unknown)() : received;
}
