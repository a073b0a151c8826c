import { HTTPException, isJsonLines, type Request } from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";
import { RequestValidationError, type Problem } from "../validation/index.ts";
import { compileJsonCheck } from "./json-check.ts";

/** The checked values of a body of JSON lines. Errors: HTTPException 415 at once; the others where the loop comes to them. */
export function readJsonLines(request: Request, schema: $ZodType): AsyncIterable<unknown> {
  if (request.body.isPresent && !isJsonLines(request.headers.get("content-type")))
    throw new HTTPException(415, "Expected a body of type application/jsonl", {
      accept: "application/jsonl, application/x-ndjson",
    });
  return checkEach(request.jsonLines(), schema);
}

async function* checkEach(lines: AsyncIterable<unknown>, schema: $ZodType): AsyncGenerator<unknown> {
  const loc: (string | number)[] = ["body", 0];
  const check = compileJsonCheck({ schema, slot: 0, loc, exposeInput: false });
  let line = 0;
  for await (const value of lines) {
    loc[1] = line++;
    const [values, problems]: [unknown[], Problem[]] = [[], []];
    await check(value, undefined, values, problems);
    if (problems.length > 0) throw new RequestValidationError(problems, value);
    yield values[0];
  }
}
