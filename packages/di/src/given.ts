import type { SourceDeclaration } from "./declaration.ts";
import { toParam } from "./dependency.ts";
import { labelOf, toKey, type Key } from "./key.ts";
import type { Class, Need, Provides } from "./provides.ts";

/** A value that is handed to a scope outside of any request, for what a request would have brought. */
export interface GivenValue {
  readonly need: Need;
  readonly value: unknown;
}

/**
 * Hands a value to a scope: `app.scope({ provide: [given(CurrentUser, alice), given(Cookie("theme"), "dark")] })`.
 *
 * A source is known by what it reads: any `Cookie("theme")` is this one.
 */
export function given<V>(need: Provides<V> | Class<V>, value: NoInfer<V>): GivenValue {
  return { need, value };
}

/**
 * The overrides by which a graph gets what was handed over. Each is a source: of this run, so that nothing which lives as long
 * as the application can hold it.
 *
 * Errors: TypeError for what cannot be injected.
 */
export function givenOverrides(all: readonly GivenValue[]): Map<Key, Need> {
  return new Map(all.map(({ need, value }) => [keyOfGiven(need), toParam(givenSource(need, value))]));
}

/** Shape: `Cookie("theme")` to `"dark"`, for sources, which are written anew wherever they are needed. */
export function givenByLabel(all: readonly GivenValue[]): Map<string, unknown> {
  return new Map(
    all.flatMap(({ need, value }) => {
      const key = keyOfGiven(need);
      return typeof key === "object" && key.kind === "source" ? [[key.label, value] as const] : [];
    }),
  );
}

function keyOfGiven(need: Need): Key {
  const key = toKey(need);
  if (key === undefined) throw new TypeError("given(need, value): only a source, a dependency or a class can be given");
  return key;
}

function givenSource(need: Need, value: unknown): SourceDeclaration {
  const source: SourceDeclaration = { kind: "source", label: labelOf(keyOfGiven(need)), named: () => source, read: () => value };
  return source;
}
