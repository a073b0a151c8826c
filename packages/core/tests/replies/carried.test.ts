import { Get, Controller, Model } from "@madeleine/core";
import { serializeJson } from "@madeleine/http";
import { TestClient } from "@madeleine/testing";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { isCarried } from "../../src/replies/carried.ts";
import { createApp } from "../harness.ts";
import { kinds } from "./kinds.ts";

test("what a carried schema lets through, JSON carries", () => {
  let carried = 0;
  let lossy = 0;
  fc.assert(
    fc.property(
      kinds.chain(({ schema, values }) => fc.tuple(fc.constant(schema), values)),
      ([schema, value]) => {
        const result = schema.safeParse(value);
        if (!result.success || result.data === undefined) return;
        const isLost = isLossy(result.data);
        if (isLost) lossy++;
        if (isCarried(schema)) carried++;
        assert.not.ok(isLost && isCarried(schema), "a carried schema let through what JSON loses");
      },
    ),
    { numRuns: 3000 },
  );
  assert.ok(carried > 100 && lossy > 100, `${carried} carried and ${lossy} lossy: neither may be missing from the trial`);
});

function isLossy(value: unknown): boolean {
  try {
    serializeJson(value);
    return false;
  } catch {
    return true;
  }
}

interface Tree {
  readonly name: string;
  readonly children: readonly Tree[];
}

const Tree: z.ZodType<Tree> = z.object({ name: z.string(), children: z.array(z.lazy(() => Tree)) });

test("a recursive schema is carried, one that makes itself anew for ever is in doubt", () => {
  assert.ok(isCarried(Tree));
  const endless = (): z.ZodType => z.object({ next: z.lazy(endless) });
  assert.not.ok(isCarried(endless()));
});

test("objects that are strict, have carried extras, or a description are carried", () => {
  const schemas = [
    z.strictObject({ a: z.string() }),
    z.object({ a: z.string() }).catchall(z.int()),
    z.string().describe("a name"),
    z.iso.date(),
    z.string().regex(/^a/).max(10),
    z.stringbool(),
    z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b"), n: z.number() })]),
    z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
  ];
  for (const schema of schemas) assert.ok(isCarried(schema), schema.type);
});

test("an instance of a Model may hold more than its schema says, and is looked through", async () => {
  class Item extends Model(z.object({ id: z.int() })) {
    readonly seen = new Set([1]);
  }
  assert.not.ok(isCarried(z.array(Item.schema())));
  @Controller()
  class Items {
    @Get("/items", { response: z.array(Item.schema()) })
    list() {
      return [{ id: 1 }] as unknown as Item[];
    }
  }
  const { app, log } = createApp({ controllers: [Items] });
  await using client = await TestClient.open(app);
  assert.is((await client.get("/items")).status, 500);
  assert.match((log.entries[0]!.details["err"] as Error).message, "$[0].seen is a Set");
});

test.run();
