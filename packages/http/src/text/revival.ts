import type { $ZodType } from "zod/v4/core";
import { decodeDate } from "./date.ts";
import { accepts, type Definition, definitionOf } from "./definition.ts";
import { decodeBigInt } from "./number.ts";
import { unwrap } from "./unwrap.ts";

/** Turns a value that JSON carried into the one it was made from; what does not fit is left for the schema to refuse. */
export type Revival = (value: unknown) => unknown;

/**
 * The inverse of writing a schema's input as JSON: dates and bigints are texts there, sets and maps are lists.
 *
 * Shape:  for `z.object({ seen: z.set(z.date()) })`: `{ seen: ["2024-01-31T00:00:00.000Z"] }` → `{ seen: Set { Date } }`. Numbers and booleans are
 *         themselves in JSON and are never read from text there.
 */
export function compileRevival(schema: $ZodType, known = new Map<$ZodType, Revival>()): Revival {
  const before = known.get(schema);
  if (before !== undefined) return before;
  let revive: Revival = (value) => value;
  known.set(schema, (value) => revive(value)); // a recursive schema finds itself here
  const compile: Compile = (part) => compileRevival(part, known);
  const definition = definitionOf(schema);
  const wrapped = definition.type === "lazy" ? undefined : unwrap(schema, "in");
  revive = wrapped === undefined ? reviveKind(definition, compile) : compile(wrapped);
  return revive;
}

type Compile = (schema: $ZodType) => Revival;

function reviveKind(definition: Definition, compile: Compile): Revival {
  switch (definition.type) {
    case "lazy":
      return reviveLazily(definition.getter, compile);
    case "date":
      return (value) => (typeof value === "string" ? decodeDate(value) : value);
    case "bigint":
      return (value) => (typeof value === "string" ? decodeBigInt(value) : value);
    case "literal":
      return reviveLiteral(definition.values);
    case "array":
      return reviveList(compile(definition.element));
    case "tuple":
      return reviveTuple(definition.items.map(compile), definition.rest && compile(definition.rest));
    case "object":
      return reviveObject(
        new Map(Object.entries(definition.shape).map(([key, field]) => [key, compile(field)])),
        definition.catchall && compile(definition.catchall),
      );
    case "record":
      return reviveObject(new Map(), compile(definition.valueType));
    case "set":
      return reviveSet(compile(definition.valueType));
    case "map":
      return reviveMap(compile(definition.keyType), compile(definition.valueType));
    case "union":
      return reviveUnion(definition.options, definition.options.map(compile));
    case "intersection":
      return reviveBoth(compile(definition.left), compile(definition.right));
    default:
      return (value) => value;
  }
}

function reviveLiteral(values: readonly unknown[]): Revival {
  const texts = new Set(values);
  const bigints = new Map(values.filter((value) => typeof value === "bigint").map((value) => [String(value), value]));
  return (value) => (typeof value === "string" && !texts.has(value) ? (bigints.get(value) ?? value) : value);
}

/** Compiled on its first use, so that a schema which makes itself anew at every level ends with the value. */
function reviveLazily(getter: () => $ZodType, compile: Compile): Revival {
  let revive: Revival | undefined;
  return (value) => (revive ??= compile(getter()))(value);
}

function reviveList(element: Revival): Revival {
  return (value) => (Array.isArray(value) ? value.map(element) : value);
}

function reviveTuple(items: readonly Revival[], rest: Revival | null): Revival {
  return (value) =>
    Array.isArray(value) ? value.map((item: unknown, position) => (items[position] ?? rest)?.(item) ?? item) : value;
}

function reviveSet(element: Revival): Revival {
  return (value) => (Array.isArray(value) ? new Set(value.map(element)) : value);
}

function reviveMap(key: Revival, element: Revival): Revival {
  return (value) => {
    if (!Array.isArray(value) || !value.every((pair) => Array.isArray(pair) && pair.length === 2)) return value;
    return new Map(value.map((pair: [unknown, unknown]) => [key(pair[0]), element(pair[1])])); // `every` has just checked the pairs
  };
}

function reviveObject(fields: ReadonlyMap<string, Revival>, extra: Revival | undefined): Revival {
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(([key, item]) => [key, (fields.get(key) ?? extra)?.(item) ?? item] as const);
    return Object.fromEntries(entries); // defines `__proto__` as a key of its own, and pollutes nothing
  };
}

function reviveUnion(schemas: readonly $ZodType[], members: readonly Revival[]): Revival {
  return (value) => {
    for (const [position, revive] of members.entries()) {
      const revived = revive(value);
      if (accepts(schemas[position]!, revived)) return revived; // both lists come from the same options
    }
    return value;
  };
}

/** An intersection is read twice, once by each side; a field that both know is a field of the same kind. */
function reviveBoth(left: Revival, right: Revival): Revival {
  return (value) => right(left(value));
}
