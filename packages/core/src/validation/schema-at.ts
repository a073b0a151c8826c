import { type Definition, definitionOf, unwrap } from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";

/**
 * The schemas without wrappers that a value meets: both sides of a pipe and an intersection, every member of a union.
 *
 * Shape:  `z.string().transform(Number).pipe(z.int()).optional()` gives the string, the transform and the integer.
 */
export function schemasIn(schema: $ZodType, found = new Set<$ZodType>()): Set<$ZodType> {
  if (found.has(schema)) return found; // a recursive schema
  found.add(schema);
  for (const inner of innerOf(schema)) schemasIn(inner, found);
  return found;
}

/** The schemas of what lies under a key of a value that these schemas describe. */
export function schemasUnder(schemas: Iterable<$ZodType>, key: PropertyKey): $ZodType[] {
  const found = new Set<$ZodType>();
  for (const schema of schemas) for (const child of childOf(definitionOf(schema), key)) schemasIn(child, found);
  return [...found];
}

function innerOf(schema: $ZodType): readonly $ZodType[] {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "pipe":
      return [definition.in, definition.out];
    case "union":
      return definition.options;
    case "intersection":
      return [definition.left, definition.right];
    case "promise":
      return [definition.innerType];
    default: {
      const wrapped = unwrap(schema, "in");
      return wrapped === undefined ? [] : [wrapped];
    }
  }
}

function childOf(definition: Definition, key: PropertyKey): readonly $ZodType[] {
  switch (definition.type) {
    case "object": {
      const field = typeof key === "string" && Object.hasOwn(definition.shape, key) ? definition.shape[key] : definition.catchall;
      return field === undefined ? [] : [field];
    }
    case "array":
      return [definition.element];
    case "tuple": {
      const item = definition.items[Number(key)] ?? definition.rest;
      return item === null ? [] : [item];
    }
    case "record":
    case "map":
    case "set":
      return [definition.valueType];
    default:
      return [];
  }
}
