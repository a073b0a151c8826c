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

/**
 * At a set, the spot of the element that an issue is about: zod says what it is, and leaves out of the path where. By its text, or its place where
 * each text is an element of its own; otherwise nobody can tell, and it is the set's.
 */
export function elementSpot(spot: Spot, input: unknown): Spot {
  const { value, received } = spot;
  if (!(value instanceof Set) || !value.has(input)) return spot;
  const sent: readonly unknown[] = Array.isArray(received) && received.length !== value.size ? received : [...value];
  const at = sent.indexOf(input);
  return at === -1 ? spot : { ...spotAt(spot, [at]), value: input };
}

function valueUnder(value: unknown, key: PropertyKey): unknown {
  if (value instanceof Map) return value.get(key);
  if (value instanceof Set) return [...value][Number(key)];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<PropertyKey, unknown>)[key];
}
