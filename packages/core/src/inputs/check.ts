import { isUnawaited, makeMeasurable } from "@madeleine/http";
import type { $ZodType, ParsePayload } from "zod/v4/core";
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
 * The check of a schema. One that turns out to be asynchronous is checked asynchronously from then on, and one that could be from its first value on.
 *
 * Cost: the schema is run itself, not through `safeParse`, which words every issue: 80 ms for a body of 100,000 wrong items,
 *       of which the first hundred are told (JB-03).
 */
export function compileCheck(place: CheckedPlace): Check {
  const { schema, slot } = place;
  const isPlain = compilePlainCheck(schema);
  const compiled = compileWhenAsked(schema);
  let isAsync: boolean | undefined; // until a value was taken, nobody knows

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
      const run = compiled();
      // zod leaves a promise behind that it must not wait for, and its rejection ends the process (ST-05). What it compiled makes none.
      const waits = isAsync ?? run === schema;
      const result = run._zod.run(payload, { async: waits }); // a new one: zod notes on it what it came across in this run
      if (!(result instanceof Promise)) {
        if (result.issues.length === 0) isAsync ??= false;
        return settle(result, received, value, values, problems);
      }
      isAsync = true;
      if (waits)
        return result.then(
          (settled) => settle(settled, received, value, values, problems),
          (error: unknown) => again(error, value, received, values, problems),
        );
      result.catch(() => {}); // it is run again: of this run nobody hears
    } catch (error) {
      if (makeMeasurable(value)) return check(value, received, values, problems);
      if (isAsync !== false || !isUnawaited(error)) throw error;
      isAsync = undefined; // its next run tells
    }
    return check(value, received, values, problems);
  };

  const again = (error: unknown, ...given: Parameters<Check>): void | Promise<void> => {
    if (!makeMeasurable(given[0])) throw error;
    return check(...given);
  };
  return check;
}

function textOf(received: unknown): unknown {
  return typeof received === "function" ? (received as () => unknown)() : received;
}
