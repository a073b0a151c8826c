import type { $ZodIssueInvalidValue } from "zod/v4/core";
import { type Finding, listValues, type Subject } from "./finding.ts";

/** A value that is none of those listed: by an enum, by literals, or by the words of `z.stringbool()`. */
export function describeValue(issue: $ZodIssueInvalidValue, { schemas }: Subject): Finding {
  if ((issue as { expected?: unknown }).expected === "stringbool") {
    return { type: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input" };
  }
  const expected = listValues(issue.values);
  const isEnum = schemas.some((schema) => schema._zod.def.type === "enum");
  return { type: isEnum ? "enum" : "literal_error", msg: `Input should be ${expected}`, ctx: { expected } };
}
