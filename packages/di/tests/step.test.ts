// oxlint-disable unicorn/no-thenable -- thenables of every kind are what is tested
import { test } from "uvu";
import * as assert from "uvu/assert";
import { dependency, endingDependency, Injectable, type Failure, type Need, type Until } from "../src/index.ts";
import { errorOf, Given, graphOf, valueOf } from "./graph-of.ts";

/** A dependency that writes down how it begins and ends. */
function logged(events: string[], name: string, until: Until = "handler", needs: Record<string, Need> = {}) {
  return dependency(
    needs,
    async function* () {
      events.push(`begin ${name}`);
      try {
        yield name;
        events.push(`commit ${name}`);
      } catch (error) {
        events.push(`rollback ${name}: ${String(error)}`);
        throw error;
      }
    },
    { until, name },
  );
}

test("a function gets its needs under their names", async () => {
  const one = dependency({}, () => 1);
  const sum = dependency({ one, input: Given<number>("n") }, (needs) => [Object.keys(needs), needs.one + needs.input]);
  assert.equal(await valueOf(sum, { n: 2 }), [["one", "input"], 3]);
});

test("a class gets its constructor's parameters by position, however many", async () => {
  @Injectable({ scope: "request" })
  class Many {
    readonly all: unknown[];
    constructor(
      @Given<number>() a: number,
      @Given<number>() b: number,
      @Given<number>() c: number,
      @Given<number>() d: number,
      @Given<number>() e: number,
    ) {
      this.all = [a, b, c, d, e];
    }
  }
  assert.equal((await valueOf(Many, { a: 1, b: 2, c: 3, d: 4, e: 5 })).all, [1, 2, 3, 4, 5]);
});

test("what a promise or another thenable resolves to is the value; an instance with a method then is itself the value", async () => {
  const callable = Object.assign(() => {}, { then: (resolve: (value: number) => void) => resolve(3) });
  class Query {
    then() {
      throw new Error("nobody awaits a query that was only injected");
    }
  }
  assert.is(await valueOf(dependency({}, () => Promise.resolve(1))), 1);
  assert.is(await valueOf(dependency({}, () => ({ then: (resolve: (value: number) => void) => resolve(2) }))), 2);
  assert.is(await valueOf(dependency({}, () => callable)), 3);
  Injectable({ scope: "request" })(Query);
  const { run } = await graphOf([Query]);
  assert.ok(await run((query) => query instanceof Query));
});

test("generators, synchronous or not, give what they yield and end behind it in reverse order", async () => {
  const events: string[] = [];
  const first = dependency({}, function* () {
    events.push("begin 1");
    yield 1;
    events.push("end 1");
  });
  const second = dependency({ first }, async function* ({ first }) {
    events.push("begin 2");
    yield first + 1;
    events.push("end 2");
  });
  const { run } = await graphOf([second]);
  assert.is(await run((value) => (events.push(`use ${value}`), value)), 2);
  assert.equal(events, ["begin 1", "begin 2", "use 2", "end 2", "end 1"]);
});

test("a synchronous generator may yield a promise, and may return one that is awaited", async () => {
  const connection = dependency({}, function* () {
    yield Promise.resolve("open");
    return Promise.reject(new Error("closing failed"));
  });
  const { run } = await graphOf([connection]);
  let used: unknown;
  assert.is((await errorOf(run((value) => (used = value)))).message, "closing failed");
  assert.is(used, "open");
});

test("DI-07: every generator sees the error of the run, and may replace it", async () => {
  const events: string[] = [];
  const outer = logged(events, "outer");
  const translating = dependency({ outer }, function* () {
    try {
      yield 1;
    } catch (error) {
      throw new Error("translated", { cause: error });
    }
  });
  const inner = logged(events, "inner", "handler", { translating });
  const { run } = await graphOf([inner]);
  const error = await errorOf(
    run(() => {
      throw new Error("boom");
    }),
  );
  assert.is(error.message, "translated");
  assert.equal(events, ["begin outer", "begin inner", "rollback inner: Error: boom", "rollback outer: Error: translated"]);
});

test("a generator that catches the error does not swallow it", async () => {
  const swallowing = dependency({}, function* () {
    try {
      yield 1;
    } catch {
      return;
    }
  });
  const { run } = await graphOf([swallowing]);
  assert.is((await errorOf(run(() => Promise.reject(new Error("boom"))))).message, "boom");
});

test("what fails behind the yield is the error of the run: a failing commit", async () => {
  const events: string[] = [];
  const database = dependency({}, async function* () {
    try {
      yield 1;
      throw new Error("commit failed");
    } catch (error) {
      events.push("rollback");
      throw error;
    } finally {
      events.push("release");
    }
  });
  const { run } = await graphOf([database]);
  assert.is((await errorOf(run(() => "answer"))).message, "commit failed");
  assert.equal(events, ["rollback", "release"]);
});

test("a generator that throws before its yield fails the run, and has nothing to end", async () => {
  const events: string[] = [];
  const outer = logged(events, "outer");
  const failing = dependency({ outer }, function* () {
    if (events.length > 0) throw new Error("no connection");
    yield 1;
    events.push("never");
  });
  const { run } = await graphOf([failing]);
  assert.is((await errorOf(run(() => events.push("never")))).message, "no connection");
  assert.equal(events, ["begin outer", "rollback outer: Error: no connection"]);
});

test("a generator that yields nothing, or twice, is an error with its name, and its finally runs", async () => {
  let isFinal = false;
  const nothing = dependency({}, async function* nothing() {
    if (isFinal) yield 1;
  });
  const twice = dependency({}, function* twice() {
    try {
      yield 1;
      yield 2;
    } finally {
      isFinal = true;
    }
  });
  assert.is((await errorOf(valueOf(nothing))).message, "nothing is a generator and did not yield a value");
  assert.is((await errorOf(valueOf(twice))).message, "twice is a generator and yielded more than once");
  assert.ok(isFinal);
});

test("a generator that is returned by two runs is refused: the second would end what the first still uses", async () => {
  const shared = (function* () {
    yield 1;
    yield 2;
  })();
  const dependencyOfShared = dependency({}, () => shared, { name: "Shared" });
  const { run } = await graphOf([dependencyOfShared]);
  const error = await errorOf(run(() => run(() => "inner")));
  assert.is(error.message, "Shared returned a generator that had been returned before: make a new one each time");
});

test("an iterator that is not a generator is a value", async () => {
  const value = await valueOf(dependency({}, () => [1, 2].values()));
  assert.equal([...value], [1, 2]);
});

test("until: a value lives until the handler has returned, or until the response was sent", async () => {
  const events: string[] = [];
  const late = logged(events, "late", "response");
  const early = logged(events, "early", "handler", { late });
  const { run } = await graphOf([early]);
  await run(() => events.push("use"));
  assert.equal(events, ["begin late", "begin early", "use", "commit early", "commit late"]);
});

test("instances with Symbol.asyncDispose or Symbol.dispose are disposed of, also those that inherit it", async () => {
  const events: string[] = [];
  @Injectable({ scope: "request" })
  class Connection {
    [Symbol.dispose]() {
      events.push("dispose");
    }
  }
  @Injectable({ scope: "request" })
  class Pooled extends Connection {
    async [Symbol.asyncDispose]() {
      await Promise.resolve();
      events.push("async dispose");
    }
  }
  const { run } = await graphOf([Connection, Pooled]);
  await run(() => events.push("use"));
  assert.equal(events, ["use", "async dispose", "dispose"]);
});

test("a class that extends null can be made, where its constructor can", async () => {
  const Null = new Function(
    "return class Null extends null { constructor() { return Object.create(Null.prototype); } }",
  )() as new () => object;
  Injectable({ scope: "request" })(Null);
  assert.is(Object.getPrototypeOf(await valueOf(Null)), Null.prototype);
});

for (const outcome of ["is answered", "fails"]) {
  test(`a dependency that adds its endings itself may have one at each end, and one that an ending adds: the run ${outcome}`, async () => {
    const events: string[] = [];
    const Opened = endingDependency(
      { given: Given<string>("given") },
      ({ given }, unwinding) => {
        const tell = (what: string) => (failure: unknown) => void events.push(failure === undefined ? what : `${what}, failed`);
        const early = (failure: Failure | undefined): void => {
          tell("handler")(failure);
          unwinding.add(tell("response"), "response");
        };
        unwinding.add(early, "handler");
        return Promise.resolve(given);
      },
      { name: "opened" },
    );
    const { run } = await graphOf([Opened]);
    const use = (): void => {
      events.push("use");
      if (outcome === "fails") throw new Error("no");
    };
    await run(use).catch(() => {});
    assert.equal(events, outcome === "fails" ? ["use", "handler, failed", "response, failed"] : ["use", "handler", "response"]);
  });
}

test("a second parameter of a function's own is its own", async () => {
  const Own = dependency({}, (_: object, factor = 2) => factor * 2, { name: "own" });
  assert.is(await valueOf(Own), 4);
});

test.run();
