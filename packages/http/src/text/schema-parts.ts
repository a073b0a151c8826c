import type { $ZodType } from "zod/v4/core";
import { definitionOf } from "./definition.ts";
import { unwrap } from "./unwrap.ts";

/** How many schemas a walk over all parts looks at: a lazy schema may make itself anew at every level. */
export const MAX_SCHEMAS = 1_000;

/**
 * The schemas that a schema is made of, one layer of it.
 *
 * Shape:  of `z.record(z.string(), z.int())` the text and the integer; of a transform or a codec both sides of its pipe.
 */
export function schemaParts(schema: $ZodType): readonly $ZodType[] {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "array":
      return [definition.element];
    case "tuple":
      return definition.rest === null ? definition.items : [...definition.items, definition.rest];
    case "object":
      return [...Object.values(definition.shape), ...(definition.catchall ? [definition.catchall] : [])];
    case "record":
    case "map":
      return [definition.keyType, definition.valueType];
    case "set":
      return [definition.valueType];
    case "union":
      return definition.options;
    case "intersection":
      return [definition.left, definition.right];
    case "pipe":
      return [definition.in, definition.out];
    default: {
      const wrapped = unwrap(schema, "in");
      return wrapped === undefined ? [] : [wrapped];
    }
  }
}
