import { readFileSync } from "node:fs";
import { dependency, Injectable } from "@madeleine/di";
import { App, BootError, Body, Controller, Cookie, Form, Get, Header, Path, Post, Query } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { z as z3 } from "zod/v3";
import { createApp, Log } from "./harness.ts";

class Nowhere {}

@Injectable({ scope: "app" })
class Cache {
  constructor(@Cookie("session") readonly session: string | undefined) {}
}

class Counter {
  count = 0;
}

interface Filter {
  q: string;
}

@Controller("/items")
class Items {
  @Get("/:id")
  read(@Path() ident: string) {
    return ident;
  }

  @Get("/:key")
  duplicate(@Path() key: string) {
    return key;
  }

  @Get("/a/:b/:c")
  half(@Path() b: string) {
    return b;
  }

  @Get("/optional/:d?")
  strict(@Path() d: string) {
    return d;
  }

  @Get("/{id}" as "/x") // the compiler refuses it, too
  braces() {
    return null;
  }

  @Get()
  list(filter: Filter, response: globalThis.Response) {
    return [filter, response] as unknown as null;
  }

  @Get("/cached")
  cached(cache: Cache, counter: Counter) {
    return [cache.session ?? null, counter.count];
  }

  @Get("/body")
  body(@Body(z.object({ a: z.string() })) item: { a: string }) {
    return item;
  }

  @Post("/both")
  both(@Body(z.unknown()) item: unknown, @Form("name") name: string | undefined) {
    return [item, name] as unknown as null;
  }

  @Post("/whole")
  whole(@Body(z.string()) item: string, @Body(z.number()) other: number) {
    return [item, other];
  }

  @Get("/foreign")
  foreign(@Query(z3.string() as unknown as z.ZodString) text: string, @Query(z.string()) { length }: string) {
    return [text, length];
  }

  @Get("/twice")
  twice(
    @Header("x-a") @Header("x-b") header: string | undefined,
    @Query("n", z.number()) n: number,
    @Query("n", z.string()) m: string,
  ) {
    return [header ?? null, n, m];
  }

  @Get("/unreadable")
  unreadable(@Query(z.function() as unknown as z.ZodString) call: string) {
    return call;
  }
}

class Base {
  @Get("/mine")
  mine() {
    return null;
  }
}

@Controller("/sub")
class Sub extends Base {
  override mine() {
    return null;
  }
}

async function reportOf(app: App): Promise<string> {
  const error = await app.boot().then(
    () => assert.unreachable("it booted") as never,
    (thrown: unknown) => thrown,
  );
  assert.instance(error, BootError);
  return (error as BootError).message.replaceAll(/\S*boot\.test\.ts:\d+:\d+/g, "HERE");
}

test("every mistake of an application is told at once, each with what, where and the mend", async () => {
  const app = new App({ controllers: [Nowhere, undefined as never, Items, Sub], logger: new Log() });
  const expected = readFileSync(new URL("boot-report.txt", import.meta.url), "utf8");
  assert.snapshot(await reportOf(app), expected);
});

test("a need that is none is told with who needs it", async () => {
  const app = new App({ logger: new Log() });
  app.get("/", { nothing: undefined as never }, () => null);
  app.get("/guarded", { dependencies: [undefined as never] }, {}, () => null);
  const text = await reportOf(app);
  assert.match(text, 'GET / needs "nothing" that is neither a source, a dependency nor a class.');
  assert.match(text, "a guard of GET /guarded needs something that is neither");
});

test("one whole body may be read in several places under several names", async () => {
  const Item = Body(z.object({ name: z.string() }));
  const named = dependency({ item: Item }, ({ item }) => item.name);
  const app = new App({ logger: new Log() });
  app.post("/", { body: Item, named }, ({ body, named }) => [body, named]);
  await app.boot();
  await app.close();
});

test("PA-11: a constraint whose group repeats and is repeated is told at boot, and no error", async () => {
  const { app, log } = createApp();
  app.get("/risky/:name(([a-z]+)+)", { name: Path() }, ({ name }) => name);
  app.get("/plain/:name([a-z]+)", { name: Path() }, ({ name }) => name);
  await app.boot();
  assert.equal(
    log.entries.map(({ level, details }) => [level, details["code"]]),
    [["warn", "RISKY_CONSTRAINT"]],
  );
  assert.match(log.messages[0] ?? "", /^A constraint of GET \/risky\/.*: "\(\[a-z\]\+\)\+" repeats a group that itself repeats/);
});

test.run();
