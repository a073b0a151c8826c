/**
 * The compile-time check of parameter decorators.
 *
 * TypeScript checks a parameter decorator as a call `(target: the class, key: the method's literal name, index: the literal
 * index)`. So the type of `index` can be computed from what is declared there: the literal index itself where the declared
 * type can hold the value, else a type that no number fits and whose name and properties are the error message.
 */

/** The type that is declared for the parameter at a place: a method of `T` named `K`, or the constructor of the class `T`; else never. */
export type DeclaredAt<T, K, I> = K extends undefined
  ? ConstructorParameterAt<T, I>
  : I extends 0 | 1 | 2 | 3
    ? SignatureOf<T[K & keyof T]>[I]
    : T[K & keyof T] extends (...parameters: infer P) => unknown
      ? P[I & keyof P]
      : never;

type ConstructorParameterAt<C, I> = C extends abstract new (...parameters: infer P) => unknown ? P[I & keyof P] : never;

/**
 * What a method declares, read once for all its decorators; never for what is no public method.
 *
 * Its first parameters are taken one by one: `infer P` for all of them makes a tuple type for every method, with the members of
 * arrays and the names of the parameters, and that took most of the time of checking an application (benchmarks/types).
 */
export type SignatureOf<Method> = Method extends (
  a: infer A,
  b: infer B,
  c: infer C,
  d: infer D,
  ...rest: never
) => infer Returned
  ? Signature<A, B, C, D, Returned>
  : never;

interface Signature<A, B, C, D, Returned> {
  0: A;
  1: B;
  2: C;
  3: D;
  returned: Returned;
}

/**
 * The type of a decorator's third argument: `I` where the declared type fits, else one error type.
 *
 * `Source` tells a source (a value of the request, for which a default that is never used is a mistake) from a dependency.
 * One error type is returned, never an intersection of two: those collapse to `never` and lose the message. What the reader
 * needs is in its parameters, which the compiler prints; its properties it leaves out. What is asked of every parameter stands first.
 */
export type Check<Provided, Declared, I, Source extends boolean> = unknown extends Declared
  ? CheckLoose<Declared, I>
  : [Provided] extends [Declared]
    ? unknown extends Provided
      ? CheckAnything<Provided, I>
      : Source extends true
        ? undefined extends Declared
          ? undefined extends Provided
            ? I
            : DefaultNeverUsed<"make the schema .optional() or .default(…), or declare the parameter without ? and default">
          : I
        : I
    : [Declared] extends [never]
      ? NotInjectable<"only parameters of public methods and public constructors are injected">
      : Mismatch<{ provides: Provided; declared: Declared }>;

/** `unknown` takes everything, and so does `any`, which is a mistake. */
type CheckLoose<Declared, I> =
  IsAny<Declared> extends true ? AnyParameter<"declare the parameter's type: any switches every check off"> : I;

/** `any` was not checked, and passes for every type. */
type CheckAnything<Provided, I> =
  IsAny<Provided> extends true ? AnyProvided<"declare the parameter unknown, or give the schema or dependency a type"> : I;

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
