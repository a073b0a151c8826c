import type { $ZodType } from "zod/v4/core";
import { schemasUnder } from "./schema-at.ts";

/** A place inside an input: where it is, which schemas it has, and what was found there. */
export interface Spot {
  readonly loc: readonly (string | number)[];
  readonly schemas: readonly $ZodType[];
  readonly value: unknown;
  /** What the client sent there, before it was decoded. */
  readonly received: unknown;
  /** Whether `value` is what the schema saw: behind a transform it is not. */
  readonly isKnown: boolean;
  /** Whether this is the whole input. */
  readonly isRoot: boolean;
}

/** The spot at the end of a path. */
export function spotAt(start: Spot, path: readonly PropertyKey[]): Spot {
  return path.reduce<Spot>(
    (spot, key) => ({
      loc: [...spot.loc, typeof key === "number" ? key : String(key)],
      schemas: schemasUnder(spot.schemas, key),
      value: valueUnder(spot.value, key),
      received: valueUnder(spot.received, key),
      isKnown: spot.isKnown && typeof spot.value === "object" && spot.value !== null,
      isRoot: false,
    }),
    start,
  );
}

function valueUnder(value: unknown, key: PropertyKey): unknown {
  if (value instanceof Map) return value.get(key);
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<PropertyKey, unknown>)[key];
}
