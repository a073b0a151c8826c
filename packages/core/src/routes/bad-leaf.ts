import type { Response } from "@madeleine/http";

/**
 * The first part of `V` that JSON cannot carry; never if none was found.
 *
 * It is looked for and not mapped, and to a bounded depth: recursive types end, and entities with methods stay what they are.
 * A property that is a function is left out of JSON, and meant to be: methods are not data.
 */
export type BadLeaf<V, D extends number = 6> = unknown extends V ? never : V extends Plain | Sent ? never : BadPart<V, D>;

type BadProperty<V, D extends number> = unknown extends V ? never : V extends Plain | Sent | AnyFunction ? never : BadPart<V, D>;

type BadPart<V, D extends number> = V extends bigint | symbol | AnyFunction
  ? V
  : D extends 0
    ? never
    : V extends readonly (infer Item)[]
      ? BadLeaf<Item, Depth[D]>
      : [keyof V & Mark] extends [never]
        ? BadProperties<V, Depth[D]>
        : V extends Lost
          ? V
          : BadProperties<V, Depth[D]>;

// -? because an optional property would add undefined to what is found
type BadProperties<V, D extends number> = { [P in keyof V]-?: BadProperty<V[P], D> }[keyof V];

/** One level less: the way to end the walk through a type. */
export type Depth = [never, 0, 1, 2, 3, 4, 5];

type AnyFunction = (...parameters: never) => unknown;

type Sent = Response | globalThis.Response;

type Scalar = string | number | boolean | null | undefined | void;

interface Speaking {
  toJSON(...parameters: never): unknown;
}

/** What JSON carries whole. The compiler compares a type with this by itself, far faster than conditional types walk it; interfaces and classes are walked. */
type Plain = Scalar | Speaking | readonly Plain[] | { readonly [key: string]: Plain };

/** What JSON writes as it is, a response that is sent as it is, and what says itself what it is as JSON. */
export type Carried = Scalar | Speaking | Sent;

/** What `JSON.stringify` refuses, or writes as `{}` in silence. Not `Error`: to the compiler `{ name: string; message: string }` is one. */
export type Lost =
  | bigint
  | symbol
  | AnyFunction
  | { then(...parameters: never): unknown }
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | Iterator<unknown, unknown, never>
  | Streams
  | RegExp;

/** Every object of {@link Lost} has one of these: what has none need not be compared with each of them. */
type Mark = "then" | "size" | "next" | "exec" | typeof Symbol.asyncIterator;

/** What is sent while it is made, and needs a promise of what that will be. */
type Streams = AsyncIterator<unknown, unknown, never> | AsyncIterable<unknown>;

/** What to write instead of a part that JSON cannot carry. */
export type MendOf<Leaf> = Leaf extends { then(...parameters: never): unknown }
  ? "await it"
  : Leaf extends bigint
    ? "String(value)"
    : Leaf extends ReadonlyMap<unknown, unknown>
      ? "Object.fromEntries(map)"
      : Leaf extends ReadonlySet<unknown> | Iterator<unknown, unknown, never>
        ? "[...values]"
        : Leaf extends Streams
          ? "{ response: JSONLines(schema) } or EventStream(schema); of bytes, new StreamingResponse(stream)"
          : "convert it, or give a response schema";
