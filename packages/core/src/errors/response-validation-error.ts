import type { $ZodIssue } from "zod/v4/core";

/** A returned value that its route's response schema refuses: the server's mistake. Logged with the path inside the value; the client gets a bare 500. */
export class ResponseValidationError extends Error {
  override readonly name = "ResponseValidationError";

  constructor(readonly issues: readonly $ZodIssue[]) {
    super(`the returned value does not fit the response schema: ${issues.map(describe).join("; ")}`);
  }
}

/** Shape: `"$.items[3].owner: Invalid input: expected string, received undefined"`. */
function describe(issue: $ZodIssue): string {
  const path = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return `$${path}: ${issue.message}`;
}
