import type { $ZodType } from "zod/v4/core";

/** What is wrong, before it is said where. */
export interface Finding {
  readonly type: string;
  readonly msg: string;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** What an issue is about. */
export interface Subject {
  /** The value at the path; undefined also where the path leads into what a transform made. */
  readonly value: unknown;
  /** The schemas that the value at this path may have met: the two sides of a pipe, the members of a union. */
  readonly schemas: readonly $ZodType[];
  /** Whether nothing was sent there. */
  readonly isAbsent: boolean;
}

/**
 * Values as one phrase, in JavaScript's notation.
 *
 * Shape:  `["a", 1, true]` gives `"'a', 1 or true"`. A long list ends with `…` after some 500 characters.
 */
export function listValues(values: readonly unknown[]): string {
  const words = values.map((value) => (typeof value === "string" ? `'${value}'` : String(value)));
  const last = words.pop();
  const text = words.length === 0 ? (last ?? "") : `${words.join(", ")} or ${last}`;
  return text.length > MAX_LIST_CHARACTERS ? `${text.slice(0, MAX_LIST_CHARACTERS)}…` : text;
}

const MAX_LIST_CHARACTERS = 500;
