import { dependency } from "@madeleine/di";
import { HTTPException, Response } from "@madeleine/http";
import { BackgroundTasks, Controller, Depends, Get } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createApp, until } from "./harness.ts";

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test("tasks run after the response, in order, and are the same object for dependencies and the handler (conformance bg-merge-dep)", async () => {
  const log: string[] = [];
  const audit = dependency({ tasks: Depends(BackgroundTasks) }, ({ tasks }) => {
    tasks.add(async (text: string) => {
      await wait(10);
      log.push(text);
    }, "dep");
    return tasks;
  });
  @Controller()
  class Items {
    @Get("/d")
    read(tasks: BackgroundTasks, @audit() same: BackgroundTasks) {
      tasks.add(() => log.push("h"));
      return tasks === same && log.length === 0;
    }
  }
  const { app } = createApp({ controllers: [Items] });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/d")).json(), true);
  await until(() => log.length === 2);
  assert.equal(log, ["dep", "h"]);
});

test("a task that fails is logged with the route's name, and those after it are left out (conformance bg-failure)", async () => {
  const ran: string[] = [];
  const { app, log } = createApp();
  app.get("/fail", { tasks: BackgroundTasks }, ({ tasks }) => {
    tasks.add(() => {
      ran.push("boom");
      throw new Error("boom");
    });
    tasks.add(() => ran.push("never"));
    return { ok: 1 };
  });
  await using client = await TestClient.open(app);
  const response = await client.get("/fail");
  assert.equal([response.status, response.json()], [200, { ok: 1 }]);
  await until(() => log.entries.length === 1);
  assert.equal(log.messages, ["a background task of GET /fail failed, and those after it were left out"]);
  assert.match(String(log.entries[0]?.details["err"]), "boom");
  assert.equal(ran, ["boom"]);
});

test("tasks run after a thrown HTTPException or response, and not after a bug, whose client heard that nothing was done", async () => {
  const ran: string[] = [];
  const { app } = createApp();
  for (const [path, thrown] of [
    ["/exception", new HTTPException(400)],
    ["/response", new Response("no", { status: 403 })],
    ["/bug", new Error("bug")],
  ] as const) {
    app.get(path, { tasks: BackgroundTasks }, ({ tasks }) => {
      tasks.add(() => ran.push(path));
      throw thrown;
    });
  }
  await using client = await TestClient.open(app);
  assert.equal([(await client.get("/bug")).status, (await client.get("/exception")).status], [500, 400]);
  assert.is((await client.get("/response")).status, 403);
  await until(() => ran.length === 2);
  assert.equal(ran, ["/exception", "/response"]);
});

test("a failing commit leaves the tasks out: what they would tell is not true", async () => {
  const ran: string[] = [];
  const transaction = dependency({}, async function* () {
    yield 1;
    throw new Error("commit failed");
  });
  const { app } = createApp();
  app.get("/", { transaction, tasks: BackgroundTasks }, ({ tasks }) => tasks.add(() => ran.push("confirmed")));
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).status, 500);
  await wait(20);
  assert.equal(ran, []);
});

test("values with until: response are torn down after the tasks, and see that one failed; others before the response (conformance dep-order-ok)", async () => {
  const events: string[] = [];
  const lasting = dependency(
    {},
    async function* () {
      try {
        yield "lasting";
      } catch (error) {
        events.push(`lasting sees ${(error as Error).message}`);
        throw error;
      } finally {
        events.push("lasting ends");
      }
    },
    { until: "response" },
  );
  const short = dependency({}, async function* () {
    yield "short";
    events.push("short ends");
  });
  const { app, log } = createApp();
  app.get("/", { lasting, short, tasks: BackgroundTasks }, ({ tasks }) => {
    tasks.add(() => events.push("task"));
    tasks.add(() => {
      throw new Error("boom");
    });
    return events.push("handler");
  });
  await using client = await TestClient.open(app);
  await client.get("/");
  await until(() => events.includes("lasting ends"));
  assert.equal(events, ["handler", "short ends", "task", "lasting sees boom", "lasting ends"]);
  assert.is(log.entries.length, 1, "the failure is logged once");
});

test("a cookie, a header or a status that a task sets comes too late, and says so", async () => {
  const told: string[] = [];
  const { app } = createApp();
  const late: Record<string, (response: Response) => unknown> = {
    "response.setCookie(…)": (response) => response.setCookie("a", "b"),
    "response.deleteCookie(…)": (response) => response.deleteCookie("a"),
    "response.headers": (response) => response.headers.set("a", "b"),
    "response.status = …": (response) => (response.status = 404),
  };
  app.get("/", { response: Response, tasks: BackgroundTasks }, ({ response, tasks }) => {
    response.setCookie("kept", "1");
    for (const [name, change] of Object.entries(late)) {
      tasks.add(() => {
        try {
          change(response);
        } catch (error) {
          if ((error as Error).message.startsWith(`${name} came too late: the response was sent. mend: `)) told.push(name);
        }
      });
    }
    return null;
  });
  await using client = await TestClient.open(app);
  await client.get("/");
  assert.is(client.cookies.get("kept")?.value, "1");
  await until(() => told.length === 4);
});

test("what is added when all tasks have run says that it came too late", async () => {
  let error: unknown;
  const kept: BackgroundTasks[] = [];
  const ran: string[] = [];
  const { app } = createApp();
  app.get("/", { tasks: BackgroundTasks }, ({ tasks }) => {
    tasks.add(() => tasks.add(() => ran.push("added"))); // a task may add others
    kept.push(tasks);
    return null;
  });
  await using client = await TestClient.open(app);
  await client.get("/");
  await until(() => ran.length === 1);
  await until(() => {
    try {
      kept[0]!.add(() => undefined);
    } catch (thrown) {
      error = thrown;
    }
    return error !== undefined;
  });
  assert.match((error as Error).message, /^tasks\.add\(…\) came too late: the tasks of this request have run\. mend: /);
});

test("closing waits for tasks that run, and what they use is torn down after them", async () => {
  const events: string[] = [];
  const pool = dependency(
    {},
    async function* () {
      yield "pool";
      events.push("pool ends");
    },
    { scope: "app" },
  );
  const { app } = createApp();
  app.get("/", { pool, tasks: BackgroundTasks }, ({ tasks }) => {
    tasks.add(async () => {
      await wait(400);
      events.push("task");
    });
    return null;
  });
  const client = await TestClient.open(app);
  await client.get("/");
  await client[Symbol.asyncDispose]();
  assert.equal(events, ["task", "pool ends"]);
});

test("closing waits no longer than its time of grace, and names the route whose task is not done", async () => {
  const { app } = createApp();
  app.get("/", { tasks: BackgroundTasks }, ({ tasks }) => tasks.add(() => new Promise(() => {})));
  await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true, graceMs: 300 });
  const client = await TestClient.open(app);
  await client.get("/");
  await client[Symbol.asyncDispose]();
  let message = "";
  await app.close().catch((error: Error) => (message = error.message));
  assert.is(message, "closing took longer than 300 ms: what is done after the answers of GET / was not waited for");
});

test.run();
