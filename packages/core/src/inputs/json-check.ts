import { definitionOf, MAX_SCHEMAS, schemaParts, unwrap } from "@madeleine/http";
import type { $ZodRawIssue, $ZodType } from "zod/v4/core";
import { MAX_PROBLEMS, toProblems, type Problem } from "../validation/index.ts";
import { compileCheck, type Check, type CheckedPlace } from "./check.ts";

type Path = readonly (string | number)[];

/**
 * The check of a value that came as JSON, which has numbers that no double can hold: `1e400` is Infinity once it is parsed. `z.number()`
 * refuses it; here `z.unknown()` and whatever else takes anything do, too. No JSON can say it, so that a handler that gives such a
 * value back would fail, where the mistake is the client's (JB-05).
 *
 * What is not handed on, or was made something else, is nobody's mistake.
 *
 * Cost: nothing for a schema without a part that takes anything; else a walk over the value, a sixth of the time of parsing it.
 */
export function compileJsonCheck(place: CheckedPlace): Check {
  const check = compileCheck(place);
  if (!takesAnything(place.schema)) return check;
  const refuse = (value: unknown, values: readonly unknown[], problems: Problem[]): void => {
    if (hasInfinite(value)) problems.push(...describe(infiniteIn(value, values[place.slot]), value, place));
  };
  return (value, received, values, problems) => {
    const checking = check(value, received, values, problems);
    if (checking !== undefined) return checking.then(() => refuse(value, values, problems));
    refuse(value, values, problems);
  };
}

/** Whether a part of the schema asks nothing of what it is given. A transform asks nothing itself: what is before it does. */
function takesAnything(schema: $ZodType, entered = new Set<$ZodType>()): boolean {
  if (entered.has(schema)) return false; // a recursive schema is what the rest of it is
  if (entered.size === MAX_SCHEMAS || asksNothing(schema)) return true;
  entered.add(schema);
  const first = unwrap(schema, "in");
  return (first === undefined ? schemaParts(schema) : [first]).some((part) => takesAnything(part, entered));
}

/** A loose record passes on what stands under keys that it does not take. */
function asksNothing(schema: $ZodType): boolean {
  const definition = definitionOf(schema);
  return ASKS_NOTHING.has(definition.type) || (definition.type === "record" && definition.mode === "loose");
}

const ASKS_NOTHING: ReadonlySet<string> = new Set(["any", "unknown", "custom", "transform"]);

/** Recursion is safe: how deep JSON may be was settled when it was parsed. */
function hasInfinite(value: unknown): boolean {
  if (!isNested(value)) return isInfinite(value);
  if (Array.isArray(value)) {
    for (const member of value) if (hasInfinite(member)) return true;
    return false;
  }
  for (const key in value) if (hasInfinite((value as Record<string, unknown>)[key])) return true; // plain JSON: it inherits no keys
  return false;
}

/** Where a value has one that stands at the same place in what became of the value. */
function infiniteIn(value: unknown, checked: unknown, path: Path = [], found: Path[] = []): readonly Path[] {
  if (isInfinite(value) && value === checked) found.push(path);
  if (!isNested(value) || !isNested(checked)) return found;
  for (const key of Object.keys(value)) {
    if (found.length === MAX_PROBLEMS) return found;
    const member = (value as Record<string, unknown>)[key];
    if (!isNested(member) && !isInfinite(member)) continue;
    const place = Array.isArray(value) ? Number(key) : key;
    infiniteIn(member, (checked as Record<string, unknown>)[key], [...path, place], found);
  }
  return found;
}

/** In the words that `z.number()` has for it. */
function describe(paths: readonly Path[], value: unknown, place: CheckedPlace): Problem[] {
  const issues = paths.map((path): $ZodRawIssue => ({
    code: "invalid_type",
    expected: "number",
    path: [...path],
    input: Infinity,
  }));
  return toProblems(issues, { ...place, value });
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isInfinite(value: unknown): boolean {
  return value === Infinity || value === -Infinity;
}
