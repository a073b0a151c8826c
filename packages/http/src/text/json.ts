import type { $ZodType } from "zod/v4/core";
import { accepts } from "./definition.ts";
import { compileRevival } from "./revival.ts";
import { type CompiledText, scalar } from "./scalar.ts";

/**
 * An object, record, list, set or map that is written as one JSON text, as in a cookie.
 *
 * Shape:  `{"items":["a"],"since":"2024-01-31T00:00:00.000Z"}` → `{ items: ["a"], since: Date }` where the schema says `z.date()`. Text that is
 *         no JSON, or JSON of a single value, is handed on as text. Never used for a string schema: a cookie that is
 *         declared as text stays text, whatever it looks like (CK-18).
 */
export function compileJson(schema: $ZodType): CompiledText {
  const revive = compileRevival(schema);
  return scalar((text) => {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === "object" && value !== null ? revive(value) : text;
    } catch {
      return text; // no JSON, or nested deeper than the stack
    }
  });
}

/** `null` is the JSON text `null`, unless the schema takes that word as text. */
export function compileJsonNullable(inner: $ZodType, text: CompiledText): CompiledText {
  if (accepts(inner, text.decode("null"))) return text;
  return scalar((one) => (one === "null" ? null : text.decode(one)));
}
