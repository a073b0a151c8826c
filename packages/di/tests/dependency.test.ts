import { test } from "uvu";
import * as assert from "uvu/assert";
import { declarationOf, dependency, Injectable, injectableOptions, instanceOf, later, type Need } from "../src/index.ts";
import { Given, graphOf, valueOf } from "./graph-of.ts";

test("a dependency called with nothing is itself: @SignedIn and @SignedIn() are one", () => {
  const user = dependency({}, () => 1);
  assert.is(user(), user);
  assert.is(user()(), user);
});

test("a dependency is a decorator of methods and constructors, and a need of functions, with one value", async () => {
  const user = dependency({ id: Given<string>() }, ({ id }) => ({ id }));
  @Injectable()
  class Greeting {
    constructor(@user() readonly user: { id: string }) {}
  }
  const greet = dependency({ user, greeting: Greeting }, ({ user, greeting }) => user === greeting.user);
  assert.is(await valueOf(greet, { id: "alice" }), true);
});

test("the identity of a dependency is the object: what a factory makes twice is two", async () => {
  let made = 0;
  const role = (name: string) => dependency({}, () => `${name} ${(made += 1)}`);
  const admin = role("admin");
  assert.equal(await (await graphOf([admin, role("admin"), admin])).resolve(), ["admin 1", "admin 2", "admin 1"]);
});

test("an instance of a class can be asked for without emitted types, and before the class is declared", async () => {
  const early = later(() => Late);
  class Late {}
  Injectable({ scope: "request" })(Late);
  const both = dependency({ early, now: instanceOf(Late), itself: Late }, ({ early, now, itself }) => [
    early instanceof Late,
    early === now && now === itself,
  ]);
  assert.equal(await valueOf(both), [true, true]);
});

test("later gives a dependency, too", async () => {
  const early = dependency({ late: later(() => late) }, ({ late }): number => late + 1);
  const late = dependency({}, () => 1);
  assert.is(await valueOf(early), 2);
});

test("the needs are those of the moment of the declaration", async () => {
  const needs: Record<string, Need> = { id: Given() };
  const value = dependency(needs, (values) => Object.keys(values));
  needs["more"] = Given();
  assert.equal(await valueOf(value), ["id"]);
});

test("a mistake in the arguments is told where it was made", () => {
  const make = dependency as unknown as (...parameters: unknown[]) => unknown;
  const resolve = () => 1;
  assert.throws(() => make(resolve), "dependency(needs, resolve): needs is a record such as { q: Query() }");
  assert.throws(() => make([Given()], resolve), "dependency(needs, resolve): needs is a record such as { q: Query() }");
  assert.throws(() => make({}, 1), "dependency(needs, resolve): resolve is a function of the needs");
  assert.throws(
    () => make({ user: undefined }, resolve),
    'dependency: the need "user" is undefined; a class or dependency that is declared later is asked for with later(() => …)',
  );
  for (const nothing of [null, 1, "text", {}, () => 1, async () => 1, class {}.bind(null), Math.max]) {
    assert.throws(
      () => make({ user: nothing }, resolve),
      'dependency: the need "user" is neither a source, a dependency nor a class',
    );
  }
  assert.throws(() => make({ ["__proto__"]: Given() }, resolve), 'dependency: a need cannot be named "__proto__"');
  assert.throws(
    () => make({}, resolve, { scope: "singleton" }),
    'dependency(needs, resolve, options): scope is "app", "request" or "transient"',
  );
  assert.throws(
    () => make({}, resolve, { until: "end" }),
    'dependency(needs, resolve, options): until is "handler" or "response"',
  );
  assert.throws(
    () => later(undefined as never),
    "later(() => TheClass) takes a function, which is called when the graph is made",
  );
});

test("a mistake in @Injectable is told where it was made", () => {
  const decorate = Injectable as unknown as (options: unknown) => unknown;
  assert.throws(() => decorate({ scope: "singleton" }), '@Injectable(…): scope is "app", "request" or "transient"');
  assert.throws(() => decorate(class {}), "@Injectable() is written with parentheses");
});

test("the options of a class are its own", () => {
  @Injectable({ scope: "app", until: "response" })
  class Base {}
  class Sub extends Base {}
  assert.equal(injectableOptions(Base), { scope: "app", until: "response" });
  assert.is(injectableOptions(Sub), undefined);
});

test("what is no decorator of this package has no declaration", () => {
  for (const nothing of [undefined, null, 1, {}, () => 1, class {}]) assert.is(declarationOf(nothing), undefined);
});

test.run();
