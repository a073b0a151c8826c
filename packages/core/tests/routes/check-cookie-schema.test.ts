import { BootError, Cookie } from "@madeleine/core";
import { defineCookie } from "@madeleine/http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

const late = z.string().refine(async () => true);

test("an asynchronous check is found in every part of a cookie's schema", async () => {
  const schemas = {
    itself: late,
    optional: late.optional(),
    field: z.object({ a: late }),
    extras: z.object({}).catchall(late),
    item: z.array(late),
    tuple: z.tuple([z.string(), late]),
    rest: z.tuple([z.string()]).rest(late),
    record: z.record(z.string(), late),
    union: z.union([z.int(), late]),
    intersection: z.intersection(z.object({ a: z.string() }), z.object({ b: late })),
    lazy: z.object({ a: z.lazy(() => late) }),
    codec: z.codec(z.string(), z.string(), { decode: async (text) => text, encode: (text) => text }),
  };
  const { app } = createApp();
  for (const [name, schema] of Object.entries(schemas))
    app.get(`/${name}`, { value: Cookie(defineCookie(name, schema)) }, ({ value }) => value ?? null);
  const error = await app.boot().catch((failure: unknown) => failure);
  assert.instance(error, BootError);
  const told = (error as BootError).problems.filter(({ code }) => code === "UNREADABLE_SCHEMA").map(({ what }) => what);
  for (const name of Object.keys(schemas))
    assert.ok(
      told.some((what) => what.includes(`GET /${name}:`) && what.includes("asynchronous check")),
      `${name}\n${told.join("\n")}`,
    );
});

test("a schema without one is none, be it endless", async () => {
  interface Tree {
    readonly children: readonly Tree[];
  }
  const tree = (): z.ZodType<Tree> => z.object({ children: z.array(z.lazy(tree)) });
  const { app } = createApp();
  app.get("/", { tree: Cookie(defineCookie("tree", tree())) }, ({ tree }) => tree ?? null);
  await app.boot();
});

test.run();
