import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind, dependency, Injectable, later, toKey, type Dependency, type Key, type Need } from "../src/index.ts";
import { codesOf, Given, problemsOf } from "./graph-of.ts";

/** The one mistake there is. */
function problemOf(need: Need, options: Parameters<typeof problemsOf>[1] = {}) {
  const problems = problemsOf([need], options);
  assert.is(problems.length, 1, JSON.stringify(problems, undefined, 2));
  return problems[0]!;
}

const isHere = (where: string | undefined) => /^packages\/di\/tests\/graph-problems\.test\.ts:\d+:\d+/.test(where ?? "");

test("DI-03: functions that need each other are a problem that prints the circle and where it was declared", () => {
  const a: Dependency<number> = dependency({ b: later((): Dependency<number> => b) }, ({ b }) => b, { name: "A" });
  const b: Dependency<number> = dependency({ a }, async ({ a }) => a, { name: "B" });
  const { code, what, where } = problemOf(a);
  assert.is(code, "DEPENDENCY_CYCLE");
  assert.is(what, "Dependencies need each other in a circle: A → B → A.");
  assert.ok(isHere(where), where);
  assert.is(where?.split(", ").length, 2);
});

test("DI-03: a dependency that needs itself is a circle", () => {
  const a: Dependency<number> = dependency({ a: later((): Dependency<number> => a) }, ({ a }) => a, { name: "A" });
  assert.is(problemOf(a).what, "Dependencies need each other in a circle: A → A.");
});

test("DI-03: classes that need each other are a circle in every scope, controllers too", () => {
  for (const scope of ["app", "request", "transient"] as const) {
    @Injectable({ scope })
    class Left {
      constructor(@(later(() => Right)()) readonly right: unknown) {}
    }
    @Injectable({ scope })
    class Right {
      constructor(readonly left: Left) {}
    }
    assert.is(problemOf(Left).what, "Dependencies need each other in a circle: Left → Right → Left.", scope);
    assert.ok(isHere(problemOf(Left).where));
  }
});

test("a circle behind what was asked for is printed without the way to it", () => {
  const a: Dependency<number> = dependency({ b: later((): Dependency<number> => b) }, ({ b }) => b, { name: "A" });
  const b: Dependency<number> = dependency({ a }, ({ a }) => a, { name: "B" });
  const edge = dependency({ a }, ({ a }) => a, { name: "Edge" });
  assert.is(problemOf(edge).what, "Dependencies need each other in a circle: A → B → A.");
});

test("DI-02: a value of the application that needs one of the request is a problem that prints the chain", () => {
  const user = dependency({ id: Given() }, () => "alice", { name: "CurrentUser" });
  @Injectable({ scope: "transient" })
  class Names {
    constructor(@user() readonly user: string) {}
  }
  @Injectable({ scope: "app" })
  class Cache {
    constructor(readonly names: Names) {}
  }
  const { code, what, where, mend } = problemOf(Cache);
  assert.is(code, "CAPTIVE_DEPENDENCY");
  assert.is(
    what,
    "Cache lives as long as the application, and needs CurrentUser, which is of one request: Cache (app) → Names (transient) → CurrentUser (request).",
  );
  assert.ok(isHere(where), where);
  assert.is(mend, 'give Cache the scope "request", or hand it CurrentUser as a parameter of the method that uses it');
});

test("DI-02: so is one that reads the request itself, through functions", () => {
  const pool = dependency({ id: Given("id") }, () => 1, { name: "Pool", scope: "app" });
  const handler = dependency({ pool }, () => 1);
  assert.is(
    problemOf(handler).what,
    "Pool lives as long as the application, and needs Given(id), which is of one request: Pool (app) → Given(id) (request).",
  );
});

test("of several values of the application the last one before what it holds is named: the others are right", () => {
  const user = dependency({ id: Given() }, () => "alice", { name: "CurrentUser" });
  const store = dependency({ user }, () => 1, { name: "Store", scope: "app" });
  const items = dependency({ store }, () => 1, { name: "Items", scope: "app" });
  const { what, mend } = problemOf(items);
  assert.is(
    what,
    "Store lives as long as the application, and needs CurrentUser, which is of one request: Store (app) → CurrentUser (request).",
  );
  assert.is(mend, 'give Store the scope "request", or hand it CurrentUser as a parameter of the method that uses it');
});

test("a class that needs nothing of the request and does not say how long it lives is a problem that offers both", () => {
  class Counter {}
  const user = dependency({ counter: Counter }, () => 1, { name: "User" });
  const { code, what, mend } = problemOf(user);
  assert.is(code, "UNDECIDED_SCOPE");
  assert.is(
    what,
    "Counter, needed by User, does not say how long an instance lives: its state could be shared by all requests, or made anew for each.",
  );
  assert.is(
    mend,
    'write @Injectable({ scope: "app" }) or @Injectable({ scope: "request" }) before class Counter, or bind it to what implements it: provide: [bind(Counter, …)]',
  );
});

test("one mistake is told once, however many ask", () => {
  class Counter {}
  const a = dependency({ counter: Counter }, () => 1, { name: "A" });
  assert.equal(codesOf([a, a, dependency({ a }, () => 1)]), ["UNDECIDED_SCOPE"]);
});

test("a value that lives until the response was sent cannot hold one that ends with the handler, directly or in between", () => {
  const database = dependency(
    {},
    function* () {
      yield 1;
    },
    { name: "Database" },
  );
  const repository = dependency({ database }, ({ database }) => ({ database }), { name: "Repository" });
  for (const held of [database, repository]) {
    const stream = dependency(
      { held },
      function* () {
        yield 1;
      },
      { name: "Stream", until: "response" },
    );
    const { code, what, mend } = problemOf(stream);
    assert.is(code, "ENDS_TOO_EARLY");
    assert.is(what, "Stream lives until the response was sent, and needs Database, which ends when the handler has returned.");
    assert.is(mend, 'declare Database with { until: "response" } too, or Stream with { until: "handler" }');
  }
});

test("a value that lives until the response was sent may hold those of the application, and those that live as long", () => {
  const pool = dependency(
    {},
    function* () {
      yield 1;
    },
    { scope: "app" },
  );
  @Injectable()
  class Inferred {
    [Symbol.dispose]() {}
  }
  const connection = dependency(
    { pool, inferred: Inferred },
    function* () {
      yield 1;
    },
    { until: "response" },
  );
  const stream = dependency(
    { connection, pool },
    function* () {
      yield 1;
    },
    { until: "response" },
  );
  assert.equal(codesOf([stream]), []);
});

test("DI-03: what later gives is asked for when the graph is made; nothing, or a class that is not there yet, is a problem", () => {
  @Injectable({ scope: "request" })
  class Early {
    constructor(@(later(() => Late)()) readonly late: unknown) {}
  }
  const { code, what, mend } = problemOf(Early);
  assert.is(code, "NOT_INJECTABLE");
  assert.is(what, 'Early needs "late" through later(() => …), which gives neither a class nor a dependency.');
  assert.is(
    mend,
    "return a class or a dependency, which is declared when the application boots: boot when all modules are loaded",
  );
  class Late {}
  const empty = dependency({ thing: later(() => undefined as never) }, () => 1, { name: "Empty" });
  assert.is(problemOf(empty).what, 'Empty needs "thing" through later(() => …), which gives neither a class nor a dependency.');
});

test("what is nothing that can be injected is a problem at the place that asks", () => {
  for (const nothing of [undefined, 7, {}]) {
    const { code, what } = problemOf(nothing as unknown as Need);
    assert.is(code, "NOT_INJECTABLE");
    assert.is(what, "Items.list (GET /items) needs something that is neither a source, a dependency nor a class.");
  }
});

test("a plain function is told by its name, and how it becomes a dependency", () => {
  const isAdmin = () => true;
  function isOwner(user: unknown) {
    return user === 1;
  }
  for (const plain of [isAdmin, isOwner, async function later() {}]) {
    const { code, what, mend } = problemOf(plain as unknown as Need);
    assert.is(code, "NOT_INJECTABLE");
    assert.is(
      what,
      `Items.list (GET /items) needs the function ${plain.name}, which is neither a source, a dependency nor a class.`,
    );
    assert.is(
      mend,
      `Depends(${plain.name}) where it takes the request, or dependency({ … }, ${plain.name}) where it has needs of its own`,
    );
  }
  const holder = dependency({ owner: isOwner as unknown as Need }, () => 1, { name: "Holder" });
  assert.match(problemOf(holder).what, 'Holder needs "owner", the function isOwner, which is neither');
  assert.match(problemOf((() => 1) as unknown as Need).mend, "Depends(fn) where");
});

test("bindings and overrides that stand for each other are a problem that prints the circle", () => {
  class One {}
  class Two {}
  const bindings = [bind(One, Two), bind(Two, One)];
  const { code, what } = problemOf(One, { bindings });
  assert.is(code, "BINDING_CYCLE");
  assert.is(what, "Bindings and overrides stand for each other in a circle: One → Two → One.");
  assert.equal(codesOf([One], { bindings: [bind(One, Two)], overrides: new Map<Key, Need>([[Two, One]]) }), ["BINDING_CYCLE"]);
});

test("a class that is bound twice is a problem with both places, and told once of each class", () => {
  abstract class Repository {}
  @Injectable({ scope: "app" })
  class One extends Repository {}
  @Injectable({ scope: "app" })
  class Two extends Repository {}
  const made = dependency({}, () => new One(), { name: "made" });
  const { code, what, where, mend } = problemOf(Repository, { bindings: [bind(Repository, One), bind(Repository, Two)] });
  assert.is(code, "DUPLICATE_BINDING");
  assert.is(what, "Repository is bound to One and to Two: only the last would count.");
  assert.is(where?.split(", ").filter(isHere).length, 2, where);
  assert.is(mend, "keep one of them; what replaces it in tests is app.override(Repository, …)");
  const all = [bind(Repository, One), bind(Repository, made), bind(Repository, One)];
  assert.match(problemOf(Repository, { bindings: all }).what, "Repository is bound to One and to made and to One: only");
  const again = [
    bind(Repository, One),
    bind(Repository, One),
    bind(One, Two),
    bind(
      Repository,
      later(() => One),
    ),
  ];
  assert.equal(codesOf([Repository], { bindings: again }), []);
});

test("an override that needs what it replaces is a circle", () => {
  const user = dependency({}, () => "alice", { name: "CurrentUser" });
  const louder = dependency({ user }, ({ user }) => user.toUpperCase(), { name: "Louder" });
  assert.equal(codesOf([user], { overrides: new Map([[toKey(user)!, louder as Need]]) }), ["DEPENDENCY_CYCLE"]);
});

test("a dependency without a name is called by its place", () => {
  class Counter {}
  const { what } = problemOf(dependency({ counter: Counter }, () => 1));
  assert.match(what, /^Counter, needed by dependency at packages\/di\/tests\/graph-problems\.test\.ts:\d+:\d+, does not say/);
});

test("a class without a name is told as one", () => {
  assert.match(problemOf(class {}).what, /^\(anonymous class\), needed by Items\.list \(GET \/items\)/);
});

test.run();
