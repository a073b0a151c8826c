import type { Provides } from "@madeleine/di";
import type { NameOfPathParam } from "../parameters/decorators.ts";

// The names in a literal path, so that the function form checks its needs against them.

// prettier-ignore
type NameChar =
  | "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m" | "n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z"
  | "_" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

type Take<S extends string, Taken extends string = ""> = S extends `${infer C}${infer R}`
  ? Lowercase<C> extends NameChar
    ? Take<R, `${Taken}${C}`>
    : [Taken, S]
  : [Taken, S];

type Names<P extends string, Mark extends string> = P extends `${string}${Mark}${infer R}`
  ? Take<R> extends [infer N extends string, infer S extends string]
    ? (N extends "" ? never : N) | Names<S, Mark>
    : never
  : never;

type OptionalNames<P extends string> = P extends `${string}:${infer R}`
  ? Take<R> extends [infer N extends string, infer S extends string]
    ? (S extends `?${string}` ? N : never) | OptionalNames<S>
    : never
  : never;

/** The names of the parameters in a literal path: `"id" | "name"`. */
export type PathNames<P extends string> = Names<P, ":"> | Names<P, "*">;

/** Compile error: a need `Path("ident")` that the path does not have. */
export interface NoSuchPathParameter<Has> {
  error: "the path has no such parameter";
  has: Has;
}

/** Compile error: `/o/:b?` with a schema that requires `b`. */
export interface MayBeAbsent {
  error: "this part of the path is optional: give a schema that accepts undefined";
}

type BoundName<Key, Name> = string extends Name ? Key : Name;

/** The needs of a route whose path parameters agree with its path; an error in place of each that does not. */
export type CheckPath<P extends string, Needs> = string extends P
  ? unknown
  : {
      [Key in keyof Needs]: [NameOfPathParam<Needs[Key]>] extends [never]
        ? Needs[Key]
        : Needs[Key] extends Provides<infer V>
          ? BoundName<Key, NameOfPathParam<Needs[Key]>> extends PathNames<P>
            ? BoundName<Key, NameOfPathParam<Needs[Key]>> extends OptionalNames<P>
              ? undefined extends V
                ? Needs[Key]
                : MayBeAbsent
              : Needs[Key]
            : NoSuchPathParameter<PathNames<P>>
          : Needs[Key];
    };

/** Compile error: the path's syntax is another framework's, or it cannot match. */
export interface PathSyntax<Mend extends string> {
  error: "this is no path of a route";
  mend: Mend;
}

/** A literal path that may be one; an error with the mend for the mistakes that are made most. */
export type ValidPath<P extends string> = string extends P
  ? unknown
  : P extends ""
    ? unknown
    : P extends `${string}/{${string}`
      ? PathSyntax<"write :id instead of {id}">
      : P extends `/${string}`
        ? P extends `${string}//${string}`
          ? PathSyntax<"an empty segment never matches: leave one slash out">
          : unknown
        : PathSyntax<"a path begins with /">;
