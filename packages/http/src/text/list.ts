import { type CompiledText, PLAIN } from "./scalar.ts";
import { TextSchemaError } from "./schema-error.ts";

/**
 * A list: every text of the name is one element.
 *
 * Shape:  `["1", "2"]` → `[1, 2]`; `"1"` → `[1]`; `"a,b"` → `["a,b"]`, as a comma belongs to the text.
 * Errors: {@link TextSchemaError} for a list of lists.
 */
export function compileList(element: CompiledText): CompiledText {
  refuseNested(element);
  return { many: true, decode: (text) => asTexts(text)?.map((one) => element.decode(one)) };
}

/** A set: like {@link compileList}, without the order. */
export function compileSet(element: CompiledText): CompiledText {
  refuseNested(element);
  return {
    many: true,
    decode(text) {
      const texts = asTexts(text);
      return texts && new Set(texts.map((one) => element.decode(one)));
    },
  };
}

/**
 * A tuple: the texts of the name by their position. What is too much stays text, for the schema to count.
 */
export function compileTuple(items: readonly CompiledText[], rest: CompiledText | null): CompiledText {
  for (const item of items) refuseNested(item);
  if (rest !== null) refuseNested(rest);
  return {
    many: true,
    decode: (text) => asTexts(text)?.map((one, position) => (items[position] ?? rest ?? PLAIN).decode(one)),
  };
}

function asTexts(text: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof text === "string" ? [text] : text;
}

function refuseNested(element: CompiledText): void {
  if (element.many)
    throw new TextSchemaError(
      "repeated texts make one list, never a list of lists",
      "use a list of single values, or a JSON body",
    );
}
