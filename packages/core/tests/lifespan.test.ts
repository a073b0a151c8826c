import { dependency } from "@madeleine/di";
import { App } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createApp } from "./harness.ts";

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "",
    (error: Error) => error.message,
  );
}

test("the lifespan begins before the first request and ends after the last one, inside of what lives as long as the application (conformance lifespan-order)", async () => {
  const events: string[] = [];
  const pool = dependency(
    {},
    async function* () {
      events.push("pool begins");
      yield "pool";
      events.push("pool ends");
    },
    { scope: "app" },
  );
  const { app } = createApp({
    lifespan: async function* (app) {
      events.push(`startup with ${await app.scope((scope) => scope.resolve(pool))}`);
      yield;
      events.push("shutdown");
    },
  });
  app.get("/", { pool }, () => events.push("request"));
  {
    await using client = await TestClient.open(app);
    await client.get("/");
  }
  assert.equal(events, ["pool begins", "startup with pool", "request", "shutdown", "pool ends"]);
});

test("an error before the yield is what booting throws, and what was made is torn down", async () => {
  let ended = 0;
  const pool = dependency(
    {},
    function* () {
      try {
        yield 1;
      } finally {
        ended += 1;
      }
    },
    { scope: "app" },
  );
  const { app } = createApp({
    // oxlint-disable-next-line require-yield -- it fails before
    lifespan: async function* () {
      throw new Error("migration failed");
    },
  });
  app.get("/", { pool }, () => 1);
  assert.is(await messageOf(app.boot()), "migration failed");
  assert.is(ended, 1);
});

test("an error after the yield is what closing throws, and the rest ends (conformance lifespan-shutdown-error)", async () => {
  let ended = 0;
  const pool = dependency(
    {},
    function* () {
      yield 1;
      ended += 1;
    },
    { scope: "app" },
  );
  const { app } = createApp({
    lifespan: function* () {
      yield;
      throw new Error("flush failed");
    },
  });
  app.get("/", { pool }, () => 1);
  await app.boot();
  assert.is(await messageOf(app.close()), "flush failed");
  assert.is(ended, 1);
});

test("an application that boots again has a lifespan again", async () => {
  let begun = 0;
  const app = new App({
    lifespan: function* () {
      begun += 1;
      yield;
    },
  });
  for (let round = 0; round < 2; round++) {
    await app.boot();
    await app.close();
  }
  assert.is(begun, 2);
});

test("a beginning or an end that hangs is given up and named", async () => {
  const hangs = () => new Promise<void>(() => {});
  const slow = new App({
    startTimeoutMs: 20,
    lifespan: async function* () {
      await hangs();
      yield;
    },
  });
  assert.match(await messageOf(slow.boot()), /^lifespan was not made within 20 ms/);
  const stuck = new App({
    teardownTimeoutMs: 20,
    lifespan: async function* () {
      yield;
      await hangs();
    },
  });
  await stuck.boot();
  assert.match(await messageOf(stuck.close()), /^lifespan was not torn down within 20 ms/);
});

test("a lifespan that is no generator, or does not yield, says so", async () => {
  assert.match(
    await messageOf(new App({ lifespan: (() => undefined) as never }).boot()),
    /^lifespan is a generator that yields once\. mend: /,
  );
  const silent = new App({ lifespan: function* () {} }); // oxlint-disable-line require-yield
  assert.match(await messageOf(silent.boot()), /^lifespan is a generator and did not yield/);
});

test.run();
