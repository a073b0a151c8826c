import type { IsAny } from "@madeleine/di";
import type { Response } from "@madeleine/http";

// What a route may return, checked at compile time: the third argument of the method decorator carries the check.

export type ReturnAt<T, K> = K extends keyof T
  ? // oxlint-disable-next-line typescript/no-explicit-any -- whatever the parameters are
    T[K] extends (...parameters: any[]) => infer R
    ? Awaited<R>
    : never
  : never;

/** Compile error: the response schema would refuse what the method returns. */
export interface ReturnTypeError<Shown extends { returned: unknown; accepts: unknown }> {
  error: "the method returns a type that the response schema does not accept";
  shown: Shown;
}

/** Compile error: a forgotten `await` inside an object, a bigint, a Map … */
export interface NotJson<Leaf> {
  error: "JSON cannot carry this part of the returned value: give a response schema, or convert it";
  part: Leaf;
}

/** Compile error: a response of this status has no body, so what is returned would be lost. */
export interface BodyNeverSent<Returned> {
  error: "a response of this status has no body (RFC 9110 §15): return nothing";
  returned: Returned;
}

type Depth = [never, 0, 1, 2, 3, 4, 5];

/** The first part of `V` that JSON cannot carry, looked for to a bounded depth; never if none was found. Methods are not data. */
export type BadLeaf<V, D extends number = 6> =
  IsAny<V> extends true
    ? never
    : unknown extends V
      ? never
      : D extends 0
        ? never
        : V extends string | number | boolean | null | undefined | void | Response | globalThis.Response
          ? never
          : // oxlint-disable-next-line typescript/no-explicit-any -- toJSON is called with a key, or nothing
            V extends { toJSON(...parameters: any[]): unknown }
            ? never
            : V extends bigint | symbol | Promise<unknown> | ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>
              ? V
              : // oxlint-disable-next-line typescript/no-explicit-any -- any function at all
                V extends (...parameters: any[]) => unknown
                ? V
                : V extends readonly (infer E)[]
                  ? BadLeaf<E, Depth[D]>
                  : V extends object
                    ? {
                        // oxlint-disable-next-line typescript/no-explicit-any -- any function at all
                        [P in keyof V]: V[P] extends (...parameters: any[]) => unknown ? never : BadLeaf<V[P], Depth[D]>;
                      }[keyof V]
                    : never;

/** What a route of a status without a body may return. */
export type NoBody = void | null | undefined | Response | globalThis.Response;

export interface StaticRoute {
  error: "a route cannot be static: it is called on an instance of its controller";
}

/** The class for an instance member; an error for a static one, whose decorator is given the constructor. */
// oxlint-disable-next-line typescript/no-explicit-any -- any constructor
export type InstanceOnly<T> = T extends abstract new (...parameters: any[]) => unknown ? StaticRoute : T;

/** A method without a response schema. */
export interface PlainRoute {
  <T, K extends keyof T>(
    target: InstanceOnly<T>,
    key: K,
    descriptor: OnMethod<T, K, [BadLeaf<ReturnAt<T, K>>] extends [never] ? MethodDescriptor : NotJson<BadLeaf<ReturnAt<T, K>>>>,
  ): void;
}

/** A method whose return value goes through a schema. */
export interface ModelRoute<Accepts> {
  <T, K extends keyof T>(
    target: InstanceOnly<T>,
    key: K,
    descriptor: OnMethod<
      T,
      K,
      [ReturnAt<T, K>] extends [Accepts | Response | globalThis.Response]
        ? MethodDescriptor
        : ReturnTypeError<{ returned: ReturnAt<T, K>; accepts: Accepts }>
    >,
  ): void;
}

/** A method of a route whose status has no body. */
export interface EmptyRoute {
  <T, K extends keyof T>(
    target: InstanceOnly<T>,
    key: K,
    descriptor: OnMethod<T, K, [ReturnAt<T, K>] extends [NoBody] ? MethodDescriptor : BodyNeverSent<ReturnAt<T, K>>>,
  ): void;
}

/** Compile error: a route decorator on a getter, a setter or a field. */
export interface NotAMethod {
  error: "a route belongs on a method";
}

/** What the compiler hands to the decorator of a method. */
export type MethodDescriptor = PropertyDescriptor;

// oxlint-disable-next-line typescript/no-explicit-any -- any method
type IsMethod<T, K> = K extends keyof T ? (T[K] extends (...parameters: any[]) => unknown ? true : false) : false;

type OnMethod<T, K, Checked> = IsMethod<T, K> extends true ? Checked : NotAMethod;
