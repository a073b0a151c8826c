import { definitionOf } from "@madeleine/http";
import type { $ZodCheck, $ZodType } from "zod/v4/core";
import { givesInstances } from "../parameters/model.ts";

/**
 * Whether zod alone judges a value and makes the result: no transform, refinement, codec, `.catch(…)` or format of the author's runs.
 * A `.default(…)` that is a function counts as a value, which zod takes it for. False is a doubt.
 */
export function isCodeFree(schema: $ZodType, entered = new Set<$ZodType>()): boolean {
  if (entered.has(schema)) return true; // a recursive schema is as free as the rest of it
  if (entered.size === MAX_SCHEMAS || givesInstances(schema) || !hasPlainChecks(schema)) return false;
  entered.add(schema);
  return partsOf(schema)?.every((part) => isCodeFree(part, entered)) === true;
}

const MAX_SCHEMAS = 1_000; // a lazy schema may make itself anew at every level

/** The schemas that a schema is made of; undefined where there may be more to it than schemas. */
function partsOf(schema: $ZodType): readonly $ZodType[] | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "string":
      return "fn" in definition ? undefined : [];
    case "number":
    case "bigint":
    case "boolean":
    case "date":
    case "null":
    case "undefined":
    case "any":
    case "unknown":
    case "never":
    case "enum":
    case "literal":
    case "template_literal":
      return [];
    case "object":
      return [...Object.values(definition.shape), ...present(definition.catchall)];
    case "array":
      return [definition.element];
    case "tuple":
      return [...definition.items, ...present(definition.rest ?? undefined)];
    case "record":
      return [definition.keyType, definition.valueType];
    case "union":
      return definition.options;
    case "intersection":
      return [definition.left, definition.right];
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "default":
    case "prefault":
      return [definition.innerType];
    case "lazy":
      return [definition.getter()];
    case "pipe":
      return definition.transform === undefined ? [definition.in, definition.out] : undefined;
    default:
      return undefined;
  }
}

function present(schema: $ZodType | undefined): readonly $ZodType[] {
  return schema === undefined ? [] : [schema];
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
