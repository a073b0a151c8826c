import type { $ZodCustom, $ZodType } from "zod/v4/core";
import { decodeBoolean } from "./boolean.ts";
import { decodeDate } from "./date.ts";
import { accepts, type Definition, definitionOf, isIntegerSchema } from "./definition.ts";
import { compileJson, compileJsonNullable } from "./json.ts";
import { compileList, compileSet, compileTuple } from "./list.ts";
import { decodeBigInt, decodeInteger, decodeNumber } from "./number.ts";
import { type CompiledText, PLAIN, scalar } from "./scalar.ts";
import { TextSchemaError } from "./schema-error.ts";
import { compileUnion } from "./union.ts";
import { unwrap } from "./unwrap.ts";
import { compileValues } from "./values.ts";

export interface TextOptions {
  /** Objects, records and lists are one JSON text, as in a cookie, and not refused or repeated keys. */
  readonly json?: boolean;
}

/**
 * How the text of a path, query, header, cookie or form becomes what a schema takes. The schema still runs afterwards: what
 * cannot be decoded is handed on as text, so that the schema refuses it and says why.
 *
 * Shape:  `z.number().int()` gives `"5.0"` → `5`, `"five"` → `"five"`; `z.array(z.boolean())` gives `["yes", "0"]` → `[true, false]`.
 *         An absent value stays `undefined`. A list given where one text is expected counts by its last text, so that a
 *         client can never make a list out of a scalar (QS-02).
 * Source: pydantic's conversion of text, in the places where attacks.md does not say otherwise. A preprocess or transform
 *         without an input schema, `z.any()`, `z.unknown()` and `z.custom()` receive the text. A coerced schema receives the decoded
 *         value, so that `z.coerce.boolean()` reads `"false"` as false; of other text it makes what JavaScript makes of it.
 * Errors: {@link TextSchemaError} for a schema that text can never satisfy.
 */
export function compileText(schema: $ZodType, options: TextOptions = {}): CompiledText {
  return compileIn({ json: options.json === true, entered: new Set() }, schema);
}

interface Scope {
  readonly json: boolean;
  /** The lazy schemas that lead to the one being compiled. */
  readonly entered: ReadonlySet<$ZodType>;
}

function compileIn(scope: Scope, schema: $ZodType): CompiledText {
  const definition = definitionOf(schema);
  const inner = (part: $ZodType) => compileIn(scope, part);
  switch (definition.type) {
    case "number":
      return isIntegerSchema(schema) ? INTEGER : NUMBER;
    case "nullable":
      return scope.json ? compileJsonNullable(definition.innerType, inner(definition.innerType)) : inner(definition.innerType);
    case "lazy":
      return compileLazy(scope, schema, definition.getter);
    case "enum":
    case "literal":
      return compileValues([...(schema._zod.values ?? [])]);
    case "union":
      return compileUnion(definition.options, inner);
    case "intersection":
      return compileIntersection(scope, schema, [definition.left, definition.right]);
    case "custom":
      return compileCustom(schema as $ZodCustom); // `type` has just said so
    default:
      return KINDS[definition.type] ?? compileWrapped(scope, schema) ?? compileStructure(scope, schema, definition);
  }
}

const INTEGER = scalar(decodeInteger);
const NUMBER = scalar(decodeNumber);

const KINDS: { readonly [Kind in Definition["type"]]?: CompiledText } = {
  string: PLAIN,
  template_literal: PLAIN,
  any: PLAIN,
  unknown: PLAIN,
  transform: PLAIN,
  boolean: scalar(decodeBoolean),
  bigint: scalar(decodeBigInt),
  date: scalar(decodeDate),
  null: scalar((text) => (text === "null" ? null : text)),
};

/** By its input side, where its text comes from. */
function compileWrapped(scope: Scope, schema: $ZodType): CompiledText | undefined {
  const wrapped = unwrap(schema, "in");
  return wrapped && compileIn(scope, wrapped);
}

/** A schema that comes back to itself without a list or an object in between can read no text that the outer one did not. */
function compileLazy(scope: Scope, schema: $ZodType, getter: () => $ZodType): CompiledText {
  if (scope.entered.has(schema)) return PLAIN;
  return compileIn({ ...scope, entered: new Set([...scope.entered, schema]) }, getter());
}

/** Both sides take the same text: the side that accepts what it decoded decides, and JSON only where no side takes it as it is. */
function compileIntersection(scope: Scope, schema: $ZodType, sides: readonly $ZodType[]): CompiledText {
  const bySide = compileUnion(sides, (side) => compileIn(scope, side));
  if (!scope.json) return bySide;
  const asJson = compileJson(schema);
  return scalar((text) => {
    const value = bySide.decode(text);
    return accepts(schema, value) ? value : asJson.decode(text);
  });
}

function compileCustom(schema: $ZodCustom): CompiledText {
  const made = schema._zod.bag.Class;
  if (made === undefined) return PLAIN;
  throw new TextSchemaError(
    `text is never an instance of ${made.name}`,
    "use a codec from z.string() to it, or a dependency that makes it",
  );
}

function compileStructure(scope: Scope, schema: $ZodType, definition: Definition): CompiledText {
  const inner = (part: $ZodType) => compileIn(scope, part);
  switch (definition.type) {
    case "array":
      return scope.json ? compileJson(schema) : compileList(inner(definition.element));
    case "set":
      return scope.json ? compileJson(schema) : compileSet(inner(definition.valueType));
    case "tuple":
      return scope.json
        ? compileJson(schema)
        : compileTuple(definition.items.map(inner), definition.rest && inner(definition.rest));
    case "object":
    case "record":
    case "map":
      if (scope.json) return compileJson(schema);
      throw new TextSchemaError(
        `one text is never ${definition.type === "object" ? "an" : "a"} ${definition.type}`,
        MEND_STRUCTURE,
      );
    case "file":
      throw new TextSchemaError("text is never a file", "use Upload() for it");
    default:
      throw new TextSchemaError(
        `text never satisfies z.${definition.type}()`,
        "use the schema of the value that the text stands for",
      );
  }
}

const MEND_STRUCTURE = "leave out the name, which binds an object schema to the whole source, or use a schema of one value";
