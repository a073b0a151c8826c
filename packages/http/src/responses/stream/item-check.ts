import { safeParse, safeParseAsync, type $ZodIssue, type $ZodType } from "zod/v4/core";
import { isUnawaited } from "../../text/index.ts";

/** An item of a stream that does not fit the schema of its route: the server's mistake, with the path inside the item. */
export class StreamItemError extends Error {
  override readonly name = "StreamItemError";
  /** Which one, the first being 0. */
  readonly index: number;
  readonly issues: readonly $ZodIssue[];

  constructor(index: number, issues: readonly $ZodIssue[]) {
    super(`Item ${index} of the stream does not fit its schema: ${issues.map(describe).join("; ")}`);
    this.index = index;
    this.issues = issues;
  }
}

/**
 * Makes the check of one stream: it gives what the schema makes of an item, as a promise where the schema has an asynchronous check.
 *
 * Errors: StreamItemError.
 */
export function itemCheck(schema: $ZodType): (item: unknown) => unknown {
  let index = 0;
  let isAsync = false;
  const accept = (at: number, result: ReturnType<typeof safeParse>): unknown => {
    if (!result.success) throw new StreamItemError(at, result.error.issues);
    return result.data;
  };
  const checkLater = async (at: number, item: unknown): Promise<unknown> => accept(at, await safeParseAsync(schema, item));
  return (item) => {
    const at = index++;
    if (isAsync) return checkLater(at, item);
    try {
      return accept(at, safeParse(schema, item));
    } catch (error) {
      if (!isUnawaited(error)) throw error;
      isAsync = true; // throwing for each item would cost more than the check
      return checkLater(at, item);
    }
  };
}

/** Shape: `"$.items[3].owner: Invalid input: expected string, received undefined"`. */
function describe(issue: $ZodIssue): string {
  const path = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return `$${path}: ${issue.message}`;
}
