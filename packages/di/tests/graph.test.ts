import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  bind,
  dependency,
  Graph,
  Injectable,
  later,
  recordInjectable,
  run,
  toDependency,
  toKey,
  type Class,
  type Key,
  type Need,
} from "../src/index.ts";
import { codesOf, deferred, errorOf, Given, graphOf, tick, valueOf } from "./graph-of.ts";

const scopeOf = async (need: Need) => (await graphOf([need])).plan.values.at(-1)?.scope;
const overrides = (...pairs: [Need, Need][]) => ({ overrides: new Map(pairs.map(([from, to]) => [toKey(from) as Key, to])) });

test("a class is of the request when one of its needs is, else of the application", async () => {
  const user = dependency({}, () => "alice");
  @Injectable()
  class Alone {}
  @Injectable()
  class OfUser {
    constructor(@user() readonly user: string) {}
  }
  @Injectable()
  class Deep {
    constructor(
      readonly alone: Alone,
      readonly ofUser: OfUser,
    ) {}
  }
  class Undecorated {
    constructor(@Given<string>() readonly id: string) {}
  }
  assert.is(await scopeOf(Alone), "app");
  assert.is(await scopeOf(OfUser), "request");
  assert.is(await scopeOf(Deep), "request");
  assert.is(await scopeOf(Undecorated), "request");
});

test("a base class does not decide for its subclasses", () => {
  @Injectable({ scope: "app" })
  class Base {}
  class Sub extends Base {}
  assert.equal(codesOf([Base]), []);
  assert.equal(codesOf([Sub]), ["UNDECIDED_SCOPE"]);
});

test("a value of the application is made once, before all runs, and torn down by stop in reverse order", async () => {
  const events: string[] = [];
  const pool = dependency(
    {},
    async function* () {
      events.push("open pool");
      yield { name: "pool" };
      events.push("close pool");
    },
    { scope: "app", until: "response" },
  );
  @Injectable({ scope: "app" })
  class Repository {
    constructor(@pool() readonly pool: { name: string }) {
      events.push("make repository");
    }
    [Symbol.dispose]() {
      events.push("dispose repository");
    }
  }
  const { graph, resolve } = await graphOf([Repository, pool]);
  assert.equal(events, ["open pool", "make repository"]);
  const [first, second] = [await resolve(), await resolve()];
  assert.is(first[0], second[0]);
  assert.is((first[0] as Repository).pool, first[1]);
  await graph.stop();
  assert.equal(events.slice(2), ["dispose repository", "close pool"]);
});

test("values of the application are made side by side, whoever asked for them", async () => {
  const events: string[] = [];
  const [one, two] = [deferred<number>(), deferred<number>()];
  const a = dependency({}, () => (events.push("a"), one.promise), { scope: "app" });
  const b = dependency({}, () => (events.push("b"), two.promise), { scope: "app" });
  const graph = new Graph();
  graph.plan([[{ need: a, where: "one route" }]]);
  graph.plan([[{ need: b, where: "another route" }]]);
  const started = graph.start();
  await tick();
  assert.equal(events, ["a", "b"]);
  two.resolve(2);
  one.resolve(1);
  await started;
});

test("when a value of the application fails, those that were made are torn down and the first error is thrown", async () => {
  const events: string[] = [];
  const pool = dependency(
    {},
    async function* () {
      try {
        yield 1;
      } finally {
        events.push("close pool");
      }
    },
    { scope: "app" },
  );
  const failing = dependency(
    { pool },
    async () => {
      await tick();
      throw new Error("first");
    },
    { scope: "app" },
  );
  const alsoFailing = dependency(
    { pool },
    async () => {
      await tick();
      await tick();
      throw new Error("second");
    },
    { scope: "app" },
  );
  const error = await errorOf(graphOf([failing, alsoFailing]));
  assert.is(error.message, "first");
  assert.equal(events, ["close pool"]);
});

test("what is planned after the start is made by the next one, and only that", async () => {
  let made = 0;
  const pool = dependency({}, () => ({ number: (made += 1) }), { scope: "app" });
  const cache = dependency({ pool }, ({ pool }) => ({ pool }), { scope: "app" });
  const { graph } = await graphOf([pool]);
  const plan = graph.plan([
    [
      { need: cache, where: "a script" },
      { need: pool, where: "a script" },
    ],
  ]);
  await graph.start();
  const values = await run(plan, {}, (cache, pool) => ({ cache, pool }));
  assert.equal(values, { cache: { pool: { number: 1 } }, pool: { number: 1 } });
  assert.is(made, 1);
});

test("a plan that is made after the start finds there what is made already", async () => {
  const pool = dependency({}, () => "pool", { scope: "app" });
  const { graph } = await graphOf([pool]);
  const plan = graph.plan([[{ need: pool, where: "a script" }]]);
  assert.is(await run(plan, {}, (pool) => pool), "pool");
});

test("a graph with problems is not started", async () => {
  const graph = new Graph();
  class Undecided {}
  graph.plan([[{ need: Undecided, where: "the test" }]]);
  assert.match((await errorOf(graph.start())).message, /a graph with problems is not started: Undecided/);
});

test("DI-08: two graphs share nothing", async () => {
  let made = 0;
  const pool = dependency({}, () => ({ number: (made += 1) }), { scope: "app" });
  const fake = dependency({}, () => ({ number: 0 }), { scope: "app" });
  const [one, two, overridden] = [await graphOf([pool]), await graphOf([pool]), await graphOf([pool], overrides([pool, fake]))];
  assert.equal(await one.resolve(), [{ number: 1 }]);
  assert.equal(await two.resolve(), [{ number: 2 }]);
  assert.equal(await overridden.resolve(), [{ number: 0 }]);
  assert.equal(await one.resolve(), [{ number: 1 }]);
});

abstract class Repository {
  abstract readonly name: string;
}
@Injectable({ scope: "app" })
class PgRepository extends Repository {
  readonly name: string = "pg";
}
@Injectable({ scope: "app" })
class FakeRepository extends PgRepository {
  override readonly name = "fake";
}
class Service {
  constructor(
    @(later(() => Repository)()) readonly repository: Repository,
    @Given<string>() readonly id: string,
  ) {}
}

test("a binding stands for a class wherever it is asked for: by class, by later, by another binding", async () => {
  const options = { bindings: [bind(Repository, PgRepository)] };
  assert.is((await valueOf(Service, {}, options)).repository.name, "pg");
  assert.is((await valueOf(Repository, {}, options)).name, "pg");
  assert.is(
    (await valueOf(Repository, {}, { bindings: [bind(Repository, PgRepository), bind(PgRepository, FakeRepository)] })).name,
    "fake",
  );
  const { resolve } = await graphOf([Repository, PgRepository], options);
  const [bound, itself] = await resolve();
  assert.is(bound, itself, "one value");
});

test("a class can be bound to a dependency, and to itself", async () => {
  const made = dependency({}, (): Repository => ({ name: "made" }));
  assert.is((await valueOf(Repository, {}, { bindings: [bind(Repository, made)] })).name, "made");
  assert.is((await valueOf(PgRepository, {}, { bindings: [bind(PgRepository, PgRepository)] })).name, "pg");
});

test("an override is stronger than a binding; a class can be overridden by its subclass, a dependency by a class", async () => {
  const bindings = [bind(Repository, PgRepository)];
  assert.is((await valueOf(Service, {}, { bindings, ...overrides([Repository, FakeRepository]) })).repository.name, "fake");
  assert.is((await valueOf(Service, {}, { bindings, ...overrides([PgRepository, FakeRepository]) })).repository.name, "fake");
  const repository = dependency({}, (): Repository => ({ name: "function" }));
  const user = dependency({ repository }, ({ repository }) => repository.name);
  assert.is(await valueOf(user, {}, overrides([repository, FakeRepository])), "fake");
});

test("provided classes are given, not made", async () => {
  class Request {
    readonly url: string = "/made";
  }
  class Handler {
    constructor(@(later(() => Request)()) readonly request: Request) {}
  }
  const given = { url: "/given" };
  assert.is(
    (await valueOf(Handler, { request: given }, { provided: new Map<Class, Need>([[Request, Given("request")]]) })).request,
    given,
  );
});

test("an adopted graph keeps what no override reaches, and makes the rest anew", async () => {
  const events: string[] = [];
  const config = dependency({}, () => "real", { scope: "app" });
  const clock = dependency({}, () => ({ made: events.push("clock") }), { scope: "app" });
  const pool = dependency(
    { config },
    function* ({ config }) {
      events.push(`open ${config}`);
      yield { config };
      events.push(`close ${config}`);
    },
    { scope: "app" },
  );
  const needs = [pool, clock, config];
  const base = await graphOf(needs);
  const fake = dependency({}, () => "fake", { scope: "app" });
  const changed = await graphOf(needs, overrides([config, fake]), base.graph);
  const [before, after] = [await base.resolve(), await changed.resolve()];
  assert.equal(after, [{ config: "fake" }, { made: 1 }, "fake"]);
  assert.is(after[1], before[1], "the clock is kept");
  assert.equal(before[0], { config: "real" }, "runs of the base graph go on with what they had");
  await changed.graph.stop();
  await base.graph.stop();
  assert.equal(events, ["clock", "open real", "open fake", "close fake", "close real"]);
});

test("DI-08: an override that stood when the base was made and is undone is undone below, too", async () => {
  const config = dependency({}, () => "real", { scope: "app" });
  const fake = dependency({}, () => "fake", { scope: "app" });
  const pool = dependency({ config }, ({ config }) => `pool of ${config}`, { scope: "app" });
  const base = await graphOf([pool], overrides([config, fake]));
  assert.equal(await base.resolve(), ["pool of fake"]);
  assert.equal(await (await graphOf([pool], {}, base.graph)).resolve(), ["pool of real"]);
  const again = await graphOf([pool], overrides([config, fake]), base.graph);
  assert.equal(await again.resolve(), ["pool of fake"]);
});

test("a graph adopts what needs a provided constant, which is another declaration of the same value", async () => {
  class App {}
  const app = new App();
  let made = 0;
  const options = () => ({
    provided: new Map<Class, Need>([[App, toDependency({ kind: "constant", label: "App", value: app })]]),
  });
  const jobs = dependency({ app: App }, ({ app }) => ({ app, number: (made += 1) }), { scope: "app" });
  const base = await graphOf([jobs], options());
  const changed = await graphOf([jobs], options(), base.graph);
  assert.is((await changed.resolve())[0], (await base.resolve())[0]);
  assert.is(made, 1);
});

test("nothing is adopted from a graph that has not been started", async () => {
  const pool = dependency({}, () => "pool", { scope: "app" });
  const base = new Graph();
  base.plan([[{ need: pool, where: "the test" }]]);
  assert.equal(await (await graphOf([pool], {}, base)).resolve(), ["pool"]);
});

test("a value of the application that takes too long to make is named, and what was made is torn down, also what comes too late", async () => {
  const events: string[] = [];
  const gate = deferred();
  const pool = dependency(
    {},
    async function* () {
      try {
        yield "pool";
      } finally {
        events.push("pool ends");
      }
    },
    { scope: "app", name: "Pool" },
  );
  const slow = dependency(
    {},
    async function* () {
      await gate.promise;
      try {
        yield "slow";
      } finally {
        events.push("slow ends");
      }
    },
    { scope: "app", name: "Broker" },
  );
  const error = await errorOf(graphOf([pool, slow], { startTimeoutMs: 20 }));
  assert.match(error.message, /^Broker was not made within 20 ms\. mend: /);
  assert.equal(events.splice(0), ["pool ends"]);
  gate.resolve();
  await tick();
  assert.equal(events, ["slow ends"]);
});

test("a value of the application whose tear-down hangs is named, and the others end", async () => {
  const events: string[] = [];
  const first = dependency(
    {},
    async function* () {
      try {
        yield 1;
      } finally {
        events.push("first ends");
      }
    },
    { scope: "app" },
  );
  const hangs = dependency(
    { first },
    async function* () {
      yield 1;
      await new Promise(() => {});
    },
    { scope: "app", name: "Broker" },
  );
  const { graph } = await graphOf([hangs], { teardownTimeoutMs: 20 });
  assert.match((await errorOf(graph.stop())).message, /^Broker was not torn down within 20 ms/);
  assert.equal(events, ["first ends"]);
});

test("a graph adopts through another one that did not ask for the value", async () => {
  let made = 0;
  const pool = dependency({}, () => (made += 1), { scope: "app" });
  const base = await graphOf([pool]);
  const between = await graphOf([dependency({}, () => 1, { scope: "app" })], {}, base.graph);
  assert.equal(await (await graphOf([pool], {}, between.graph)).resolve(), [1]);
  assert.equal([made, between.graph.makes], [1, true]);
});

test("what a need is known by: a class by itself, later by what it gives, anything else by nothing", () => {
  const user = dependency({}, () => 1);
  assert.is(toKey(Service), Service);
  assert.is(toKey(later(() => Service)), Service);
  assert.is(toKey(later(() => user)), toKey(user));
  assert.is(toKey(user()), toKey(user));
  const circle: Need = later((): typeof circle => circle as never);
  for (const nothing of [circle, undefined, 1, {}, () => 1, Service.bind(null), later(() => undefined as never)]) {
    assert.is(toKey(nothing as Need), undefined);
  }
  assert.is(toKey(later(() => Later)), undefined, "in its temporal dead zone");
  class Later {}
});

test("a frozen class can be injected", async () => {
  class Frozen {}
  recordInjectable(Frozen, { scope: "request" });
  assert.ok((await valueOf(Object.freeze(Frozen))) instanceof Frozen);
});

test("decorators of another copy of the package are understood", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madeleine-di-"));
  const here = fileURLToPath(new URL("..", import.meta.url));
  cpSync(join(here, "src"), join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  symlinkSync(join(here, "node_modules"), join(folder, "node_modules"));
  const copy = (await import(pathToFileURL(join(folder, "src/index.ts")).href)) as typeof import("../src/index.ts");
  assert.is.not(copy.dependency, dependency);
  const theirs = copy.dependency({ id: Given() }, ({ id }) => `theirs ${String(id)}`);
  class Mixed {
    constructor(@theirs() readonly value: string) {}
  }
  copy.Injectable({ scope: "request" })(Mixed);
  assert.is((await valueOf(Mixed, { id: 1 })).value, "theirs 1");
  rmSync(folder, { recursive: true });
});

test.run();
