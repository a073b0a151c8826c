import { dependency } from "@madeleine/di";
import { HTTPException, Request, Response } from "@madeleine/http";
import { Controller, Delete, Get, Head, Options, Patch, Path, Post, Put, Query } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

test("every method has its decorator, and one method may be several routes", async () => {
  @Controller("/x")
  class Everything {
    @Get()
    @Post()
    @Put("/put")
    @Patch()
    @Delete()
    @Options()
    answer(request: Request) {
      return request.method;
    }

    @Head("/head")
    head(response: Response) {
      response.headers.set("x-head", "1");
      return null;
    }
  }
  const { app } = createApp({ controllers: [Everything] });
  await using client = await TestClient.open(app);
  for (const method of ["GET", "POST", "PATCH", "DELETE", "OPTIONS"])
    assert.is((await client.request(method, "/x")).json(), method);
  assert.is((await client.put("/x/put")).json(), "PUT");
  assert.is((await client.head("/x/head")).headers.get("x-head"), "1");
});

test("subclasses inherit routes under their own prefix, and call their own methods", async () => {
  abstract class Crud {
    protected abstract readonly kind: string;

    @Get("/:id")
    read(@Path(z.number()) id: number) {
      return `${this.kind} ${id}`;
    }

    @Get()
    list(@Query(z.number().default(10)) limit: number) {
      return this.names().slice(0, limit);
    }

    names(): string[] {
      return [this.kind];
    }
  }

  @Controller("/users")
  class Users extends Crud {
    readonly kind = "user";
  }

  @Controller("/items")
  class Items extends Crud {
    readonly kind = "item";

    @Get("/:id")
    override read(@Path(z.number()) id: number) {
      return `my ${super.read(id)}`;
    }

    override names() {
      return ["a", "b"];
    }
  }

  const { app } = createApp({ controllers: [Users, Items] });
  await using client = await TestClient.open(app);
  const paths = ["/users/7", "/users", "/items/7", "/items?limit=1"];
  assert.equal(await Promise.all(paths.map(async (path) => (await client.get(path)).json())), [
    "user 7",
    ["user"],
    "my item 7",
    ["a"],
  ]);
});

test("PA-07 a guard of the controller stands before inherited routes, too", async () => {
  const guard = dependency({}, () => {
    throw new HTTPException(403);
  });
  class Base {
    @Get("/inherited")
    inherited() {
      return "secret";
    }
  }
  @Controller("/admin", { dependencies: [guard] })
  class Admin extends Base {
    @Get("/own")
    own() {
      return "secret";
    }
  }
  const { app } = createApp({ controllers: [Admin] });
  await using client = await TestClient.open(app);
  for (const path of ["/admin/inherited", "/admin/own"]) assert.equal((await client.get(path)).json(), { detail: "Forbidden" });
});

test("PA-07 the guards of a controller stand before the routes of those that extend it, inherited, overridden and own, outside of theirs", async () => {
  const log: string[] = [];
  const guard = (name: string) => dependency({}, () => void log.push(name));
  @Controller("/base", { dependencies: [guard("base")] })
  class Base {
    @Get("/inherited")
    inherited() {
      return log.splice(0);
    }

    @Get("/overridden")
    overridden() {
      return log.splice(0);
    }
  }
  class Between extends Base {}
  @Controller("/users", { dependencies: [guard("users")] })
  class Users extends Between {
    @Get("/overridden")
    override overridden() {
      return log.splice(0);
    }

    @Get("/own")
    own() {
      return log.splice(0);
    }
  }
  const { app } = createApp({ controllers: [Base, Users] });
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/base/inherited")).json(), ["base"]);
  for (const path of ["inherited", "overridden", "own"]) {
    assert.equal((await client.get(`/users/${path}`)).json(), ["base", "users"], path);
  }
});

test("a method takes any number of parameters, each in its own place", async () => {
  @Controller()
  class Many {
    @Get("/:a/:b/:c")
    all(@Path() a: string, @Path() b: string, request: Request, @Path() c: string, @Query() q: string | undefined) {
      return [a, b, request.method, c, q ?? null];
    }
  }
  const { app } = createApp({ controllers: [Many] });
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/1/2/3?q=4")).json(), ["1", "2", "GET", "3", "4"]);
});

test("a controller's private fields are its own", async () => {
  @Controller("/count")
  class Counter {
    #count = 0;
    @Post()
    increment() {
      return (this.#count += 1);
    }
  }
  const { app } = createApp({ controllers: [Counter] });
  await using client = await TestClient.open(app);
  assert.equal([(await client.post("/count")).json(), (await client.post("/count")).json()], [1, 2]);
});

test.run();
