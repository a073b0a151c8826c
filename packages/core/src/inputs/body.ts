import type { $ZodType } from "zod/v4/core";
import type { InputSource } from "../parameters/source.ts";
import { schemasIn } from "../validation/schema-at.ts";
import type { Input, InputSettings } from "./input.ts";
import { compileJsonCheck } from "./json-check.ts";

/** The whole JSON body, or one key of it. */
export function bodyInput(source: InputSource, slot: number, { exposeInput }: InputSettings): Input {
  const schema = source.schema as $ZodType; // @Body demands one
  const key = source.ownName;
  const loc = key === undefined ? ["body"] : ["body", key];
  const check = compileJsonCheck({ schema, slot, loc, exposeInput });
  const absent = schema._zod.optin !== undefined && !takesNull(schema) ? null : undefined;
  return (_, { json }, values, problems) => {
    const value = key === undefined ? json : ownValue(json, key);
    return check(value === absent ? undefined : value, undefined, values, problems);
  };
}

/** Whether null is a value of the schema. Where it is not, and nothing need be sent, null is nothing: so it is in FastAPI. */
function takesNull(schema: $ZodType): boolean {
  return [...schemasIn(schema)].some(({ _zod: { def, values } }) => anything.has(def.type) || values?.has(null) === true);
}

const anything: ReadonlySet<string> = new Set(["nullable", "null", "any", "unknown", "custom", "transform"]);

// A body that is no object has none of the keys: each of them is missing.
function ownValue(json: unknown, key: string): unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json) || !Object.hasOwn(json, key)) return undefined;
  return (json as Record<string, unknown>)[key];
}
