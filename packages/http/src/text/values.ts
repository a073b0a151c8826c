import { decodeBoolean } from "./boolean.ts";
import { decodeBigInt, decodeNumber } from "./number.ts";
import { type CompiledText, scalar } from "./scalar.ts";
import { TextSchemaError } from "./schema-error.ts";

/**
 * The decoder for the values of an enum or a literal.
 *
 * Shape:  of `["a", 1, true, null]`: `"a"` → `"a"`, `"1"` and `"1.0"` → `1`, `"yes"` → `true`, `"null"` → `null`, `"b"` → `"b"`. Where two values share
 *         a text, as `"1"` and `1` do, the text is meant.
 * Errors: {@link TextSchemaError} where only `undefined` or a symbol is allowed.
 */
export function compileValues(values: readonly unknown[]): CompiledText {
  const allowed = new Set(values.filter((value) => value !== undefined && typeof value !== "symbol"));
  if (allowed.size === 0) throw new TextSchemaError("text is never undefined", "use the schema of the value, with .optional()");
  const byText = new Map([...allowed].map((value) => [String(value), value] as const));
  for (const value of allowed) if (typeof value === "string") byText.set(value, value);
  const readers = [...new Set([...allowed].flatMap((value) => READERS[typeof value] ?? []))];
  return scalar((text) => byText.get(text) ?? readAllowed(text, allowed, readers, byText));
}

type Reader = (text: string) => unknown;

/** Other spellings of the values that are no text: `+1`, `1.0`, `yes`. */
const READERS: Readonly<Record<string, Reader>> = { number: decodeNumber, boolean: decodeBoolean, bigint: decodeBigInt };

function readAllowed(
  text: string,
  allowed: ReadonlySet<unknown>,
  readers: readonly Reader[],
  byText: ReadonlyMap<string, unknown>,
): unknown {
  if (byText.has(text)) return null; // the one value that `??` passes over
  for (const read of readers) {
    const value = read(text);
    if (allowed.has(value)) return value;
  }
  return text;
}
