import type { IsAny, SignatureOf } from "@madeleine/di";
import type { Html, ItemStream, Response } from "@madeleine/http";
import type { $ZodType, input } from "zod/v4/core";
import type { StatusReply } from "../replies/reply-with.ts";
import type { BadLeaf, Carried, Depth, Lost, MendOf } from "./bad-leaf.ts";
import type { StatusWithoutBody } from "./options.ts";

// What a route may return, checked at compile time: the third argument of the method decorator carries the check.

/** What a route decorator is applied to: a public method of an instance that returns what the options `O` let it return. */
export interface RouteMethodDecorator<O> {
  <T, K extends PropertyKey>(target: InstanceOnly<T>, key: K, descriptor: CheckMethod<T, K, O>): void;
}

/** `unknown` for a method that may be a route, else one error type. */
type CheckMethod<T, K, O> = [SignatureOf<T[K & keyof T]>] extends [never]
  ? K extends keyof T
    ? NotAMethod<"a route belongs on a method, not on a getter or field">
    : NotPublic<"make the method public: the application calls it">
  : CheckReturned<Settled<SignatureOf<T[K & keyof T]>["returned"]>, O>;

// Awaited looks into the methods of every type that it is given; a promise is found by its name.
type Settled<R> = R extends Promise<infer Value> ? Value : "then" extends keyof R ? Awaited<R> : R;

/** `unknown` where a route of these options may return `R`, else one error type. */
export type CheckReturned<R, O> = O extends { status: StatusWithoutBody }
  ? [R] extends [NoBody]
    ? unknown
    : BodyNeverSent<{ returned: R; mend: "return nothing, or choose another status" }>
  : O extends { response: infer Stream extends ItemStream }
    ? CheckStreamed<R, Stream["yields"]>
    : IsAny<R> extends true
      ? unknown
      : [Extract<R, StatusReply>] extends [never]
        ? CheckValue<R, O>
        : [Extract<R, StatusReply>] extends [RepliesOf<O>]
          ? CheckValue<Exclude<R, StatusReply>, O>
          : ReplyError<{ returned: Extract<R, StatusReply>; declared: RepliesOf<O> }>;

/** The check of a plain value: against the schema of its status, else for what JSON cannot carry. */
type CheckValue<R, O> = [SchemaOf<O>] extends [never]
  ? [BadLeaf<Exclude<R, ByteStream>>] extends [never]
    ? unknown
    : NotJson<{ part: BadLeaf<R>; mend: MendOf<BadLeaf<R>> }>
  : [R] extends [input<SchemaOf<O>>]
    ? unknown
    : [R] extends [ReadonlyLists<input<SchemaOf<O>>> | Sent]
      ? unknown
      : ReturnTypeError<{ returned: R; accepts: input<SchemaOf<O>> }>;

/** A Node or web stream, which is sent as bytes. */
type ByteStream =
  | { pipe(...parameters: never): unknown; destroy(...parameters: never): unknown }
  | { getReader(...parameters: never): unknown };

/** The schema of a plain value, or never: that of its status comes before the one for all. */
type SchemaOf<O> = O extends { responses: infer Table }
  ? StatusOf<O> extends keyof Table
    ? Extract<Table[StatusOf<O>], $ZodType>
    : ResponseOf<O>
  : ResponseOf<O>;

type ResponseOf<O> = O extends { response: infer Schema extends $ZodType } ? Schema : never;

type StatusOf<O> = O extends { status: infer Status extends number } ? Status : 200;

/** What `reply(…)` may make in a route. */
type RepliesOf<O> = O extends { responses: infer Table }
  ? {
      [Status in keyof Table & number]: StatusReply<Status, ReadonlyLists<input<Extract<Table[Status], $ZodType>>>>;
    }[keyof Table & number]
  : never;

type CheckStreamed<R, Item> = [R] extends [Streamable<Item> | SentAsItIs] ? unknown : NotStreamed<{ returned: R; item: Item }>;

/** What is gone through once, as a generator is: a list is a value. */
type Streamable<Item> = (AsyncIterable<Item> | (Iterable<Item> & { next(...parameters: never): unknown })) & {
  readonly length?: never;
};

/** What the handler of the function form is written against, so that its literals are those of the schema. */
export type Accepted<O> = O extends { response: infer Stream extends ItemStream }
  ? Streamable<Stream["yields"]> | SentAsItIs
  : [SchemaOf<O>] extends [never]
    ? unknown
    : ReadonlyLists<input<SchemaOf<O>>> | Sent | RepliesOf<O>;

/** A response is sent as it is, whatever the options say. */
type SentAsItIs = Response | globalThis.Response;

/** Html is a page, and no value of a schema. */
type Sent = SentAsItIs | Html;

/** What a route of a status without a body may return. */
type NoBody = void | null | undefined | SentAsItIs;

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

/** Compile error: `reply(status, value)` with a status or a value that the route's `responses` do not declare. */
export interface ReplyError<Shown extends { returned: unknown; declared: unknown }> {
  error: "the route's responses do not declare this reply";
  shown: Shown;
}

/** Compile error: a route of an event stream or of JSON lines that returns something else, or items that its schema does not accept. */
export interface NotStreamed<Shown extends { returned: unknown; item: unknown }> {
  error: "the route streams: make the handler async *, and yield items that the schema accepts";
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
