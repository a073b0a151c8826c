import type { Problem } from "@madeleine/di";
import { MAX_SCHEMAS, schemaParts } from "@madeleine/http";
import type { $ZodCheck, $ZodType } from "zod/v4/core";
import type { InputSource } from "../parameters/source.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** A defined cookie is read and written at once: a check that is written as asynchronous would be a 500 for every request. */
export function checkCookieSchema(
  { definition, label: cookie }: InputSource,
  { label, place }: RouteDefinition,
): readonly Problem[] {
  if (definition === undefined || !isAsynchronous(definition.schema, new Set())) return [];
  return [
    {
      code: "UNREADABLE_SCHEMA",
      what: `${cookie} of ${label}: the schema of its definition has an asynchronous check, and cookies are read at once.`,
      where: place?.toString(),
      mend: "check the value in a dependency that needs the cookie: dependency({ value: Cookie(…) }, async ({ value }) => …)",
    },
  ];
}

/** Only of what is written with `async`: a function that returns a promise is told when it is called. */
function isAsynchronous(schema: $ZodType, seen: Set<$ZodType>): boolean {
  if (seen.has(schema) || seen.size === MAX_SCHEMAS) return false;
  seen.add(schema);
  const { checks = [] }: { checks?: readonly $ZodCheck<never>[] | undefined } = schema._zod.def;
  const definitions = [schema, ...checks].map(({ _zod: { def } }) => def as Functions); // those that a kind does not have are undefined
  if (definitions.some(hasAsyncFunction)) return true;
  return schemaParts(schema).some((part) => isAsynchronous(part, seen));
}

function hasAsyncFunction({ fn, transform, reverseTransform }: Functions): boolean {
  return [fn, transform, reverseTransform].some((one) => Object.prototype.toString.call(one) === "[object AsyncFunction]");
}

/** Where a definition of zod's holds the author's functions. */
interface Functions {
  readonly fn?: unknown;
  readonly transform?: unknown;
  readonly reverseTransform?: unknown;
}
