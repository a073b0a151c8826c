/**
 * One thing that is wrong with a request, in FastAPI's shape, so that clients written for FastAPI understand it.
 *
 * Shape:  `{ "type": "int_parsing", "loc": ["query", "limit"], "msg": "Input should be a valid integer, unable to parse string as an
 *         integer", "input": "ten" }`. `type` and `ctx` are pydantic's vocabulary; `loc` starts with the source.
 */
export interface Problem {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  /** What was received, bounded; absent where it could be a secret. */
  readonly input?: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** A value that is not there. `input` is null, as there is nothing that it could give away. */
export function missing(loc: readonly (string | number)[]): Problem {
  return { type: "missing", loc: boundLoc(loc), msg: "Field required", input: null };
}

/** A body that is no JSON. Units: `position` counts UTF-16 units. */
export function invalidJson({ problem, position }: { readonly problem: string; readonly position: number }): Problem {
  return { type: "json_invalid", loc: ["body", position], msg: "JSON decode error", input: {}, ctx: { error: problem } };
}

const MAX_KEY_CHARACTERS = 100;

/** JB-14: a key of a megabyte is named by its beginning. */
export function boundLoc(loc: readonly (string | number)[]): (string | number)[] {
  return loc.map((part) =>
    typeof part === "string" && part.length > MAX_KEY_CHARACTERS ? `${part.slice(0, MAX_KEY_CHARACTERS)}…` : part,
  );
}
