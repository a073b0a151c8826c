import type { $ZodIssueNotMultipleOf, $ZodIssueTooBig, $ZodIssueTooSmall } from "zod/v4/core";
import type { Finding, Subject } from "./finding.ts";

/** A value, a text or a list below its least. */
export function describeTooSmall(issue: $ZodIssueTooSmall, subject: Subject): Finding {
  const { origin, minimum } = issue;
  if (origin === "string") return describeText("short", "at least", "min_length", minimum);
  if (origin === "file")
    return {
      type: "bytes_too_short",
      msg: `Data should have at least ${count(minimum, "byte")}`,
      ctx: { min_length: Number(minimum) },
    };
  const field = fieldType(origin, subject);
  if (field !== undefined) return describeLength(field, "short", "at least", "min_length", minimum, subject.value);
  const bound = boundOf(origin, minimum);
  if (issue.inclusive === true) {
    return { type: "greater_than_equal", msg: `Input should be greater than or equal to ${bound}`, ctx: { ge: bound } };
  }
  return { type: "greater_than", msg: `Input should be greater than ${bound}`, ctx: { gt: bound } };
}

/** A value, a text or a list above its most. */
export function describeTooBig(issue: $ZodIssueTooBig, subject: Subject): Finding {
  const { origin, maximum } = issue;
  if (origin === "string") return describeText("long", "at most", "max_length", maximum);
  if (origin === "file")
    return {
      type: "bytes_too_long",
      msg: `Data should have at most ${count(maximum, "byte")}`,
      ctx: { max_length: Number(maximum) },
    };
  const field = fieldType(origin, subject);
  if (field !== undefined) return describeLength(field, "long", "at most", "max_length", maximum, subject.value);
  const bound = boundOf(origin, maximum);
  if (issue.inclusive === true) {
    return { type: "less_than_equal", msg: `Input should be less than or equal to ${bound}`, ctx: { le: bound } };
  }
  return { type: "less_than", msg: `Input should be less than ${bound}`, ctx: { lt: bound } };
}

/** A number that is no multiple. */
export function describeMultiple({ divisor }: $ZodIssueNotMultipleOf): Finding {
  const multiple = jsonNumber(divisor);
  return { type: "multiple_of", msg: `Input should be a multiple of ${multiple}`, ctx: { multiple_of: multiple } };
}

function describeText(end: "short" | "long", bound: string, name: string, length: number | bigint): Finding {
  return {
    type: `string_too_${end}`,
    msg: `String should have ${bound} ${count(length, "character")}`,
    ctx: { [name]: Number(length) },
  };
}

function describeLength(
  field: string,
  end: "short" | "long",
  bound: string,
  name: string,
  length: number | bigint,
  value: unknown,
): Finding {
  const actual = lengthOf(value);
  const found = actual === undefined ? "" : `, not ${actual}`;
  return {
    type: `too_${end}`,
    msg: `${field} should have ${bound} ${count(length, "item")} after validation${found}`,
    ctx: { field_type: field, [name]: Number(length), ...(actual === undefined ? {} : { actual_length: actual }) },
  };
}

/** The pydantic name of what has a length; undefined for what has a bound. */
function fieldType(origin: string, { schemas }: Subject): string | undefined {
  if (origin === "array") return schemas.some((schema) => schema._zod.def.type === "tuple") ? "Tuple" : "List";
  return FIELDS[origin];
}

const FIELDS: Readonly<Record<string, string>> = { set: "Set", map: "Dictionary", record: "Dictionary", object: "Dictionary" };

function lengthOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return value instanceof Set || value instanceof Map ? value.size : undefined;
}

function boundOf(origin: string, bound: number | bigint): number | string {
  return origin === "date" ? new Date(Number(bound)).toISOString() : jsonNumber(bound);
}

/** JSON has no bigint, and no Infinity: beyond 2^53 the digits are told as text. */
function jsonNumber(value: number | bigint): number | string {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function count(amount: number | bigint, unit: string): string {
  return `${amount} ${unit}${Number(amount) === 1 ? "" : "s"}`;
}
