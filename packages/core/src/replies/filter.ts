import { $ZodAsyncError, safeParse, safeParseAsync, type $ZodType } from "zod/v4/core";
import { ResponseValidationError } from "../errors/response-validation-error.ts";
import { compileExclude, type ResponseOptions } from "./response-options.ts";

/** Lets through what a schema names. */
export type Filter = <Result>(value: unknown, use: (filtered: unknown) => Result) => Result | Promise<Result>;

/** The filter of a schema. Errors: ResponseValidationError, which the client hears of as a bare 500. */
export function compileFilter(schema: $ZodType, options?: ResponseOptions): Filter {
  const exclude = compileExclude(options, schema);
  const finish = exclude === undefined ? accept : (result: Parsed, value: unknown) => exclude(accept(result), value);
  return (value, use) => {
    try {
      return use(finish(safeParse(schema, value), value));
    } catch (error) {
      if (!(error instanceof $ZodAsyncError)) throw error;
      return safeParseAsync(schema, value).then((result) => use(finish(result, value)));
    }
  };
}

type Parsed = ReturnType<typeof safeParse>;

function accept(result: Parsed): unknown {
  if (!result.success) throw new ResponseValidationError(result.error.issues);
  return result.data;
}
