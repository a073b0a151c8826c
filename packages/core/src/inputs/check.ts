import { $ZodAsyncError, safeParse, safeParseAsync, type $ZodIssue, type $ZodType } from "zod/v4/core";
import { missing, toProblems, type Problem } from "../validation/index.ts";

/** Where a value goes when it is checked, and what a problem with it is called. */
export interface CheckedPlace {
  readonly schema: $ZodType;
  readonly slot: number;
  readonly loc: readonly (string | number)[];
  /** Whether the value came as text: then `abc` for a number is a number that cannot be parsed, not a wrong type. */
  readonly text: boolean;
  readonly exposeInput: boolean;
}

/** Checks one value and puts it into its slot, or its problems among the others. A promise only where the schema is asynchronous. */
export type Check = (value: unknown, values: unknown[], problems: Problem[]) => void | Promise<void>;

/** The check of a schema. One that turns out to be asynchronous is checked asynchronously from then on. */
export function compileCheck(place: CheckedPlace): Check {
  const { schema, slot } = place;
  let isAsync = false;

  const settle = (value: unknown, result: ReturnType<typeof safeParse>, values: unknown[], problems: Problem[]): void => {
    if (result.success) values[slot] = result.data;
    else problems.push(...explain(value, result.error.issues, place));
  };
  const checkAsync = async (value: unknown, values: unknown[], problems: Problem[]): Promise<void> =>
    settle(value, await safeParseAsync(schema, value), values, problems);

  return (value, values, problems) => {
    if (isAsync) return checkAsync(value, values, problems);
    try {
      settle(value, safeParse(schema, value), values, problems);
    } catch (error) {
      if (!(error instanceof $ZodAsyncError)) throw error;
      isAsync = true;
      return checkAsync(value, values, problems);
    }
  };
}

function explain(value: unknown, issues: readonly $ZodIssue[], place: CheckedPlace): readonly Problem[] {
  return value === undefined ? [missing(place.loc)] : toProblems(issues, { ...place, value });
}
