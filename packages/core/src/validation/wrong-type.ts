import { compileText, isIntegerSchema } from "@madeleine/http";
import type { $ZodIssueInvalidType } from "zod/v4/core";
import { describeDate } from "./wrong-date.ts";
import type { Finding, Subject } from "./finding.ts";

/**
 * A value of the wrong type, or text that does not write one.
 *
 * Shape:  for `z.int()`: `"ten"` is `int_parsing`, `null` is `int_type`, `1.5` is `int_from_float`. A JSON string that would be a number as text
 *         is `int_type`: JSON is never coerced, and "unable to parse" would not be true.
 */
export function describeType(issue: $ZodIssueInvalidType, subject: Subject): Finding {
  switch (issue.expected) {
    case "number":
      return describeNumber(subject);
    case "bigint":
      return describeInteger(subject, "bigint");
    case "boolean":
      return isUnreadable(subject, "boolean")
        ? { type: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input" }
        : { type: "bool_type", msg: "Input should be a valid boolean" };
    case "date":
      return describeDate(subject.value, isUnreadable(subject, "date"));
    default:
      return TYPES[issue.expected] ?? describeInstance(issue.expected);
  }
}

const TYPES: Readonly<Record<string, Finding>> = {
  string: { type: "string_type", msg: "Input should be a valid string" },
  int: { type: "int_from_float", msg: "Input should be a valid integer, got a number with a fractional part" },
  array: { type: "list_type", msg: "Input should be a valid list" },
  set: { type: "set_type", msg: "Input should be a valid set" },
  tuple: { type: "tuple_type", msg: "Input should be a valid tuple" },
  object: { type: "model_attributes_type", msg: "Input should be a valid dictionary or object to extract fields from" },
  record: { type: "dict_type", msg: "Input should be a valid dictionary" },
  map: { type: "dict_type", msg: "Input should be a valid dictionary" },
  null: { type: "none_required", msg: "Input should be null" },
  never: { type: "extra_forbidden", msg: "Extra inputs are not permitted" },
  nonoptional: { type: "missing", msg: "Field required" },
  file: { type: "value_error", msg: "Value error, Expected an uploaded file" },
};

function describeNumber(subject: Subject): Finding {
  if (typeof subject.value === "number") return { type: "finite_number", msg: "Input should be a finite number" };
  const numbers = subject.schemas.filter((schema) => schema._zod.def.type === "number");
  if (numbers.length > 0 && numbers.every(isIntegerSchema)) return describeInteger(subject, "number");
  if (!isUnreadable(subject, "number")) return { type: "float_type", msg: "Input should be a valid number" };
  return { type: "float_parsing", msg: "Input should be a valid number, unable to parse string as a number" };
}

function describeInteger(subject: Subject, kind: "number" | "bigint"): Finding {
  if (!isUnreadable(subject, kind)) return { type: "int_type", msg: "Input should be a valid integer" };
  if (INTEGER.test(String(subject.value))) {
    return { type: "int_parsing_size", msg: "Unable to parse input string as an integer, exceeded maximum size" };
  }
  return { type: "int_parsing", msg: "Input should be a valid integer, unable to parse string as an integer" };
}

const INTEGER = /^[+-]?\d+$/;

/** Whether the value is a text that does not write a value of this kind. One that does came out of JSON, or behind a preprocess. */
function isUnreadable({ value, schemas }: Subject, kind: "number" | "bigint" | "boolean" | "date"): boolean {
  if (typeof value !== "string") return false;
  const schema = schemas.find((candidate) => candidate._zod.def.type === kind);
  return schema === undefined || compileText(schema).decode(value) === value;
}

function describeInstance(name: string): Finding {
  return { type: "is_instance_of", msg: `Input should be an instance of ${name}`, ctx: { class: name } };
}
