import type { Param, Provides } from "@madeleine/di";
import type { CookieDefinition, CookieName, NotACookieName } from "@madeleine/http";
import type { $ZodType } from "zod/v4/core";
import type { Given } from "./model.ts";
import { readArguments, toSource } from "./source.ts";

/**
 * A value of the request that arrives as text.
 *
 * Shape:  `()` is `string | undefined` under the parameter's own name, `("name")` the same under another name, `(schema)` and
 *         `("name", schema)` what the schema gives; an object schema without a name is a model of the whole source.
 * Errors: an invalid value is a 422 with all other problems of the request; whether a missing one is, the schema decides.
 */
export interface TextSource {
  (name?: string): Param<string | undefined>;
  <S extends $ZodType>(schema: S): Param<Given<S>>;
  <S extends $ZodType>(name: string, schema: S): Param<Given<S>>;
}

/** A {@link TextSource} whose names are tokens: under any other name no request could ever bring a value. */
export interface TokenSource<NotAToken> {
  (name: RefusedName): RefusedParam;
  <S extends $ZodType>(schema: S): Param<Given<S>>;
  <Name extends string, S extends $ZodType>(name: Name & Token<Name, NotAToken>, schema: S): Param<Given<S>>;
  <Name extends string>(name?: Name & Token<Name, NotAToken>): Param<string | undefined>;
}

declare const refused: unique symbol;

/** No name is one: the overload that takes it is there for what the compiler goes on with when no other fits. */
interface RefusedName {
  readonly [refused]: never;
}

/** What a call with a wrong name is taken to give, so that the wrong name is the one error: it fits every parameter. */
// oxlint-disable-next-line typescript/no-explicit-any -- nothing is known of it, and nothing more is to be said
interface RefusedParam extends Provides<any> {
  (target: unknown, key: PropertyKey | undefined, index: number): void;
}

type Token<Name extends string, NotAToken> = unknown extends CookieName<Name> ? unknown : NotAToken;

/** Compile error: `@Header("x trace")`. */
export interface NotAHeaderName<Mend extends string> {
  error: Mend;
}

/** {@link Header}: by name or by schema. */
export type HeaderSource = TokenSource<NotAHeaderName<"a header's name is a token (RFC 9110 §5.1): letters, digits and -">>;

/** {@link Cookie}: by name, by schema, or by definition. */
export interface CookieSource extends TokenSource<NotACookieName> {
  (name: RefusedName): RefusedParam;
  <S extends $ZodType>(definition: CookieDefinition<S>): Param<Given<S>>;
}

declare const pathName: unique symbol;

/** A path parameter that knows its name, so that the function form checks it against the literal path. */
export interface PathParam<Name extends string, V> extends Param<V> {
  readonly [pathName]: Name;
}

function textSource(kind: "query" | "form", decorator: string): TextSource {
  return ((...written: unknown[]) => toSource({ in: kind, ...readArguments(decorator, written) })) as TextSource;
}

/** A query parameter. Of several with one name the last counts, an array schema takes all. */
export const Query: TextSource = textSource("query", "Query");

/** A text field of a form, urlencoded or multipart. An empty field counts as absent, as browsers send one for every empty input. */
export const Form: TextSource = textSource("form", "Form");

/** A request header. `userAgent` and `user_agent` are read as `user-agent`; of several with one name the first counts. */
export const Header: HeaderSource = ((...written: unknown[]) => {
  const { ownName, schema } = readArguments("Header", written);
  return toSource({ in: "header", ownName, name: ownName?.toLowerCase(), schema });
}) as HeaderSource;

/** A cookie, by name or by its definition. Of several with one name the first counts (RFC 6265 §5.4). */
export const Cookie: CookieSource = ((...written: unknown[]) => {
  const [first] = written;
  if (!isDefinition(first)) return toSource({ in: "cookie", ...readArguments("Cookie", written) });
  return toSource({ in: "cookie", ownName: first.name, schema: first.schema, definition: first });
}) as CookieSource;

/** A part of the path. `@Path()` is a string under the parameter's own name. */
export function Path<N extends string = string>(name?: N): PathParam<N, string>;
export function Path<S extends $ZodType>(schema: S): PathParam<string, Given<S>>;
export function Path<N extends string, S extends $ZodType>(name: N, schema: S): PathParam<N, Given<S>>;
export function Path(...written: unknown[]): unknown {
  return toSource({ in: "path", ...readArguments("Path", written) }); // the brand exists for the compiler only
}

/** The JSON body, or one key of it: several named bodies make one object. JSON values are never coerced. */
export function Body<S extends $ZodType>(schema: S): Param<Given<S>>;
export function Body<S extends $ZodType>(name: string, schema: S): Param<Given<S>>;
export function Body(...written: unknown[]): unknown {
  const { ownName, schema } = readArguments("Body", written);
  if (schema === undefined) throw new TypeError("@Body(…) takes a schema, or a name and a schema; z.unknown() accepts any JSON");
  return toSource({ in: "body", ownName, schema });
}

function isDefinition(value: unknown): value is CookieDefinition<$ZodType, string> {
  return typeof value === "object" && value !== null && "schema" in value && "name" in value && "decode" in value;
}
