declare const provides: unique symbol;

/**
 * The type-level mark of everything that can be injected: what it provides.
 *
 * It is a brand and not a signature because two callable interfaces are compared by their signatures, and the checks of a
 * parameter decorator are not comparable.
 */
export interface Provides<Value> {
  readonly [provides]: Value;
}

/** A class whose instances can be injected. Its constructor's parameters are checked by their own decorators, so any will do. */
// oxlint-disable-next-line typescript/no-explicit-any -- constructor parameters are contravariant: unknown[] would accept no class
export type Class<Instance = unknown> = abstract new (...parameters: any[]) => Instance;

/** What a function or a parameter can ask for: a source, a dependency, or a class. */
export type Need = Provides<unknown> | Class;

/**
 * A record of needs, under the names that the function calls them.
 *
 * A signature takes `N & Needs`, not `N extends Needs`: while the compiler leaves generic calls such as `Query("page")` out of
 * its first round of inference, a constraint would stand in for `N`, and a function that was declared before would not fit it.
 */
export type Needs = Readonly<Record<string, Need>>;

/** What a need is resolved to. */
export type Value<N> = N extends Provides<infer V> ? V : N extends Class<infer Instance> ? Instance : never;

/** What a record of needs is resolved to, under the same names. */
export type Values<Needs> = { [Name in keyof Needs]: Value<Needs[Name]> };

/** The type of the value that a dependency provides: `Resolved<typeof pagination>`. */
export type Resolved<D> = D extends Provides<infer V> ? V : never;
