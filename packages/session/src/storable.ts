import { definitionOf } from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";

/**
 * Why what a schema describes cannot be stored as JSON and read back, or undefined where it can: the first part that could not, be it
 * optional, so that it is told where the session is defined, and not at the first write.
 *
 * Shape: `z.object({ seen: z.date().optional() })` gives "$.seen is a date, … mend: …". What a codec makes of JSON is no part of it.
 */
export function unstorable(schema: $ZodType): string | undefined {
  return find(schema, { path: "$", entered: new Set() });
}

interface Walk {
  readonly path: string;
  readonly entered: ReadonlySet<$ZodType>;
}

type Definition = ReturnType<typeof definitionOf>;

function find(schema: $ZodType, { path, entered }: Walk): string | undefined {
  if (entered.has(schema) || entered.size > MAX_DEPTH) return undefined; // recursive
  const definition = definitionOf(schema);
  const [kind, mend] = KINDS[definition.type] ?? [];
  const isCoerced = definition.type === "date" && definition.coerce === true; // it takes the text that JSON makes of it
  if (kind !== undefined && !isCoerced) return `${path} is ${kind}, which JSON would not give back. mend: ${mend}`;
  const inside = new Set([...entered, schema]);
  for (const [key, part] of partsOf(definition)) {
    const found = find(part, { path: path + key, entered: inside });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The parts that are stored; `key` is what a path calls them. */
function partsOf(definition: Definition): readonly (readonly [key: string, part: $ZodType])[] {
  switch (definition.type) {
    case "object":
      return [...Object.entries(definition.shape).map(([key, part]) => [`.${key}`, part] as const), ...rest(definition.catchall)];
    case "array":
      return [["[]", definition.element]];
    case "tuple":
      return [...definition.items.map((part, index) => [`[${index}]`, part] as const), ...rest(definition.rest)];
    case "record":
      return [["[]", definition.valueType]];
    case "union":
      return definition.options.map((part) => ["", part]);
    case "intersection":
      return [definition.left, definition.right].map((part) => ["", part]);
    case "pipe":
      return [["", definition.in]];
    case "lazy":
      return [["", definition.getter()]];
    default:
      return "innerType" in definition ? [["", definition.innerType]] : [];
  }
}

function rest(part: $ZodType | null | undefined): readonly (readonly [key: string, part: $ZodType])[] {
  return part ? [["[]", part]] : [];
}

const MAX_DEPTH = 100; // a lazy schema may make itself anew at every level

const dateCodec =
  "z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() })";

const KINDS: { readonly [Kind in Definition["type"]]?: readonly [kind: string, mend: string] } = {
  date: ["a date", dateCodec],
  bigint: ["a bigint", "z.codec(z.string(), z.bigint(), { decode: (text) => BigInt(text), encode: (value) => String(value) })"],
  map: ["a Map", "z.record(…)"],
  set: ["a Set", "z.array(…)"],
  symbol: ["a symbol", "z.string()"],
  function: ["a function", "store what it gives"],
  nan: ["NaN", "z.null()"],
  promise: ["a promise", "the schema of what it gives, and await it"],
  file: ["a file", "keep it elsewhere, and its name here"],
};
