import { MAX_SCHEMAS, schemaParts } from "@madeleine/http";
import type { $ZodCheck, $ZodType } from "zod/v4/core";
import { givesInstances } from "../parameters/model.ts";

/**
 * Whether what zod compiles of a schema does just what the schema does: zod alone judges a value and makes the result, and no transform,
 * refinement, codec, `.catch(…)` or format of the author's runs. A `.default(…)` that is a function counts as a value, which zod takes
 * it for. False is a doubt.
 */
export function isCompilable(schema: $ZodType, entered = new Set<$ZodType>()): boolean {
  if (entered.has(schema)) return true; // a recursive schema is what the rest of it is
  if (entered.size === MAX_SCHEMAS || givesInstances(schema) || !COMPILABLE.has(schema._zod.def.type)) return false;
  if (hasOwnFunction(schema) || !hasPlainChecks(schema)) return false;
  entered.add(schema);
  return schemaParts(schema).every((part) => isCompilable(part, entered));
}

/**
 * Kinds that run no code of the author's by themselves; of one that is new nobody knows. No tuple: compiled by zod 4.6 it refuses `[]` where
 * the schema lets an item be undefined, and in a union another member takes it.
 */
const COMPILABLE: ReadonlySet<string> = new Set([
  "string",
  "number",
  "bigint",
  "boolean",
  "date",
  "null",
  "undefined",
  "any",
  "unknown",
  "never",
  "enum",
  "literal",
  "template_literal",
  "object",
  "array",
  "record",
  "union",
  "intersection",
  "optional",
  "nullable",
  "nonoptional",
  "readonly",
  "default",
  "prefault",
  "lazy",
  "pipe",
]);

/** A text format of the author's has its function in `fn`, a codec in `transform`. */
function hasOwnFunction({ _zod: { def } }: $ZodType): boolean {
  return "fn" in def || "transform" in def;
}

/** Zod's own look at a value only; of others one could put anything in its place. */
export function hasPlainChecks(schema: $ZodType): boolean {
  const { checks = [] }: { checks?: readonly $ZodCheck<never>[] | undefined } = schema._zod.def;
  return checks.every(({ _zod: { def } }) => PLAIN_CHECKS.has(def.check) && !("fn" in def));
}

const PLAIN_CHECKS: ReadonlySet<string> = new Set([
  "less_than",
  "greater_than",
  "multiple_of",
  "number_format",
  "min_length",
  "max_length",
  "length_equals",
  "min_size",
  "max_size",
  "size_equals",
  "string_format",
  "describe",
  "meta",
]);
