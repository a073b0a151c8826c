/**
 * The compile-time check of parameter decorators.
 *
 * TypeScript checks a parameter decorator as a call `(target: the class, key: the method's literal name, index: the literal
 * index)`. So the type of `index` can be computed from what is declared there: the literal index itself where the declared
 * type can hold the value, else a type that no number fits and whose name and properties are the error message.
 */

/** The type that is declared for the parameter at a place: a method of `T` named `K`, or the constructor of the class `T`. */
export type DeclaredAt<T, K, I extends number> = K extends keyof T
  ? T[K] extends (...parameters: infer P) => unknown
    ? P[I]
    : Uninjectable
  : [K, T] extends [undefined, abstract new (...parameters: infer P) => unknown]
    ? P[I]
    : Uninjectable;

type Uninjectable = NotInjectable<"only parameters of public methods and public constructors are injected">;

/**
 * The type of a decorator's third argument: `I` where the declared type fits, else one error type.
 *
 * `Source` tells a source (a value of the request, for which a default that is never used is a mistake) from a dependency.
 * One error type is returned, never an intersection of two: those collapse to `never` and lose the message. What the reader
 * needs is in its parameters, which the compiler prints; its properties it leaves out.
 */
export type Check<Provided, Declared, I, Source extends boolean> =
  IsAny<Declared> extends true
    ? AnyParameter<"declare the parameter's type: any switches every check off">
    : unknown extends Declared
      ? I
      : [Provided] extends [Declared]
        ? CheckFitting<Provided, Declared, I, Source>
        : [Declared, Uninjectable] extends [Uninjectable, Declared]
          ? Uninjectable
          : Mismatch<{ provides: Provided; declared: Declared }>;

/** What is assignable may still be a mistake: `any` is assignable to everything, and what is always there to an optional parameter. */
type CheckFitting<Provided, Declared, I, Source extends boolean> =
  IsAny<Provided> extends true
    ? AnyProvided<"declare the parameter unknown, or give the schema or dependency a type">
    : Source extends true
      ? undefined extends Declared
        ? undefined extends Provided
          ? I
          : DefaultNeverUsed<"make the schema .optional() or .default(…), or declare the parameter without ? and default">
        : I
      : I;

// `any` is found by what only it does: 1 & any is any, and 0 extends any.
export type IsAny<T> = 0 extends 1 & T ? true : false;

/** Compile error: the parameter's declared type cannot hold what the decorator provides. */
export interface Mismatch<Shown extends { provides: unknown; declared: unknown }> {
  error: "the decorator provides a type that the parameter cannot hold";
  shown: Shown;
}

/** Compile error: a parameter declared `any` would accept whatever a decorator provides. */
export interface AnyParameter<Mend extends string> {
  error: Mend;
}

/** Compile error: what is provided is `any`, as by `z.any()`: nothing was checked, and it would pass for whatever is declared. */
export interface AnyProvided<Mend extends string> {
  error: Mend;
}

/** Compile error: `@Query(z.number()) limit = 10`, where a missing value is answered with 422 before the default counts. */
export interface DefaultNeverUsed<Mend extends string> {
  error: Mend;
}

/** Compile error: a decorator where nothing is injected. */
export interface NotInjectable<Mend extends string> {
  error: Mend;
}
