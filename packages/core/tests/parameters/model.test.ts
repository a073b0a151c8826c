import { Body, Controller, Get, Model, Post, Query } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

class Item extends Model(z.object({ name: z.string(), price: z.number().default(1) })) {
  get label() {
    return `${this.name}: ${this.price}`;
  }

  double() {
    return new Item({ ...this, price: this.price * 2 });
  }
}

class Page extends Model(z.strictObject({ limit: z.int().default(20) })) {
  next() {
    return this.limit + 1;
  }
}

test("a model is value, type and schema: what comes in is an instance, what goes out is filtered", async () => {
  @Controller()
  class Items {
    @Post("/items", { response: Item })
    create(@Body(Item) item: Item) {
      assert.instance(item, Item);
      return { ...item.double(), secret: 1 };
    }

    @Post("/labels")
    labels(@Body(z.array(Item.schema())) items: Item[]) {
      return items.map((item) => item.label);
    }

    @Post("/nested")
    nested(@Body(z.object({ item: Item, rest: z.array(Item).optional() })) order: { item: { name: string } }) {
      return [order.item instanceof Item, order];
    }

    @Get("/page")
    page(@Query(Page) page: Page) {
      return page.next();
    }
  }
  const { app } = createApp({ controllers: [Items] });
  await using client = await TestClient.open(app);
  assert.equal((await client.post("/items", { json: { name: "tea", price: 2, extra: 1 } })).json(), { name: "tea", price: 4 });
  assert.equal((await client.post("/labels", { json: [{ name: "tea" }] })).json(), ["tea: 1"]);
  assert.equal((await client.post("/nested", { json: { item: { name: "a" } } })).json(), [
    true,
    { item: { name: "a", price: 1 } },
  ]);
  assert.is((await client.get("/page?limit=5")).json(), 6);
  assert.is((await client.get("/page?limti=5")).status, 422);
  const refused = await client.post("/items", { json: { price: "x" } });
  assert.equal(
    (refused.json() as { detail: { loc: unknown }[] }).detail.map(({ loc }) => loc),
    [["body", "name"], ["body", "price"]],
  ); // prettier-ignore
});

test("making an instance checks its values, and a subclass makes its own", () => {
  class Special extends Item {
    tag = "special";
  }
  assert.equal({ ...new Item({ name: "tea" }) }, { name: "tea", price: 1 });
  assert.throws(() => new Item({ name: 1 } as never), /expected string/);
  assert.instance(z.parse(Special.schema(), { name: "tea" }), Special);
  assert.is(z.parse(Special.schema(), { name: "tea" }).tag, "special");
  assert.not.instance(z.parse(Item.schema(), { name: "tea" }), Special);
  assert.throws(() => Model(z.array(z.string())), /takes z\.object/);
});

test("a model is documented as the object that it is", () => {
  assert.equal(z.toJSONSchema(Item.schema(), { io: "input" }).required, ["name"]);
});

test("JB-01: a model of loose keys never gets another prototype", () => {
  class Loose extends Model(z.looseObject({})) {}
  const loose = new Loose(JSON.parse('{"__proto__":{"admin":true}}'));
  assert.instance(loose, Loose);
  assert.is((loose as { admin?: boolean }).admin, undefined);
});

test("a model with an asynchronous check is awaited", async () => {
  class Name extends Model(z.object({ name: z.string().refine(async (name) => name !== "taken") })) {}
  const { app } = createApp();
  app.post("/", { name: Body(Name) }, ({ name }) => name instanceof Name);
  await using client = await TestClient.open(app);
  assert.is((await client.post("/", { json: { name: "free" } })).json(), true);
  assert.is((await client.post("/", { json: { name: "taken" } })).status, 422);
});

test.run();
