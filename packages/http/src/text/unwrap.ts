import type { $ZodType } from "zod/v4/core";
import { definitionOf } from "./definition.ts";

/**
 * The schema inside a wrapper, one layer of it: what `.optional()`, `.default(…)` and the like are called on, what a `z.lazy` gets, and
 * of a pipe (a transform, a codec) the side that is asked for. Undefined for a schema that is no wrapper.
 *
 * Shape:  of `z.string().transform(Number).optional()` first the pipe, then `"in"` the string and `"out"` the transform.
 */
export function unwrap(schema: $ZodType, side: "in" | "out"): $ZodType | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
    case "nonoptional":
      return definition.innerType;
    case "success":
      return side === "in" ? definition.innerType : undefined; // what it gives is whether the schema inside fits
    case "lazy":
      return definition.getter();
    case "pipe":
      return definition[side];
    default:
      return undefined;
  }
}
