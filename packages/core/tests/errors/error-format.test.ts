import { Controller, Get, onError, Query, type AppOptions } from "@madeleine/core";
import { HTTPException } from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

const problems = async (path: string, options: AppOptions = {}) => {
  const { app } = createApp({ errorFormat: "problem-details", ...options });
  app.get("/none", () => { throw new HTTPException(404); }); // prettier-ignore
  app.get("/text", () => { throw new HTTPException(403, "Not yours", { "x-reason": "owner" }); }); // prettier-ignore
  app.get("/object", () => { throw new HTTPException(403, { type: "https://e.test/credit", title: "No credit", balance: 30 }); }); // prettier-ignore
  app.get("/query", { n: Query(z.int()) }, ({ n }) => n);
  app.get("/bug", () => { throw new Error("secret"); }); // prettier-ignore
  await using client = await TestClient.open(app);
  return await client.get(path);
};

test("problem details: what is thrown is application/problem+json (RFC 9457 §3)", async () => {
  const none = await problems("/none");
  assert.is(none.headers.get("content-type"), "application/problem+json");
  assert.equal(none.json(), { type: "about:blank", title: "Not Found", status: 404 });
  const text = await problems("/text");
  assert.equal(text.json(), { type: "about:blank", title: "Forbidden", status: 403, detail: "Not yours" });
  assert.is(text.headers.get("x-reason"), "owner");
  assert.equal((await problems("/unknown")).json(), { type: "about:blank", title: "Not Found", status: 404 });
  assert.equal((await problems("/bug")).json(), { type: "about:blank", title: "Internal Server Error", status: 500 });
});

test("problem details: an object adds its members, and a 422 its errors", async () => {
  assert.equal((await problems("/object")).json(), {
    type: "https://e.test/credit",
    title: "No credit",
    status: 403,
    balance: 30,
  });
  const invalid = (await problems("/query?n=x")).json() as { status: number; errors: { loc: string[] }[] };
  assert.equal([invalid.status, invalid.errors[0]!.loc], [422, ["query", "n"]]);
});

test("a format that does not exist is refused where the application is made", () => {
  assert.throws(() => createApp({ errorFormat: "xml" as never }), /mend: "detail" or "problem-details"/);
});

test("a controller answers errors by class and status before the application does", async () => {
  class OutOfStock extends Error {}

  @Controller("/shop", { errors: [onError(OutOfStock, () => ({ shop: "sold out" })), onError(404, () => ({ shop: 404 }))] })
  class Shop {
    @Get("/stock") stock() { throw new OutOfStock(); } // prettier-ignore
    @Get("/none") none() { throw new HTTPException(404); } // prettier-ignore
    @Get("/other") other() { throw new HTTPException(409); } // prettier-ignore
    @Get("/bug") bug() { throw new Error("bug"); } // prettier-ignore
  }
  const { app, log } = createApp({ controllers: [Shop] });
  app.get("/none", () => { throw new HTTPException(404); }); // prettier-ignore
  app.on(OutOfStock, () => "never");
  app.on(404, () => ({ app: 404 }));
  app.on(Error, () => ({ app: "bug" }));
  await using client = await TestClient.open(app);
  const asked = async (path: string) => {
    const response = await client.get(path);
    return [response.status, response.json()];
  };
  assert.equal(await asked("/shop/stock"), [500, { shop: "sold out" }]);
  assert.equal(await asked("/shop/none"), [404, { shop: 404 }]);
  assert.equal(await asked("/shop/other"), [409, { detail: "Conflict" }]);
  assert.equal(await asked("/shop/bug"), [500, { app: "bug" }]);
  assert.equal(await asked("/none"), [404, { app: 404 }]);
  assert.is(log.entries.length, 2);
});

test.run();
