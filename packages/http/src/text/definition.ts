import type { $ZodCheck, $ZodType, $ZodTypes } from "zod/v4/core";

/** What zod's own classes hold under `schema._zod.def`, told apart by `type`. */
export type Definition = $ZodTypes["_zod"]["def"];

/** The definition of a schema, which is data: the text decoder and the problems are compiled from it. */
export function definitionOf(schema: $ZodType): Definition {
  return schema._zod.def as Definition; // $ZodType widens `type`; every schema of zod 4 is one of $ZodTypes
}

/** Whether a number schema admits integers only: `z.int()`, `z.int32()`, `z.number().int()`. */
export function isIntegerSchema(schema: $ZodType): boolean {
  const definition: { type: string; format?: unknown; checks?: $ZodCheck<never>[] | undefined } = schema._zod.def;
  if (definition.type !== "number") return false;
  if (INTEGERS.has(definition.format)) return true;
  return definition.checks?.some((check) => INTEGERS.has((check._zod.def as { format?: unknown }).format)) ?? false;
}

const INTEGERS: ReadonlySet<unknown> = new Set(["safeint", "int32", "uint32"]);

/** Whether the schema takes this value, without its words. A check that is asynchronous counts as passed: the schema itself runs later. */
export function accepts(schema: $ZodType, value: unknown): boolean {
  try {
    const result = schema._zod.run({ value, issues: [] }, { async: true });
    if (!(result instanceof Promise)) return result.issues.length === 0;
    result.catch(() => undefined); // its real run reports the failure
    return true;
  } catch {
    return false; // an author's check that throws speaks when the schema runs
  }
}
