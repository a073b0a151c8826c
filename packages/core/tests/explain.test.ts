import { dependency, Injectable } from "@madeleine/di";
import { App, Controller, Cookie, Get, Query } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";

@Injectable({ scope: "app" })
class Pool {}

const CurrentUser = dependency({ id: Cookie("user_id"), pool: Pool }, async ({ id }) => id, { name: "CurrentUser" });
const SignedIn = dependency({ user: CurrentUser }, ({ user }) => user, { name: "SignedIn" });
const transaction = dependency(
  { pool: Pool },
  async function* () {
    yield 1;
  },
  { name: "transaction" },
);
const lasting = dependency(
  {},
  function* () {
    yield 1;
  },
  { name: "lasting", until: "response" },
);
const audit = dependency({ transaction, user: CurrentUser }, () => 1, { name: "audit" });

class Filter {
  constructor(@Query() readonly q: string | undefined) {}
}

@Controller("/profile")
class Profile {
  constructor(readonly filter: Filter) {}
  @Get("/", { dependencies: [SignedIn] })
  read(@audit() a: number, @lasting() b: number, @Query(z.number()) page: number) {
    return [a, b, page];
  }
}

test("a route is explained in the order of a request: guards, inputs, batches, handler, tear-downs", () => {
  const app = new App({ controllers: [Profile] });
  assert.is(
    app.explain("GET /profile").replaceAll(/(, | )[^\s]*explain\.test\.ts:\d+:\d+/g, "$1<place>"),
    `GET /profile
  handler: Profile.read, <place>

  made before the port opened:
    Pool (class, app) <place>

  guard 1 inputs, one 422 for all of them:
    Cookie("user_id")

  guard 1, batch 1 of 2:
    CurrentUser (request, async) <place>

  guard 1, batch 2 of 2:
    SignedIn (request) <place>

  all other inputs, one 422 for all of them:
    Query("q")
    Query("page")

  dependencies, batch 1 of 2:
    Filter (class, request)
    transaction (request, async, until: handler) <place>
    lasting (request, until: response) <place>

  dependencies, batch 2 of 2:
    Profile (class, request)
    audit (request) <place>

  handler:
    Profile.read
    Profile is made for each request: Profile → Filter → Query("q")

  torn down before the response is sent, in this order:
    transaction

  torn down after the response and the background tasks, in this order:
    lasting`,
  );
});

test("a controller that needs nothing of the request is made once, and a function has none", () => {
  @Controller()
  class Health {
    @Get("/health")
    read() {
      return "ok";
    }
  }
  const app = new App({ controllers: [Health] });
  app.get("/plain", () => "ok");
  assert.match(app.explain("/health"), /Health is made once/);
  assert.match(app.explain("get /plain"), /^GET \/plain\n {2}handler: a function/);
});

test("an unknown route is answered with those most like it", () => {
  const app = new App({ controllers: [Profile] });
  app.get("/users/all", () => 1);
  assert.throws(() => app.explain("GET /profil"), /^there is no route GET \/profil\. Like it: GET \/profile, GET \/users\/all$/);
  assert.throws(() => new App().explain("GET /"), /The application has no routes\./);
});

test("routes are listed for tools: method, path, name", () => {
  const app = new App({ controllers: [Profile] });
  app.post("/users/all", { name: "users.write" }, {}, () => 1);
  assert.equal(app.routes.map(({ method, path, name }) => [method, path, name]).toSorted(), [
    ["GET", "/profile", "Profile.read"],
    ["POST", "/users/all", "users.write"],
  ]);
});

test.run();
