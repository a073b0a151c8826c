import { MAX_SCHEMAS, definitionOf, unwrap } from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";
import { givesInstances } from "../parameters/model.ts";
import { hasPlainChecks } from "../validation/own-code.ts";

/**
 * Whether JSON carries whatever a schema lets through: then a response need not be looked through for what it would lose. Asked once,
 * at boot; false is a doubt.
 *
 * Shape:  true of objects, lists and records of text, booleans, dates and numbers, which zod wants to be finite. False where code of the
 *         author's has the last word: a transform, a `.default(…)` or `.catch(…)`, which zod does not check, a refinement, `z.custom()`; and
 *         of what may be anything: `z.unknown()`, the extras of `z.looseObject`.
 */
export function isCarried(schema: $ZodType, entered = new Set<$ZodType>()): boolean {
  if (entered.has(schema)) return true; // a recursive schema is carried where the rest of it is
  if (entered.size === MAX_SCHEMAS) return false;
  entered.add(schema);
  const inner = (part: $ZodType) => isCarried(part, entered);
  return !givesInstances(schema) && hasPlainChecks(schema) && partsOf(schema)?.every(inner) === true;
}

/** The schemas of the parts of a value; undefined where it may have a part that JSON does not carry. */
function partsOf(schema: $ZodType): readonly $ZodType[] | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "string":
    case "template_literal":
    case "number":
    case "boolean":
    case "date":
    case "null":
    case "success":
      return [];
    case "enum":
      return Object.values(definition.entries).every(isCarriedValue) ? [] : undefined;
    case "literal":
      return definition.values.every(isCarriedValue) ? [] : undefined;
    case "object":
      return [...Object.values(definition.shape), ...openPart(definition.catchall)];
    case "array":
      return [definition.element];
    case "tuple":
      return definition.rest === null ? definition.items : [...definition.items, definition.rest];
    case "record":
      return definition.mode === "loose" ? undefined : [definition.valueType];
    case "union":
      return definition.options;
    case "intersection":
      return [definition.left, definition.right];
    case "default":
    case "catch":
      return undefined;
    default: {
      const wrapped = unwrap(schema, "out");
      return wrapped && [wrapped];
    }
  }
}

/** Zod takes each value of a literal or an enum as it is, also a number that JSON does not have. */
function isCarriedValue(value: unknown): boolean {
  return typeof value === "number" ? Number.isFinite(value) : typeof value !== "bigint";
}

/** What a strict object says of its extras is that there are none. */
function openPart(catchall: $ZodType | undefined): readonly $ZodType[] {
  return catchall === undefined || definitionOf(catchall).type === "never" ? [] : [catchall];
}
