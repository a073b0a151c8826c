import type { $ZodType } from "zod/v4/core";
import type { InputSource } from "../parameters/source.ts";
import { compileCheck } from "./check.ts";
import type { Input, InputSettings } from "./compile-input.ts";

/** The whole JSON body, or one key of it. */
export function bodyInput(source: InputSource, slot: number, { exposeInput }: InputSettings): Input {
  const schema = source.schema as $ZodType; // @Body demands one
  const key = source.ownName;
  const loc = key === undefined ? ["body"] : ["body", key];
  const check = compileCheck({ schema, slot, loc, text: false, exposeInput });
  if (key === undefined) return (_, { json }, values, problems) => check(json, undefined, values, problems);
  return (_, { json }, values, problems) => check(ownValue(json, key), undefined, values, problems);
}

// A body that is no object has none of the keys: each of them is missing.
function ownValue(json: unknown, key: string): unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json) || !Object.hasOwn(json, key)) return undefined;
  return (json as Record<string, unknown>)[key];
}
