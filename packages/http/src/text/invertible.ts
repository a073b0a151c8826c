import type { $ZodType } from "zod/v4/core";
import { definitionOf } from "./definition.ts";
import { MAX_SCHEMAS, schemaParts } from "./schema-parts.ts";

/**
 * Why values of this schema cannot be written as text, or undefined when they can.
 *
 * Shape:  `z.string().transform(Number)` gives "it has a transform, which works in one direction only; use z.codec(…)".
 */
export function invertible(schema: $ZodType): string | undefined {
  return reasonIn(schema, true, new Set());
}

/** `written`: what this schema takes is what the text carries, and not what a codec makes of it. */
function reasonIn(schema: $ZodType, written: boolean, entered: Set<$ZodType>): string | undefined {
  if (entered.has(schema) || entered.size === MAX_SCHEMAS) return undefined;
  entered.add(schema);
  const reason = oneWay(schema) ?? (written ? withoutText(schema) : undefined);
  if (reason !== undefined) return reason;
  const definition = definitionOf(schema);
  if (definition.type !== "pipe") return firstOf(schemaParts(schema), (part) => reasonIn(part, written, entered));
  return reasonIn(definition.in, written, entered) ?? reasonIn(definition.out, false, entered);
}

function oneWay(schema: $ZodType): string | undefined {
  const { type } = definitionOf(schema);
  if (type === "transform") return "it has a transform, which works in one direction only; use z.codec(…) with both directions";
  if (type === "success") return "z.success() forgets the value; use the schema inside it";
  return undefined;
}

function withoutText(schema: $ZodType): string | undefined {
  const { type } = definitionOf(schema);
  if (WITHOUT_TEXT.has(type)) return `a ${type} has no text; use z.codec(…) from z.string() to it`;
  const made: unknown = schema._zod.bag["Class"];
  return made === undefined ? undefined : "an instance of a class has no text; use z.codec(…) from z.string() to it";
}

const WITHOUT_TEXT: ReadonlySet<string> = new Set(["file", "function", "promise", "symbol"]);

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
