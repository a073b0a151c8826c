// test-timeout: 120

import { dependency } from "@madeleine/di";
import { HTTPException, Response } from "@madeleine/http";
import { BackgroundTasks, Cookie, Query } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, withstand } from "./harness.ts";

const Sent = Cookie("user", z.string());
const randomWait = () => new Promise<void>((resolve) => setTimeout(resolve, Math.random() * 4));

class Conflict extends Error {
  constructor(readonly user: string) {
    super(`conflict of ${user}`);
  }
}

test("DI-01: of 1,000 interleaved requests of two users none sees anything of the other: in dependencies, handler, tear-down, background task, error handler, log", async () => {
  const mixed: string[] = [];
  const ended = { handler: 0, response: 0, tasks: 0 };
  const expect = (where: string, one: unknown, other: unknown) => void (one === other || mixed.push(`${where}: ${one} ${other}`));
  const user = dependency({ user: Sent }, async ({ user }) => {
    await randomWait();
    return user;
  });
  const handle = dependency({ user, number: Query(z.number()) }, async function* ({ user, number }) {
    await randomWait();
    const connection = { user, number };
    try {
      yield connection;
    } finally {
      await randomWait();
      expect("tear-down", connection.user, user);
      ended.handler += 1;
    }
  });
  const lasting = dependency(
    { user },
    async function* ({ user }) {
      const own = { user };
      try {
        yield own;
      } finally {
        await randomWait();
        expect("tear-down after the response", own.user, user);
        ended.response += 1;
      }
    },
    { until: "response" },
  );
  const { app, log } = createApp();
  app.on(Conflict, async (error, request) => {
    await randomWait();
    expect("error handler", request.cookies.get("user"), error.user);
    return new Response(error.user, { status: 409 });
  });
  const needs = {
    user,
    handle,
    lasting,
    response: Response,
    tasks: BackgroundTasks,
    cookie: Sent,
    fails: Query("fails"),
  };
  app.get("/", needs, async ({ user, handle, lasting, response, tasks, cookie, fails }) => {
    await randomWait();
    for (const [where, value] of Object.entries({ handle: handle.user, lasting: lasting.user, cookie }))
      expect(where, value, user);
    tasks.add(async (own: string) => {
      await randomWait();
      expect("task", own, user);
      ended.tasks += 1;
    }, user);
    response.setCookie("seen", user);
    if (fails === "domain") throw new Conflict(user);
    if (fails === "http") throw new HTTPException(400, user);
    if (fails === "bug") throw new Error(user);
    return user;
  });
  await withstand(app, async (client) => {
    const ask = async (number: number) => {
      const name = number % 2 === 0 ? "alice" : "bob";
      const fails = ["", "", "domain", "http", "bug"][number % 5];
      await randomWait();
      const answer = await client.get(`/?number=${number}&fails=${fails}`, { headers: { cookie: `user=${name}` } });
      const seen = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
      expect("cookie", seen.join(), `seen=${name}`);
      if (fails !== "bug") assert.match(answer.text(), name);
      assert.not.match(answer.text(), name === "alice" ? "bob" : "alice");
    };
    for (let round = 0; round < 10; round++)
      await Promise.all(Array.from({ length: 100 }, (_, index) => ask(round * 100 + index)));
  });
  assert.equal(mixed, []);
  assert.equal(ended, { handler: 1000, response: 1000, tasks: 800 }, "what failed by a bug has no background tasks");
  assert.is(log.entries.length, 200);
});

test("DI-05, DI-06: a dependency that fails leaves two others torn down in reverse order, one of which hangs", async () => {
  const events: string[] = [];
  const make = (name: string, end: () => Promise<void> | void) =>
    dependency(
      {},
      async function* () {
        try {
          yield name;
        } finally {
          events.push(name);
          await end();
        }
      },
      { name },
    );
  const first = make("first", () => {});
  const second = make("second", () => new Promise(() => {}));
  const both = dependency({ first, second }, () => {
    throw new HTTPException(409);
  });
  const { app, log } = createApp({ teardownTimeoutMs: 50 });
  app.get("/", { both }, () => "never");
  await withstand(app, async (client) => assert.is((await client.get("/")).status, 500));
  assert.equal(events, ["second", "first"]);
  const details = log.entries[0]!.details as unknown as { err: Error; replaced: HTTPException };
  assert.match(details.err.message, /^second was not torn down within 50 ms/);
  assert.is(details.replaced.status, 409, "what it took the place of is in the log, too");
});

test("DI-10: the values of many requests are not kept", async () => {
  const { gc } = globalThis as { gc?: () => void };
  const alive: WeakRef<object>[] = [];
  const value = dependency({}, function* () {
    const made = { bytes: new Uint8Array(10_000) };
    alive.push(new WeakRef(made));
    yield made;
  });
  const { app } = createApp();
  app.get("/", { value, tasks: BackgroundTasks }, ({ value, tasks }) => tasks.add(() => value.bytes.length));
  await withstand(app, async (client) => {
    for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 100 }, () => client.get("/")));
    gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
    gc?.();
  });
  assert.is(alive.length, 2000);
  if (gc !== undefined) assert.ok(alive.filter((one) => one.deref() !== undefined).length < 200);
});

test.run();
