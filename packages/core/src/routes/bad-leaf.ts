import type { IsAny } from "@madeleine/di";
import type { Response } from "@madeleine/http";

/**
 * The first part of `V` that JSON cannot carry; never if none was found.
 *
 * It is looked for and not mapped, and to a bounded depth: recursive types end, and entities with methods stay what they are.
 * A property that is a function is left out of JSON, and meant to be: methods are not data.
 */
export type BadLeaf<V, D extends number = 6> =
  IsAny<V> extends true
    ? never
    : unknown extends V
      ? never
      : D extends 0
        ? never
        : V extends Carried
          ? never
          : V extends Lost
            ? V
            : V extends readonly (infer Item)[]
              ? BadLeaf<Item, Depth[D]>
              : V extends object
                ? // -? because an optional property would add undefined to what is found
                  { [P in keyof V]-?: BadLeaf<Exclude<V[P], AnyFunction>, Depth[D]> }[keyof V]
                : never;

/** One level less: the way to end the walk through a type. */
export type Depth = [never, 0, 1, 2, 3, 4, 5];

type AnyFunction = (...parameters: never) => unknown;

/** What JSON writes as it is, a response that is sent as it is, and what says itself what it is as JSON. */
export type Carried =
  | string
  | number
  | boolean
  | null
  | undefined
  | void
  | Response
  | globalThis.Response
  | { toJSON(...parameters: never): unknown };

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
