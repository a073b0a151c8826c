import { config, type $ZodIssue, type $ZodRawIssue } from "zod/v4/core";

/**
 * The message that the schema's author wrote for an issue, or undefined where it is zod's own.
 *
 * zod keeps no trace of where a message came from, so zod is asked for its own words again. `zod/mini` without a locale
 * has only "Invalid input".
 */
export function authorWords(issue: $ZodIssue, value: unknown): string | undefined {
  const own = config().localeError?.({ ...issue, input: value } as $ZodRawIssue); // a raw issue is an issue with its input
  const ownWords = typeof own === "string" ? own : own?.message;
  if (issue.message === "" || issue.message === "Invalid input") return undefined;
  return withoutReceived(issue.message) === withoutReceived(ownWords ?? "") ? undefined : issue.message;
}

/** What was received, zod knows better than we do behind a transform; it is no part of the comparison. */
function withoutReceived(words: string): string {
  const end = words.indexOf(", received ");
  return end === -1 ? words : words.slice(0, end);
}
