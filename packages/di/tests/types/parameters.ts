// Compiled by the type check, never run: a decorator that provides what the parameter cannot hold is an error at that parameter.
import { dependency, Injectable, later, type Check, type DeclaredAt, type Dependency, type Mismatch, type Param } from "../../src/index.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(..._proof: Same<A, B> extends true ? [] : [never]) => undefined;

interface User { readonly name: string }
class Pool { connect() { return "connection"; } }
declare function Text(): Param<string | undefined>;
declare function Whole(): Param<number>;
declare const CurrentUser: Dependency<User | undefined>;
declare const SignedIn: Dependency<User>;
declare const role: (name: string) => Dependency<User>;
const asynchronous = dependency({}, async () => ({ name: "alice" }));
const key = Symbol("key");

class Good {
  constructor(@SignedIn() readonly user: User, @Text() private readonly text: string | undefined, @Whole() protected count: number) {}
  one(@Text() q?: string) {}
  two(@Text() q: string | undefined, @Whole() page: number, @CurrentUser() user?: User) {}
  three(@SignedIn() user: { readonly name: string }, @role("admin") admin: User | undefined, @SignedIn direct: User) {}
  four(@asynchronous() user: User, @later(() => Pool) pool: Pool, @later(() => CurrentUser) user2?: User) {}
  five(@CurrentUser() { name }: User = { name: "nobody" }, @SignedIn() unknown: unknown, @SignedIn() object: object) {}
  six(undecorated: string, @Whole() second: number, another?: Pool) {}
  [key](@Whole() count: number) {}
  static seven(@Whole() count: number) {}
  async *eight(@Whole() count: number): AsyncGenerator<number> { yield count; }
  nine(@Text() q: string | number | undefined) {}
  #text() { return this.text; }
}

class Bad {
  // @ts-expect-error a constructor's parameters are checked, too
  constructor(@CurrentUser() readonly user: User) {}
  // @ts-expect-error 51, 58: it may be missing
  one(@Text() q: string) {}
  // @ts-expect-error it is text
  two(@Text() q?: number) {}
  // @ts-expect-error a wider type is no literal
  three(@Text() q?: "a" | "b") {}
  // @ts-expect-error any switches every check off
  four(@Whole() count: any) {}
  // @ts-expect-error a missing value is refused: the default could never be used
  five(@Whole() count = 1) {}
  // @ts-expect-error the same, as an optional parameter
  six(@Whole() count?: number) {}
  // @ts-expect-error 57: the promise is awaited, what is injected is the user
  seven(@asynchronous() user: Promise<User>) {}
  // @ts-expect-error 58: another class
  eight(@later(() => Pool) pool: User) {}
  // @ts-expect-error the second parameter, not the first
  nine(first: number, @SignedIn() second: number) {}
  // @ts-expect-error a symbol's method is checked
  [key](@Text() q: string) {}
  // @ts-expect-error a static one, too
  static ten(@Text() q: string) {}
  // @ts-expect-error not a decorator of properties
  @SignedIn() property: User | undefined;
}

// @ts-expect-error written with parentheses
@Injectable
class WithoutParentheses {}
// @ts-expect-error no such scope
@Injectable({ scope: "singleton" })
class WrongScope {}

// One error type, with readable names.
same<Check<string | undefined, string, 0, true>, Mismatch<{ provides: string | undefined; declared: string }>>();
same<Check<string, unknown, 0, false>, 0>();
same<Check<never, string, 0, false>, 0>();
same<DeclaredAt<Good, "two", 1>, number>();
same<DeclaredAt<typeof Good, undefined, 0>, User>();

export { Bad, Good, WithoutParentheses, WrongScope };
