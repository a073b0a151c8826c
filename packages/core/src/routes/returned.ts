import type { Response } from "@madeleine/http";
import type { $ZodType, input } from "zod/v4/core";
import type { BadLeaf, Carried, Depth, Lost, MendOf } from "./bad-leaf.ts";
import type { StatusWithoutBody } from "./options.ts";

// What a route may return, checked at compile time: the third argument of the method decorator carries the check.

/** What a route decorator is applied to: a public method of an instance that returns what the options `O` let it return. */
export interface RouteMethodDecorator<O> {
  <T, K extends PropertyKey>(target: InstanceOnly<T>, key: K, descriptor: CheckMethod<T, K, O>): void;
}

/** `unknown` for a method that may be a route, else one error type. */
type CheckMethod<T, K, O> = K extends keyof T
  ? T[K] extends (...parameters: never) => infer R
    ? CheckReturned<Awaited<R>, O>
    : NotAMethod<"a route belongs on a method, not on a getter or field">
  : NotPublic<"make the method public: the application calls it">;

/** `unknown` where a route of these options may return `R`, else one error type. */
export type CheckReturned<R, O> = O extends { status: StatusWithoutBody }
  ? [R] extends [NoBody]
    ? unknown
    : BodyNeverSent<{ returned: R; mend: "return nothing, or choose another status" }>
  : O extends { response: infer Schema extends $ZodType }
    ? [R] extends [input<Schema> | Sent]
      ? unknown
      : [R] extends [ReadonlyLists<input<Schema>> | Sent]
        ? unknown
        : ReturnTypeError<{ returned: R; accepts: input<Schema> }>
    : [BadLeaf<R>] extends [never]
      ? unknown
      : NotJson<{ part: BadLeaf<R>; mend: MendOf<BadLeaf<R>> }>;

/** What the handler of the function form is written against, so that its literals are those of the schema. */
export type Accepted<O> = O extends { response: infer Schema extends $ZodType } ? ReadonlyLists<input<Schema>> | Sent : unknown;

/** A response is sent as it is, whatever the options say. */
type Sent = Response | globalThis.Response;

/** What a route of a status without a body may return. */
type NoBody = void | null | undefined | Sent;

/** `V` with lists that may be readonly: a schema never writes to what it is given, and `as const` makes every list readonly. */
type ReadonlyLists<V, D extends number = 5> = D extends 0
  ? V
  : V extends Carried | Lost
    ? V
    : V extends readonly unknown[]
      ? { readonly [Index in keyof V]: ReadonlyLists<V[Index], Depth[D]> }
      : V extends object
        ? { [P in keyof V]: ReadonlyLists<V[P], Depth[D]> }
        : V;

/** The class for an instance member; an error for a static one, whose decorator is given the constructor. */
type InstanceOnly<T> = T extends abstract new (...parameters: never[]) => unknown
  ? StaticRoute<"leave static out: a route is called on an instance">
  : T;

/** Compile error: the response schema would refuse what the method returns. */
export interface ReturnTypeError<Shown extends { returned: unknown; accepts: unknown }> {
  error: "the method returns a type that the response schema does not accept";
  shown: Shown;
}

/** Compile error: a forgotten `await` inside an object, a bigint, a Map … */
export interface NotJson<Shown extends { part: unknown; mend: string }> {
  error: "JSON cannot carry this part of the returned value";
  shown: Shown;
}

/** Compile error: a response of this status has no body (RFC 9110 §15), so what is returned would be lost. */
export interface BodyNeverSent<Shown extends { returned: unknown; mend: string }> {
  error: "a response of this status has no body";
  shown: Shown;
}

/** Compile error: a route on a static method. */
export interface StaticRoute<Mend extends string> {
  error: Mend;
}

/** Compile error: a route on a private or protected method. */
export interface NotPublic<Mend extends string> {
  error: Mend;
}

/** Compile error: a route decorator on a getter, a setter or a field. */
export interface NotAMethod<Mend extends string> {
  error: Mend;
}
