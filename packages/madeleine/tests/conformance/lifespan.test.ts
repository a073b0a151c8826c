import { App } from "madeleine";
import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { holds } from "./answers.ts";

holds("lifespan-order", "a lifespan begins before the first request and ends after the last", async () => {
  const log: string[] = [];
  const app = new App({
    lifespan: async function* () {
      log.push("startup");
      yield;
      log.push("shutdown");
    },
  });
  app.get("/", () => log.push("request"));
  const client = await TestClient.open(app);
  await client.get("/");
  assert.equal(log, ["startup", "request"]);
  await client.close();
  assert.equal(log, ["startup", "request", "shutdown"]);
});

holds("lifespan-shutdown-error", "what fails after the yield of a lifespan is thrown by close", async () => {
  const app = new App({
    lifespan: async function* () {
      yield;
      throw new Error("the pool would not close");
    },
  });
  await app.boot();
  const failure = await app.close().catch((error: unknown) => error);
  assert.match(String(failure), "the pool would not close");
});

test.run();
