import type { $ZodCheck, $ZodChecks, $ZodType, $ZodTypes } from "zod/v4/core";

/** Whether a schema surely takes a value as it is. False is a doubt, which the schema itself settles: it has the words, too. */
export type PlainCheck = (value: unknown) => boolean;

/**
 * The check of a schema that asks no more than most parameters are asked: a text of some length or pattern, a number in a range, a
 * boolean, one of some values. An absent value is always in doubt. Undefined for a schema that asks for anything else.
 *
 * Cost: 5 ns, where the schema itself takes 50 to 100 and allocates.
 */
export function compilePlainCheck(schema: $ZodType): PlainCheck | undefined {
  const definition = schema._zod.def as $ZodTypes["_zod"]["def"]; // every schema of zod 4 is one of $ZodTypes
  const { checks = [] } = definition;
  if ("coerce" in definition && definition.coerce === true) return undefined;
  if (definition.type === "string") return "format" in definition ? undefined : checkText(checks);
  // What z.int() asks for, it says of itself.
  if (definition.type === "number")
    return checkNumber("check" in definition ? [schema as unknown as AnyCheck, ...checks] : checks);
  return checks.length > 0 ? undefined : checkOther(schema, definition);
}

type AnyCheck = $ZodCheck<never>;

function checkText(checks: readonly AnyCheck[]): PlainCheck | undefined {
  let least = 0;
  let most = Infinity;
  let pattern: RegExp | undefined;
  for (const check of checks) {
    const asked = definitionOf(check);
    if (asked.check === "min_length") least = Math.max(least, 2 * asked.minimum - 1); // zod counts characters: one has up to two units
    else if (asked.check === "max_length") most = Math.min(most, asked.maximum);
    else if (asked.check === "string_format" && asked.format === "regex" && pattern === undefined) pattern = asked.pattern;
    else return undefined;
  }
  if (pattern?.global === true || pattern?.sticky === true) return undefined; // it remembers where it was
  return (value) =>
    typeof value === "string" && value.length >= least && value.length <= most && (pattern === undefined || pattern.test(value));
}

function checkNumber(checks: readonly AnyCheck[]): PlainCheck | undefined {
  let [least, above, most, below] = [-Infinity, -Infinity, Infinity, Infinity];
  let isKind: (value: unknown) => boolean = Number.isFinite;
  for (const check of checks) {
    const asked = definitionOf(check);
    if (asked.check === "number_format" && asked.format === "safeint") isKind = Number.isSafeInteger;
    else if (asked.check === "greater_than" && asked.inclusive) least = Math.max(least, Number(asked.value));
    else if (asked.check === "greater_than") above = Math.max(above, Number(asked.value));
    else if (asked.check === "less_than" && asked.inclusive) most = Math.min(most, Number(asked.value));
    else if (asked.check === "less_than") below = Math.min(below, Number(asked.value));
    else return undefined;
  }
  return (value) =>
    isKind(value) &&
    (value as number) >= least &&
    (value as number) > above &&
    (value as number) <= most &&
    (value as number) < below;
}

function checkOther(schema: $ZodType, definition: $ZodTypes["_zod"]["def"]): PlainCheck | undefined {
  switch (definition.type) {
    case "boolean":
      return (value) => typeof value === "boolean";
    case "enum":
    case "literal": {
      const values: ReadonlySet<unknown> = schema._zod.values ?? new Set();
      return (value) => values.has(value);
    }
    case "optional":
    case "nullable":
    case "default": {
      const inner = compilePlainCheck(definition.innerType);
      return inner && ((value) => value !== undefined && inner(value));
    }
    default:
      return undefined;
  }
}

function definitionOf(check: AnyCheck): $ZodChecks["_zod"]["def"] {
  return check._zod.def as $ZodChecks["_zod"]["def"]; // every check of zod 4 is one of $ZodChecks
}
