import { test } from "uvu";
import * as assert from "uvu/assert";
import { dependency, Graph, run, runBatches, toParam, Unwinding, type Need } from "../src/index.ts";
import { deferred, errorOf, Given, graphOf, tick } from "./graph-of.ts";

/** Runs what a plan computes, as an application does it. */
function start(need: Need | readonly Need[]) {
  const graph = new Graph();
  const plan = graph.plan([[need].flat().map((one) => ({ need: one as Need, where: "the test" }))]);
  const values = plan.template.slice();
  const unwinding = new Unwinding();
  const [phase] = plan.phases;
  return { running: runBatches(phase!.batches, values, unwinding), values, phase: phase!, unwinding, plan };
}

test("a synchronous graph is run without a promise", () => {
  const one = dependency({}, () => 1);
  const two = dependency({ one }, ({ one }) => one + 1);
  const generator = dependency({ two }, function* ({ two }) {
    yield two + 1;
  });
  const { running, values, phase } = start(generator);
  assert.is(running, undefined);
  assert.is(values[phase.slots[0]!], 3);
});

test("independent values are computed side by side, and what needs them after all of them", async () => {
  const events: string[] = [];
  const [left, right] = [deferred<string>(), deferred<string>()];
  const a = dependency({}, () => (events.push("begin a"), left.promise));
  const b = dependency({}, () => (events.push("begin b"), right.promise));
  const both = dependency({ a, b }, ({ a, b }) => (events.push(`both ${a} ${b}`), a + b));
  const { running, plan } = start(both);
  assert.equal(events, ["begin a", "begin b"], "in the same turn of the event loop");
  right.resolve("right");
  await tick();
  assert.is(events.length, 2);
  left.resolve("left");
  await running;
  assert.equal(events.at(-1), "both left right");
  assert.equal(
    plan.values.map(({ batch }) => batch),
    [0, 0, 1],
  );
});

test("DI-04: one value per run, also while it is still pending", async () => {
  let count = 0;
  const shared = dependency({}, async () => {
    await tick();
    return { number: (count += 1) };
  });
  const users = Array.from({ length: 5 }, () => dependency({ shared }, async ({ shared }) => shared));
  const { resolve } = await graphOf([...users, shared]);
  const values = await resolve();
  assert.is(count, 1);
  assert.is(new Set(values).size, 1);
  assert.is.not((await resolve())[0], values[0], "another run has another one");
});

test("a value that is transient is computed each time it is asked for", async () => {
  let count = 0;
  const ticket = dependency({}, () => (count += 1), { scope: "transient" });
  const a = dependency({ ticket }, ({ ticket }) => ticket);
  const b = dependency({ ticket }, ({ ticket }) => ticket);
  assert.equal(await (await graphOf([a, b, ticket, ticket])).resolve(), [1, 2, 3, 4]);
});

test("DI-05: the first error in time answers, when those under way have settled and been torn down in reverse order", async () => {
  const events: string[] = [];
  const [slow, failing, later] = [deferred(), deferred(), deferred()];
  const done = dependency({}, function* () {
    try {
      yield 1;
    } catch (error) {
      events.push(`end done: ${String(error)}`);
      throw error;
    }
  });
  const underWay = dependency({ done }, async function* () {
    await slow.promise;
    try {
      yield 2;
    } catch (error) {
      events.push(`end underWay: ${String(error)}`);
      throw error;
    }
  });
  const first = dependency({ done }, () => failing.promise);
  const second = dependency({ done }, () => later.promise);
  const never = dependency({ underWay, first }, () => events.push("never"));
  const { run } = await graphOf([never, second]);
  const error = errorOf(run(() => events.push("never")));
  void error.then(() => events.push("answered"));
  failing.reject("first");
  await tick();
  later.reject("second");
  await tick();
  assert.equal(events, [], "the answer waits for what is under way");
  slow.resolve();
  assert.is(await error, "first");
  assert.equal(events, ["end underWay: first", "end done: first", "answered"]);
});

test("a synchronous error waits for those under way too, and their rejections are not unhandled", async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  const rejected = deferred();
  const a = dependency({}, () => rejected.promise);
  const b = dependency({}, async () => {
    throw new Error("at once, but later in time");
  });
  const c = dependency({}, () => {
    throw new Error("synchronous");
  });
  let isStarted = false;
  const d = dependency({}, () => (isStarted = true));
  const { run } = await graphOf([a, b, c, d]);
  const error = errorOf(run(() => undefined));
  await tick();
  rejected.reject(new Error("later"));
  assert.is((await error).message, "synchronous");
  assert.is(isStarted, false, "what follows in the batch is not begun");
  await tick();
  await tick();
  process.off("unhandledRejection", listen);
  assert.equal(unhandled, []);
});

test("a thenable whose then throws fails the run", async () => {
  // oxlint-disable-next-line unicorn/no-thenable -- the case under test
  const hostile = Object.defineProperty({}, "then", { get: () => assert.unreachable.bind(null, "then") });
  const throwing = dependency({}, () => hostile);
  assert.ok(await errorOf((await graphOf([throwing])).resolve()));
});

test("phases run one after the other: what an earlier one made, a later one uses, and its sources are read once", async () => {
  const events: string[] = [];
  let reads = 0;
  const source = toParam<number>({ kind: "source", label: "Counted()", named: () => counted, read: () => (reads += 1) });
  const counted = { kind: "source", label: "Counted()", named: () => counted, read: () => (reads += 1) } as const;
  const guard = dependency({ source }, async ({ source }) => {
    await tick();
    events.push("guard");
    return source;
  });
  const value = dependency({ guard, source }, ({ guard, source }) => (events.push("value"), guard + source));
  const graph = new Graph();
  const plan = graph.plan([[{ need: guard, where: "a guard" }], [{ need: value, where: "the handler" }]]);
  assert.equal(await run(plan, {}, (...values) => values), [1, 2]);
  assert.equal(events, ["guard", "value"]);
  assert.is(reads, 1);
});

test("a guard that fails keeps the later phases from being read and run", async () => {
  const events: string[] = [];
  const guard = dependency({}, () => {
    throw new Error("401");
  });
  const body = toParam({ kind: "source", label: "Body()", named: () => ({}) as never, read: () => events.push("read") });
  const graph = new Graph();
  const plan = graph.plan([[{ need: guard, where: "a guard" }], [{ need: body, where: "the handler" }]]);
  assert.is((await errorOf(run(plan, {}, () => events.push("use")))).message, "401");
  assert.equal(events, []);
});

test("run reads sources under the name of their place, also asynchronous ones", async () => {
  const graph = new Graph();
  const user = dependency({ name: Given<string>(), other: Given<string>("id") }, ({ name, other }) => `${name} ${other}`);
  const plan = graph.plan([
    [
      { need: Given("id"), name: "x", where: "the test" },
      { need: user, where: "the test" },
    ],
  ]);
  assert.equal(await run(plan, { name: Promise.resolve("alice"), id: 7 }, (...values) => values), [7, "alice 7"]);
});

test("run refuses a source that only its application can read", async () => {
  const source = toParam({ kind: "source", label: 'Query("q")', named: () => ({}) as never });
  const graph = new Graph();
  const plan = graph.plan([[{ need: source, where: "the test" }]]);
  assert.is((await errorOf(run(plan, {}, () => 1))).message, 'Query("q") is read by its application, not by run()');
});

test("a constant is its value, and costs a run nothing", async () => {
  const { toDependency } = await import("../src/index.ts");
  const constant = toDependency({ kind: "constant", label: "the answer", value: 42 });
  const { plan, resolve } = await graphOf([constant]);
  assert.equal(await resolve(), [42]);
  assert.equal(plan.phases[0]?.batches, []);
  assert.is(plan.unwinds, false);
});

test("a plan tells people what it does: labels, scopes, batches, places", async () => {
  const one = dependency({ id: Given() }, () => 1, { name: "One" });
  const two = dependency({ one }, function two() {}, { until: "response" });
  const { plan } = await graphOf([two]);
  const shown = plan.values.map(({ label, kind, scope, until, batch, place }) => ({
    label,
    kind,
    scope,
    until,
    batch,
    isHere: /^packages\/di\/tests\/plan\.test\.ts:\d+:\d+$/.test(String(place)),
  }));
  assert.equal(shown, [
    { label: "Given(id)", kind: "source", scope: "request", until: undefined, batch: undefined, isHere: false },
    { label: "One", kind: "function", scope: "request", until: "handler", batch: 0, isHere: true },
    { label: "two", kind: "function", scope: "request", until: "response", batch: 1, isHere: true },
  ]);
});

test.run();
