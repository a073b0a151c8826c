const MIN_CHARACTERS = 32;
const MIN_DIFFERENT = 8;
// long enough that a random text does not hold one by chance
const PLACEHOLDERS =
  /change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|this)|placeholder|password|passw0rd|insecure|example|your[-_ ]|[-_ ]secret|secret[-_ ]|^secret/i;

/**
 * Why a secret could be guessed, as the end of a sentence that begins with it; undefined for one that looks random.
 *
 * Shape: `"changeme"` gives `"is shorter than 32 characters"`. The secret itself is never part of it.
 */
export function findWeakness(secret: unknown): string | undefined {
  if (typeof secret !== "string") return `is no text but of type ${typeof secret}: is its environment variable set?`;
  if (PLACEHOLDERS.test(secret)) return "is a placeholder that everybody knows";
  if (secret.length < MIN_CHARACTERS) return `is shorter than ${MIN_CHARACTERS} characters`;
  if (new Set(secret).size < MIN_DIFFERENT) return `has fewer than ${MIN_DIFFERENT} different characters`;
  if (isRepeated(secret)) return "repeats itself";
  return undefined;
}

/** A text is a repetition exactly where it occurs in itself doubled, before its own length. */
function isRepeated(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}
