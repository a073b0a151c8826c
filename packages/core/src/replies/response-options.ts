import { type Definition, definitionOf, unwrap } from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";

/** What is left out of a value before it is sent, at every depth. */
export interface ResponseOptions {
  /** Fields that are null. */
  readonly excludeNull?: boolean | undefined;
  /** Fields that the handler did not give, and the schema filled in. */
  readonly excludeUnset?: boolean | undefined;
  /** Fields whose value is the schema's default. */
  readonly excludeDefaults?: boolean | undefined;
}

/** Takes out of what the schema made of `given`. */
export type Exclude = (made: unknown, given: unknown) => unknown;

/** What a route leaves out; undefined where it leaves out nothing. */
export function compileExclude(options: ResponseOptions = {}, schema: $ZodType): Exclude | undefined {
  const { excludeNull = false, excludeUnset = false, excludeDefaults = false } = options;
  if (!excludeNull && !excludeUnset && !excludeDefaults) return undefined;
  const leavesOut = (value: unknown, isGiven: boolean, field: $ZodType | undefined): boolean =>
    (excludeNull && value === null) || (excludeUnset && !isGiven) || (excludeDefaults && isDefault(value, field));

  const exclude = (made: unknown, given: unknown, at: $ZodType | undefined): unknown => {
    if (Array.isArray(made)) return made.map((item, index) => exclude(item, (given as unknown[] | null)?.[index], elementOf(at)));
    if (!isRecord(made)) return made;
    const shape = shapeOf(at);
    const source = isRecord(given) ? given : made;
    const kept: [string, unknown][] = [];
    for (const [key, value] of Object.entries(made)) {
      if (leavesOut(value, source[key] !== undefined, shape?.[key])) continue;
      kept.push([key, exclude(value, source[key], shape?.[key])]);
    }
    return Object.fromEntries(kept);
  };
  return (made, given) => exclude(made, given, schema);
}

// A Date, a URL and whatever says itself what it is as JSON stay whole.
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("toJSON" in value);
}

/** Each schema around a value, outermost first: optional, nullable, default, readonly, the output of a pipe. */
function* layersOf(schema: $ZodType | undefined): Generator<Definition> {
  const seen = new Set<$ZodType>();
  for (let at = schema; at !== undefined && !seen.has(at); at = unwrap(at, "out")) {
    seen.add(at);
    yield definitionOf(at);
  }
}

function shapeOf(schema: $ZodType | undefined): Readonly<Record<string, $ZodType>> | undefined {
  for (const definition of layersOf(schema)) if (definition.type === "object") return definition.shape;
  return undefined;
}

function elementOf(schema: $ZodType | undefined): $ZodType | undefined {
  for (const definition of layersOf(schema)) if (definition.type === "array") return definition.element;
  return undefined;
}

function isDefault(value: unknown, schema: $ZodType | undefined): boolean {
  for (const definition of layersOf(schema)) {
    if (definition.type === "default" && JSON.stringify(definition.defaultValue) === JSON.stringify(value)) return true;
  }
  return false;
}
