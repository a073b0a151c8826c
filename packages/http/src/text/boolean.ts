/**
 * The boolean that a text writes, or the text itself.
 *
 * Shape:  `true 1 on yes t y` and `false 0 off no f n`, in any case; `""`, `"2"`, `" true"` and `"null"` stay text.
 * Source: pydantic's boolean words.
 */
export function decodeBoolean(text: string): boolean | string {
  if (text.length > LONGEST_WORD) return text; // no lower-casing of what a client made long
  return WORDS.get(text.toLowerCase()) ?? text;
}

const LONGEST_WORD = 5;

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...["true", "1", "on", "yes", "t", "y"].map((word) => [word, true] as const),
  ...["false", "0", "off", "no", "f", "n"].map((word) => [word, false] as const),
]);
