import { dependency, given, Injectable } from "@madeleine/di";
import { App, BackgroundTasks, BootError, Cookie, Query } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "./harness.ts";

async function errorOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => assert.unreachable(),
    (error: Error) => error,
  ) as Promise<Error>;
}

test("a scope runs the same graph outside of a request, with what the application made, and boots it where nobody has", async () => {
  const events: string[] = [];
  const pool = dependency(
    {},
    async function* () {
      events.push("pool begins");
      yield { query: () => 1 };
      events.push("pool ends");
    },
    { scope: "app" },
  );
  const orders = dependency({ pool }, async function* ({ pool }) {
    yield pool.query();
    events.push("orders end");
  });
  const { app } = createApp();
  {
    await using scope = await app.scope();
    assert.is(await scope.resolve(orders), 1);
    await using other = await app.scope();
    assert.is(await other.resolve(orders), 1);
  }
  assert.equal(events.splice(0), ["pool begins", "orders end", "orders end"]);
  await app.close();
  assert.equal(events, ["pool ends"]);
});

test("two scopes that ask at the same time make what lives as long as the application once", async () => {
  let made = 0;
  const pool = dependency({}, async () => (made += 1), { scope: "app" });
  const { app } = createApp();
  await using one = await app.scope();
  await using other = await app.scope();
  assert.equal(await Promise.all([one.resolve(pool), other.resolve(pool), one.resolve(pool)]), [1, 1, 1]);
  await app.close();
});

test("what a request would bring is given; what nobody gives is named with the way to it", async () => {
  const user = dependency({ id: Cookie("user_id", z.string()) }, ({ id }) => ({ name: id }), { name: "CurrentUser" });
  const report = dependency({ user, page: Query(z.number()) }, ({ user, page }) => `${user.name} ${page}`, { name: "Report" });
  const { app } = createApp();
  const provide = [given(user, { name: "alice" }), given(Query("page", z.number()), 2)];
  assert.is(await app.scope((scope) => scope.resolve(report), { provide }), "alice 2");
  await using scope = await app.scope({ provide: [given(Cookie("user_id"), "bob")] });
  assert.is(
    (await errorOf(scope.resolve(report))).message,
    'Report cannot be made outside of a request: nobody gives Query("page") (Report → Query("page")). mend: provide: [given(Query("page"), …)]',
  );
  await app.close();
});

test("an error in a scope reaches its generators, so that a transaction rolls back, and is thrown on", async () => {
  const events: string[] = [];
  const transaction = dependency({}, async function* () {
    try {
      yield "open";
      events.push("commit");
    } catch (error) {
      events.push("rollback");
      throw error;
    }
  });
  const { app } = createApp();
  await app.scope((scope) => scope.resolve(transaction));
  const failing = app.scope(async (scope) => {
    await scope.resolve(transaction);
    throw new Error("the job failed");
  });
  assert.is((await errorOf(failing)).message, "the job failed");
  const scope = await app.scope();
  await scope.resolve(transaction);
  await scope.close({ error: new Error("told") });
  assert.equal(events, ["commit", "rollback", "rollback"]);
  await app.close();
});

test("background tasks of a scope run when it is closed, unless it failed", async () => {
  const ran: string[] = [];
  const mail = dependency({ tasks: BackgroundTasks }, ({ tasks }) => tasks.add(() => ran.push("mail")));
  const { app } = createApp();
  await app.scope((scope) => scope.resolve(mail));
  await errorOf(
    app.scope(async (scope) => {
      await scope.resolve(mail);
      throw new Error("failed");
    }),
  );
  assert.equal(ran, ["mail"]);
  await app.close();
});

test("a mistake below what is asked for is a BootError, and the application goes on", async () => {
  class Undecided {}
  const { app } = createApp();
  await using scope = await app.scope();
  assert.instance(await errorOf(scope.resolve(Undecided)), BootError);
  assert.is(await scope.resolve(dependency({}, () => 1)), 1);
  await app.close();
});

test("what cannot be made for a scope leaves what the application made as it is, and may be asked for again", async () => {
  let tries = 0;
  const broker = dependency(
    {},
    () => {
      tries += 1;
      if (tries === 1) throw new Error("connection refused");
      return "broker";
    },
    { scope: "app" },
  );
  @Injectable({ scope: "app" })
  class Pool implements AsyncDisposable {
    isOpen = true;
    async [Symbol.asyncDispose]() {
      this.isOpen = false;
    }
  }
  const { app } = createApp();
  await using scope = await app.scope();
  const pool = await scope.resolve(Pool);
  await using failing = await app.scope();
  assert.is((await errorOf(failing.resolve(broker))).message, "connection refused");
  assert.is(pool.isOpen, true);
  await using again = await app.scope();
  assert.equal([await again.resolve(broker), await again.resolve(Pool)], ["broker", pool]);
  await app.close();
  assert.is(pool.isOpen, false);
});

test("overrides count in a scope, too", async () => {
  const user = dependency({ id: Cookie("id") }, ({ id }) => id);
  const app = new App();
  await app.boot();
  using _ = app.override(user, "alice");
  assert.is(await app.scope((scope) => scope.resolve(user)), "alice");
  await app.close();
});

test.run();
