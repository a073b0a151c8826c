import type { Check, DeclaredAt } from "./check.ts";
import { declare, declarationOf, type Declaration } from "./declaration.ts";
import { checkLifetime, type Scope, type Until } from "./lifetime.ts";
import { recordParameter } from "./parameters.ts";
import { Place } from "./place.ts";
import type { Class, Need, Needs, Provides, Values } from "./provides.ts";
import type { Unwinding } from "./unwinding.ts";

/** A source: a parameter decorator, and a need of a function. */
export interface Param<V> extends Provides<V> {
  <T, K extends PropertyKey | undefined, I extends number>(
    target: T,
    key: K,
    index: Check<V, DeclaredAt<T, K, I>, I, true>,
  ): void;
}

/** A dependency is a decorator, a decorator factory and a need: `@CurrentUser()`, `@role("admin")`, `{ user: CurrentUser }`. */
export interface Dependency<V> extends Provides<V> {
  <T, K extends PropertyKey | undefined, I extends number>(
    target: T,
    key: K,
    index: Check<V, DeclaredAt<T, K, I>, I, false>,
  ): void;
  (): Dependency<V>;
}

/** What a function provides: what its generator yields, what its promise resolves to, else what it returns. */
export type Yielded<R> =
  // oxlint-disable-next-line typescript/no-explicit-any -- what a generator returns and takes does not matter here
  R extends AsyncGenerator<infer Y, any, any> ? Y : R extends Generator<infer Y, any, any> ? Awaited<Y> : Awaited<R>;

export interface DependencyOptions {
  scope?: Scope | undefined;
  until?: Until | undefined;
  /** What people call it in errors and pictures; the function's own name otherwise. */
  name?: string | undefined;
}

/**
 * A value that is computed from other values, with typed needs; sync, async, or a generator whose end is its tear-down.
 *
 * Shape:  `dependency({ sid: Cookie("session_id") }, ({ sid }) => sessions.get(sid))`
 * Scope:  `request` unless told otherwise: computed once per request, also while it is still pending. The identity of a
 *         dependency is the object: keep what a factory makes in a const to share its value.
 * Errors: TypeError where the needs are no record of needs, `resolve` is no function, or an option does not exist.
 */
export function dependency<N, R>(
  needs: N & Needs,
  resolve: (values: Values<N>) => R,
  options: DependencyOptions = {},
): Dependency<Yielded<R>> {
  checkNeeds(needs, resolve);
  checkLifetime("dependency(needs, resolve, options)", options);
  return toDependency({
    kind: "function",
    label: options.name ?? resolve.name,
    needs: { ...needs },
    resolve,
    scope: options.scope ?? "request",
    until: options.until ?? "handler",
    place: new Place(dependency),
  });
}

/**
 * A dependency that adds its endings itself, where a generator would say too little: something is done at both ends, or only sometimes.
 *
 * Cost: an ending is a closure. A generator that does the same takes twice as long, and its end is waited for although there may be nothing
 *       to do.
 */
export function endingDependency<N, V>(
  needs: N & Needs,
  resolve: (values: Values<N>, unwinding: Pick<Unwinding, "add" | "addLook">) => V,
  { name, until = "handler" }: Pick<DependencyOptions, "name" | "until">,
): Dependency<Awaited<V>> {
  return toDependency({
    kind: "function",
    label: name ?? resolve.name,
    needs: { ...needs },
    resolve,
    addsEndings: true,
    scope: "request",
    until,
    place: new Place(endingDependency),
  });
}

/** A class (an instance of it) or a dependency that is declared later in the file, or in a module that imports this one. */
export function later<C>(target: () => Class<C> | Provides<C>): Dependency<C> {
  if (typeof target !== "function")
    throw new TypeError("later(() => TheClass) takes a function, which is called when the graph is made");
  return toDependency({ kind: "class", target: target as () => Class<C> });
}

/** An instance of a class, as a decorator: for compilers that do not emit the types of parameters. */
export function instanceOf<C>(target: Class<C>): Dependency<C> {
  return toDependency({ kind: "class", target: () => target });
}

/** The decorator (and need) of a declaration. Called with nothing it is itself, so `@SignedIn` and `@SignedIn()` are one. */
export function toDependency<V>(declaration: Declaration): Dependency<V> {
  const decorator = (...place: unknown[]) => {
    if (place.length === 0) return decorator;
    recordParameter(decorator as unknown as Need, place);
    return undefined;
  };
  // The brand and the checks of the interface exist for the compiler only.
  return declare(decorator, declaration) as unknown as Dependency<V>;
}

/** The decorator (and need) of a source. */
export function toParam<V>(declaration: Declaration): Param<V> {
  const decorator = (...place: unknown[]) => recordParameter(decorator as unknown as Need, place);
  return declare(decorator, declaration) as unknown as Param<V>;
}

function checkNeeds(needs: unknown, resolve: unknown): void {
  if (typeof needs !== "object" || needs === null || Array.isArray(needs))
    throw new TypeError("dependency(needs, resolve): needs is a record such as { q: Query() }");
  if (typeof resolve !== "function") throw new TypeError("dependency(needs, resolve): resolve is a function of the needs");
  for (const [name, need] of Object.entries(needs)) {
    if (name === "__proto__") throw new TypeError('dependency: a need cannot be named "__proto__"');
    if (typeof need === "function" && (declarationOf(need) !== undefined || need.prototype !== undefined)) continue;
    throw new TypeError(
      need === undefined
        ? `dependency: the need "${name}" is undefined; a class or dependency that is declared later is asked for with later(() => …)`
        : `dependency: the need "${name}" is neither a source, a dependency nor a class`,
    );
  }
}
