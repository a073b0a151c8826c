import { MAX_SCHEMAS, definitionOf } from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";

/** A part of a schema that JSON has no way to write. */
export interface BeyondJson {
  /** Shape: `"$.items[].at"`. */
  readonly path: string;
  /** Shape: `"a date"`. */
  readonly kind: string;
  readonly mend: string;
}

/**
 * The first part of a schema that no JSON body satisfies: a required date, a bigint, a Map. What may be absent, null or another member of a
 * union is passed over, and so is what is coerced or what a transform makes.
 */
export function beyondJsonIn(schema: $ZodType): BeyondJson | undefined {
  return find(schema, { path: "$", sends: false, entered: new Set(), budget: { schemas: MAX_SCHEMAS } });
}

/** The first part of a schema whose values JSON would lose: a Set, a bigint, optional or not. A date is written as text. */
export function beyondJsonOut(schema: $ZodType): BeyondJson | undefined {
  return find(schema, { path: "$", sends: true, entered: new Set(), budget: { schemas: MAX_SCHEMAS } });
}

interface Walk {
  readonly path: string;
  readonly sends: boolean;
  readonly entered: ReadonlySet<$ZodType>;
  /** How many more schemas are looked at. */
  readonly budget: { schemas: number };
}

type Definition = ReturnType<typeof definitionOf>;

function find(schema: $ZodType, walk: Walk): BeyondJson | undefined {
  if (walk.entered.has(schema) || walk.budget.schemas-- <= 0) return undefined; // a recursive schema
  const inside = { ...walk, entered: new Set([...walk.entered, schema]) };
  const definition = definitionOf(schema);
  const own = beyond(schema, definition, walk);
  return own ?? findFirst(partsOf(definition, inside.sends), inside) ?? findInUnion(definition, inside);
}

/** The parts that are met with every value; `key` is what a path calls them. */
function partsOf(definition: Definition, sends: boolean): readonly (readonly [key: string, part: $ZodType])[] {
  switch (definition.type) {
    case "object":
      return Object.entries(definition.shape).map(([key, part]) => [`.${key}`, part]);
    case "array":
      return [["[]", definition.element]];
    case "tuple":
      return definition.items.map((part, index) => [`[${index}]`, part]);
    case "record":
      return [["[]", definition.valueType]];
    case "intersection":
      return [definition.left, definition.right].map((part) => ["", part]);
    case "pipe":
      return [["", sends ? definition.out : definition.in]];
    case "lazy":
      return [["", definition.getter()]];
    case "readonly":
    case "nonoptional":
      return [["", definition.innerType]];
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "catch":
      return sends ? [["", definition.innerType]] : [];
    default:
      return [];
  }
}

function findFirst(parts: readonly (readonly [string, $ZodType])[], walk: Walk): BeyondJson | undefined {
  for (const [key, part] of parts) {
    const found = find(part, { ...walk, path: `${walk.path}${key}` });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One member that JSON can write is enough to be sent; each that it cannot may be what is answered. */
function findInUnion(definition: Definition, walk: Walk): BeyondJson | undefined {
  if (definition.type !== "union") return undefined;
  const found = definition.options.map((option) => find(option, walk));
  return walk.sends || found.every((one) => one !== undefined) ? found.find((one) => one !== undefined) : undefined;
}

function beyond(schema: $ZodType, definition: Definition, { path, sends }: Walk): BeyondJson | undefined {
  const [kind, asked, answered] = KINDS[definition.type] ?? [];
  const isCarried = sends ? definition.type === "date" : "coerce" in definition && definition.coerce === true;
  if (kind !== undefined && !isCarried) return { path, kind, mend: (sends ? answered : asked) ?? "" };
  const made = sends ? undefined : (schema._zod.bag as { Class?: { name: string } }).Class;
  if (made === undefined) return undefined;
  return { path, kind: `an instance of ${made.name}`, mend: "z.object({ … }), and make the instance of it in the handler" };
}

const KINDS: { readonly [Kind in Definition["type"]]?: readonly [kind: string, asked: string, answered: string] } = {
  date: ["a date", "z.iso.datetime(), or a codec from it to z.date()", ""],
  bigint: ["a bigint", "z.int(), or a codec from z.string() to z.bigint()", "z.string(), and String(value)"],
  map: ["a Map", "z.record(…)", "z.record(…), and Object.fromEntries(map)"],
  set: ["a Set", "z.array(…)", "z.array(…), and [...set]"],
  symbol: ["a symbol", "z.string()", "z.string()"],
  function: ["a function", "leave it out", "leave it out"],
  nan: ["NaN", "z.null()", "z.null()"],
  promise: ["a promise", "the schema of what it gives", "the schema of what it gives, and await it"],
  file: ["a file", "Upload() for it", "new FileResponse(path)"],
};
