import { readFileSync } from "node:fs";
import { dependency, Injectable } from "@madeleine/di";
import type { Request } from "@madeleine/http";
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

test("a guard that is a plain function is told once, with where it stands and how it becomes a dependency", async () => {
  function isAdmin(request: Request) {
    return request.headers.has("x-admin");
  }
  @Controller("/guarded", { dependencies: [isAdmin as never] })
  class Guarded {
    @Get("/one")
    one() {
      return 1;
    }

    @Get("/two")
    two() {
      return 2;
    }
  }
  const app = new App({ controllers: [Guarded], logger: new Log(), dependencies: [(() => false) as never] });
  app.get("/own", { dependencies: [isAdmin as never] }, {}, () => null);
  const text = await reportOf(app);
  assert.match(text, "3 problems");
  assert.match(text, "a guard of the controller Guarded needs the function isAdmin, which is neither");
  assert.match(text, "a guard of the application needs a function without a name, which is neither");
  assert.match(text, /a guard of GET \/own needs the function isAdmin, .*\n\s+at: HERE\n\s+mend: Depends\(isAdmin\)/);
});

@Controller("/working")
class Working {}

test("a class that is listed in controllers and has no name is told by its place in the list", async () => {
  const app = new App({ controllers: [Working, class {}], logger: new Log() });
  assert.match(await reportOf(app), "controllers lists an anonymous class (controllers[1]), which has no @Controller()");
});

test("a name that is empty, or that no header or cookie can have, is told with who reads it", async () => {
  const app = new App({ logger: new Log() });
  app.get(
    "/:id",
    { id: Path("" as string), q: Query(""), h: Header("" as string), c: Cookie("a=b" as string), t: Header("x:" as string) },
    () => 1,
  );
  app.post("/", { f: Form("") }, () => 1);
  app.put("/", { b: Body("", z.string()) }, () => 1);
  const text = await reportOf(app);
  for (const name of ['Query("")', 'Path("")', 'Header("")', 'Form("")', 'Body("")'])
    assert.match(text, new RegExp(`${name.replace(/[()]/g, "\\$&")} of \\w+ \\S+ has an empty name`));
  assert.match(text, 'Cookie("a=b") of GET /:id has a name that no cookie can have');
  assert.match(text, 'Header("x:") of GET /:id has a name that no header can have');
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
