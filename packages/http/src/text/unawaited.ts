import { $ZodAsyncError } from "zod/v4/core";

/**
 * Whether a synchronous run of a schema may have come across a promise. Of an object with an asynchronous transform, preprocess or codec zod
 * reads the promise as a result, and that is a TypeError.
 */
export function isUnawaited(error: unknown): boolean {
  return error instanceof $ZodAsyncError || error instanceof TypeError;
}
