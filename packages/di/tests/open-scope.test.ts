import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  dependency,
  given,
  givenOverrides,
  Graph,
  Injectable,
  OpenScope,
  toParam,
  type GivenValue,
  type SourceDeclaration,
} from "../src/index.ts";
import { deferred, errorOf } from "./graph-of.ts";

/** A source that only a request has: a scope cannot read it. */
function Asked(name: string) {
  const source: SourceDeclaration = { kind: "source", label: `Asked("${name}")`, named: () => source };
  return toParam<string>(source);
}

function openScope(all: readonly GivenValue[] = []): OpenScope {
  return new OpenScope({
    given: all,
    graphFor: async (need) => {
      const graph = new Graph({ overrides: givenOverrides(all) });
      graph.plan([[{ need, where: "the scope" }]]);
      if (graph.problems.length > 0) throw new Error(graph.problems[0]?.what);
      await graph.start();
      return graph;
    },
  });
}

test("a scope has one value of each dependency, also while it is pending, and a transient one each time", async () => {
  let made = 0;
  const shared = dependency({}, async () => (made += 1));
  const single = dependency({}, () => ({}), { scope: "transient" });
  const orders = dependency({ shared, one: single, other: single }, ({ shared, one, other }) => [shared, one === other]);
  await using scope = openScope();
  assert.equal(await Promise.all([scope.resolve(orders), scope.resolve(shared)]), [[1, false], 1]);
  assert.is.not(await scope.resolve(single), await scope.resolve(single));
  assert.is(made, 1);
});

test("two scopes share nothing of a request", async () => {
  const value = dependency({}, () => ({}));
  await using one = openScope();
  await using other = openScope();
  assert.is.not(await one.resolve(value), await other.resolve(value));
});

test("what a request would bring is given: a source by what it reads, a dependency and a class by themselves", async () => {
  @Injectable()
  class Mailer {
    constructor(@Asked("host") readonly host: string) {}
  }
  const user = dependency({ id: Asked("id") }, ({ id }) => ({ id }));
  const fromSource = dependency({ user, mailer: Mailer }, ({ user, mailer }) => `${user.id} by ${mailer.host}`);
  await using scope = openScope([given(Asked("id"), "alice"), given(Asked("host"), "smtp")]);
  assert.is(await scope.resolve(fromSource), "alice by smtp");
  await using other = openScope([given(user, { id: "bob" }), given(Mailer, { host: "test" })]);
  assert.is(await other.resolve(fromSource), "bob by test");
});

test("what nobody gives is named with the way to it, before anything is made", async () => {
  let made = 0;
  const pool = dependency({}, () => (made += 1), { name: "Pool" });
  const user = dependency({ pool, id: Asked("id") }, () => 1, { name: "CurrentUser" });
  const orders = dependency({ pool, user }, () => 1, { name: "Orders" });
  await using scope = openScope();
  assert.is(
    (await errorOf(scope.resolve(orders))).message,
    'Orders cannot be made outside of a request: nobody gives Asked("id") (Orders → CurrentUser → Asked("id")). mend: provide: [given(Asked("id"), …)], or given(CurrentUser, …)',
  );
  assert.is(made, 0);
});

test("nothing that lives as long as the application can hold what was given to one scope", async () => {
  const user = dependency({ id: Asked("id") }, ({ id }) => id, { name: "User" });
  const cache = dependency({ user }, () => 1, { name: "Cache", scope: "app" });
  await using scope = openScope([given(user, "alice")]);
  assert.match((await errorOf(scope.resolve(cache))).message, /^Cache lives as long as the application, and needs User/);
});

test("what was made ends with the scope, last made first, and a scope that is closed makes nothing more", async () => {
  const events: string[] = [];
  const outer = dependency({}, async function* () {
    yield "outer";
    events.push("outer ends");
  });
  const inner = dependency({ outer }, function* ({ outer }) {
    yield `inner of ${outer}`;
    events.push("inner ends");
  });
  const scope = openScope();
  assert.is(await scope.resolve(inner), "inner of outer");
  await scope.close();
  await scope.close();
  assert.equal(events, ["inner ends", "outer ends"]);
  assert.match((await errorOf(scope.resolve(inner))).message, /^this scope is closed/);
});

test("a failure that is told reaches every generator, and is not thrown again", async () => {
  const failure = { error: new Error("the job failed") };
  let seen: unknown;
  const transaction = dependency({}, async function* () {
    try {
      yield 1;
    } catch (error) {
      seen = error;
      throw error;
    }
  });
  const scope = openScope();
  await scope.resolve(transaction);
  await scope.close(failure);
  assert.is(seen, failure.error);
});

test("a tear-down that fails is what closing throws", async () => {
  const commit = dependency({}, async function* () {
    yield 1;
    throw new Error("commit failed");
  });
  const scope = openScope();
  await scope.resolve(commit);
  assert.is((await errorOf(scope.close())).message, "commit failed");
});

test("closing waits for what is being made, and tears it down", async () => {
  const gate = deferred();
  let ended = 0;
  const slow = dependency({}, async function* () {
    await gate.promise;
    yield 1;
    ended += 1;
  });
  const scope = openScope();
  const resolving = scope.resolve(slow);
  await new Promise((resolve) => setImmediate(resolve));
  const closing = scope.close();
  gate.resolve();
  assert.is(await resolving, 1);
  await closing;
  assert.is(ended, 1);
});

test.run();
