import * as zod from "zod/v4/core";
import { isCompilable } from "./own-code.ts";

/**
 * The schema as zod itself compiles it: one function for the whole value, where the schema's own run makes a call and two objects of
 * every field. What does not fit is run by the schema, which has the words. The schema itself where zod compiles none: a recursive one,
 * before zod 4.5, and where `z.config({ jitless: true })` or a flag of node forbids to generate source.
 *
 * Only where no code of its author's runs, which zod runs a second time for a value that does not fit.
 *
 * Cost: 0.2 to 1 ms, 15 of 300 fields; of 10 KB in 50 objects it then takes 1.1 µs instead of 7 (node 24).
 */
export function compileSchema(schema: zod.$ZodType): zod.$ZodType {
  return compile === undefined || zod.globalConfig.jitless === true || !isCompilable(schema) ? schema : compile(schema);
}

/** The same at the first value: most routes of a large application are not asked for when it starts. */
export function compileWhenAsked(schema: zod.$ZodType): () => zod.$ZodType {
  let compiled: zod.$ZodType | undefined;
  return () => (compiled ??= compileSchema(schema));
}

const { compile }: { readonly compile?: typeof zod.compile } = zod;
