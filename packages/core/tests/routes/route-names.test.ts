import { App, BootError, Controller, Get, Path, Post, Router } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";

@Controller("/items")
class Items {
  @Get("/:id")
  @Post("/:id")
  read(@Path() id: string) {
    return id;
  }

  @Get("/:id/photo", { name: "photo" })
  photo(@Path() id: string) {
    return id;
  }
}

test("a path is asked for by the route's name, or by Class.method, and is encoded", async () => {
  const files = new Router("/files");
  files.get("/*path", { name: "file" }, { path: Path() }, ({ path }) => path);
  await using app = new App({ controllers: [Items] });
  app.include(files, { prefix: "/v1" });
  await app.boot();
  assert.is(app.pathFor("Items.read", { id: "a b/c" }), "/items/a%20b%2Fc");
  assert.is(app.pathFor("photo", { id: 7 }), "/items/7/photo");
  assert.is(app.pathFor("file", { path: "a/b.txt" }), "/v1/files/a/b.txt");
});

test("a query is encoded, a list repeats its name, and what is undefined is left out", async () => {
  await using app = new App({ controllers: [Items] });
  await app.boot();
  const query = { q: "tea & cake", tag: ["a", "b"], page: 2, all: true, none: undefined };
  assert.is(app.pathFor("Items.read", { id: 1 }, query), "/items/1?q=tea+%26+cake&tag=a&tag=b&page=2&all=true");
});

test("an unknown name, a missing and an unknown value are errors that say what there is", async () => {
  await using app = new App({ controllers: [Items] });
  await app.boot();
  assert.throws(() => app.pathFor("nope"), 'no route is called "nope". There are Items.read, photo');
  assert.throws(() => app.pathFor("photo"), /The path "\/items\/:id\/photo" has no value for "id"/);
  assert.throws(() => app.pathFor("photo", { id: 1, nope: 2 }), /has no parameter "nope"/);
});

test("before the application has booted nothing has a path", () => {
  assert.throws(() => new App().pathFor("x"), 'app.pathFor("x") came before the application has booted');
});

test("a name that is written down for two paths is a boot error", async () => {
  const app = new App();
  app.get("/a", { name: "same" }, {}, () => 1);
  app.post("/a", { name: "same" }, {}, () => 1);
  app.get("/b", { name: "same" }, {}, () => 2);
  const error = await app.boot().catch((thrown: unknown) => thrown as BootError);
  assert.instance(error, BootError);
  const [problem] = (error as BootError).problems;
  assert.is(problem?.code, "DUPLICATE_NAME");
  assert.match(problem?.what ?? "", /^GET \/b has the name "same", which GET \/a \(.+\) has, too/);
});

test("of a router that is included twice a name has two paths, and none of them is guessed", async () => {
  const shared = new Router("/s");
  shared.get("/f", { name: "shared" }, {}, () => "f");
  await using app = new App();
  app.include(shared, { prefix: "/a" }).include(shared, { prefix: "/b" });
  await app.boot();
  assert.throws(() => app.pathFor("shared"), '2 routes are called "shared": /a/s/f, /b/s/f. Name each for itself');
});

test.run();
