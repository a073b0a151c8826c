import { setTimeout as wait } from "node:timers/promises";
import { dependency } from "@madeleine/di";
import { Controller, Get, Header } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "./harness.ts";

const key = Header("x-key", z.string().optional());
const isAdmin = dependency({ key }, ({ key }) => key === "admin", { name: "isAdmin" });
const isAwake = dependency({}, async () => {
  await wait(1);
  return false;
});

@Controller("/reports", { dependencies: [isAdmin] })
class Reports {
  @Get("/", { dependencies: [isAwake] })
  list() {
    return [];
  }

  @Get("/mine")
  mine(@isAdmin admin: boolean) {
    return { admin };
  }
}

test("a guard that gives false refuses nobody, as any other value, and the log is told once for each route", async () => {
  const { app, log } = createApp({ controllers: [Reports] });
  await using client = await TestClient.open(app);
  for (const name of ["admin", "guest", "guest"]) {
    assert.is((await client.get("/reports", { headers: { "x-key": name } })).status, 200);
    assert.equal((await client.get("/reports/mine", { headers: { "x-key": name } })).json(), { admin: name === "admin" });
  }
  const told = log.messages.filter((message) => message.includes("gave false"));
  assert.is(told.length, 3, told.join("\n"));
  assert.ok(
    told.includes(
      "isAdmin, a guard of Reports.mine (GET /reports/mine), gave false and refused nobody: what a guard gives is not looked at. mend: throw new HTTPException(403) in it",
    ),
  );
});

test("a guard that gives nothing, or something, is not told of", async () => {
  const { app, log } = createApp();
  const guards = [undefined, true, 0, "", null].map((value) => dependency({}, () => value));
  app.get("/items", { dependencies: guards }, {}, () => []);
  await using client = await TestClient.open(app);
  assert.is((await client.get("/items")).status, 200);
  assert.equal(log.messages, []);
});

test.run();
