import type { $ZodType } from "zod/v4/core";
import { compileText, type TextOptions } from "./compile.ts";
import { definitionOf } from "./definition.ts";
import { type CompiledText, PLAIN } from "./scalar.ts";
import { TextSchemaError } from "./schema-error.ts";
import { unwrap } from "./unwrap.ts";

/** An object schema that binds a whole source: the query, the headers, the cookies, a form. */
export interface TextModel {
  readonly fields: readonly TextField[];
  /** `z.looseObject` and `.catchall(…)`: names that are no field reach the schema, decoded by `extras`. */
  readonly passesExtras: boolean;
  /** `z.strictObject`: names that are no field must reach the schema too, which refuses them one by one. */
  readonly forbidsExtras: boolean;
  readonly extras: CompiledText;
}

export interface TextField {
  readonly key: string;
  readonly text: CompiledText;
}

/**
 * The fields of an object schema, each with its decoder; undefined for a schema that is no object. Optional, default, readonly,
 * nullable, catch, pipe, lazy and intersection around objects are seen through.
 *
 * Shape:  `z.object({ limit: z.int().default(100), tags: z.array(z.string()) })` gives `limit` (one text) and `tags` (many).
 * Errors: {@link TextSchemaError} that names the field which text can never satisfy.
 */
export function compileModel(schema: $ZodType, options: TextOptions = {}): TextModel | undefined {
  const objects = objectsIn(schema, new Set());
  if (objects === undefined) return undefined;
  const fields = new Map<string, CompiledText>();
  for (const { shape } of objects) {
    for (const [key, field] of Object.entries(shape)) if (!fields.has(key)) fields.set(key, compileField(key, field, options));
  }
  const catchalls = objects.flatMap(({ catchall }) => catchall ?? []);
  const open = catchalls.find((catchall) => !isNever(catchall));
  return {
    fields: [...fields].map(([key, text]) => ({ key, text })),
    passesExtras: open !== undefined,
    forbidsExtras: catchalls.some(isNever),
    extras: open === undefined ? PLAIN : compileText(open, options),
  };
}

/** Whether a schema without a name binds the whole source. */
export function isModel(schema: $ZodType): boolean {
  return objectsIn(schema, new Set()) !== undefined;
}

interface ObjectParts {
  readonly shape: Readonly<Record<string, $ZodType>>;
  readonly catchall?: $ZodType | undefined;
}

function objectsIn(schema: $ZodType, entered: Set<$ZodType>): ObjectParts[] | undefined {
  if (entered.has(schema)) return undefined; // a lazy schema that is only itself
  entered.add(schema);
  const definition = definitionOf(schema);
  if (definition.type === "object") return [definition];
  if (definition.type === "intersection") {
    const [left, right] = [objectsIn(definition.left, entered), objectsIn(definition.right, entered)];
    return left && right && [...left, ...right];
  }
  const wrapped = unwrap(schema, "in");
  return wrapped && objectsIn(wrapped, entered);
}

function compileField(key: string, schema: $ZodType, options: TextOptions): CompiledText {
  try {
    return compileText(schema, options);
  } catch (error) {
    if (!(error instanceof TextSchemaError)) throw error;
    throw new TextSchemaError(`the field ${JSON.stringify(key)}: ${error.what}`, error.mend);
  }
}

function isNever(schema: $ZodType): boolean {
  return definitionOf(schema).type === "never";
}
