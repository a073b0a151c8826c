import type { PathParam } from "../parameters/decorators.ts";

// The names in a literal path, so that the function form checks its needs against them.

// A name is an identifier, as in `/:größe`: what ends one is easier to list than what may stand in one.
// prettier-ignore
type Ending =
  | "/" | "." | "-" | "(" | ")" | "?" | "*" | ":" | "," | ";" | "!" | "@" | "&" | "+" | "=" | "~" | "'" | '"' | "%" | "#"
  | "<" | ">" | "[" | "]" | "{" | "}" | "|" | "\\" | "^" | "`" | " ";

/** Splits a name from what follows it: `"id(\\d+)"` gives `["id", "(\\d+)"]`. */
type Take<S extends string, Taken extends string = ""> = S extends `${infer C}${infer R}`
  ? C extends Ending
    ? [Taken, S]
    : Take<R, `${Taken}${C}`>
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

/** The needs of a route whose path parameters agree with its path; an error in place of each that does not. */
export type CheckPath<P extends string, Needs> = string extends P
  ? unknown
  : {
      [Key in keyof Needs]: Needs[Key] extends PathParam<infer Name, infer V>
        ? CheckParameter<P, Needs[Key], Key, Name, V>
        : Needs[Key];
    };

/** A parameter without a name of its own has that of its key, but for an object schema, which is a model of the whole path. */
type CheckParameter<P extends string, Need, Key, Name, V> = string extends Name
  ? [V] extends [object]
    ? Need
    : CheckName<P, Need, Key, V>
  : CheckName<P, Need, Name, V>;

type CheckName<P extends string, Need, Name, V> =
  Name extends PathNames<P>
    ? Name extends OptionalNames<P>
      ? undefined extends V
        ? Need
        : MayBeAbsent<"this part of the path is optional: give a schema that is .optional()">
      : Need
    : NoSuchPathParameter<{ bound: Name; path: P }>;

/** Compile error: a need `Path("ident")` that the path does not have. */
export interface NoSuchPathParameter<Shown extends { bound: unknown; path: string }> {
  error: "the path has no such parameter";
  shown: Shown;
}

/** Compile error: `/o/:b?` with a schema that requires `b`. */
export interface MayBeAbsent<Mend extends string> {
  error: Mend;
}

/** Compile error: the path's syntax is another framework's, or it cannot match. */
export interface PathSyntax<Mend extends string> {
  error: Mend;
}

/** `unknown` for a literal path that may be one; an error with the mend for the mistakes that are made most. */
export type ValidPath<P extends string> = string extends P
  ? unknown
  : P extends ""
    ? unknown
    : P extends `${string}/{${string}`
      ? PathSyntax<"write :id instead of {id}">
      : P extends `${string}/${"<" | "["}${string}`
        ? PathSyntax<"write :id instead of <id> or [id]">
        : P extends `/${string}`
          ? P extends `${string}//${string}`
            ? PathSyntax<"an empty segment never matches: leave one slash out">
            : unknown
          : PathSyntax<"a path begins with /">;
