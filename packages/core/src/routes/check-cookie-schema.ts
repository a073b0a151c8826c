import type { Problem } from "@madeleine/di";
import type { $ZodType } from "zod/v4/core";
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

/** The parts of a zod definition that hold functions or schemas. */
interface Parts {
  readonly fn?: unknown;
  readonly transform?: unknown;
  readonly reverseTransform?: unknown;
  readonly checks?: readonly { readonly _zod: { readonly def: Parts } }[];
  readonly innerType?: $ZodType;
  readonly in?: $ZodType;
  readonly out?: $ZodType;
  readonly element?: $ZodType;
  readonly options?: readonly $ZodType[];
  readonly shape?: Readonly<Record<string, $ZodType>>;
}

/** Only of what is written with `async`: a function that returns a promise is told when it is called. */
function isAsynchronous(schema: $ZodType, seen: Set<unknown>): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  const parts = schema._zod.def as Parts; // of any kind of schema: those that it does not have are undefined
  if ([parts, ...(parts.checks ?? []).map((check) => check._zod.def)].some(hasAsyncFunction)) return true;
  const { innerType, in: from, out, element, options = [], shape = {} } = parts;
  const inner = [innerType, from, out, element, ...(Array.isArray(options) ? options : []), ...Object.values(shape)];
  return inner.some((one) => one !== undefined && isAsynchronous(one, seen));
}

function hasAsyncFunction({ fn, transform, reverseTransform }: Parts): boolean {
  return [fn, transform, reverseTransform].some((one) => Object.prototype.toString.call(one) === "[object AsyncFunction]");
}
