import { Query } from "@madeleine/core";
import { TestClient } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "../harness.ts";

const element = z.int().min(1);

test("a wrong element of a set is told at its place and with its text, as that of a list is", async () => {
  const { app } = createApp();
  app.get("/set", { v: Query("v", z.set(element)) }, ({ v }) => [...v]);
  app.get("/set-model", { m: Query(z.object({ v: z.set(element) })) }, ({ m }) => [...m.v]);
  app.get("/list", { v: Query("v", z.array(element)) }, ({ v }) => v);
  await using client = await TestClient.open(app);
  const ask = async (path: string): Promise<unknown> => (await client.get(path)).json();
  for (const query of ["v=x", "v=1&v=x", "v=1&v=0", "v=1&v=1&v=x", "v=0&v=y&v=x"]) {
    const told = await ask(`/list?${query}`);
    assert.equal(await ask(`/set?${query}`), told, query);
    assert.equal(await ask(`/set-model?${query}`), told, query);
  }
  const [problem] = ((await ask("/set?v=1&v=1&v=0")) as { detail: { loc: unknown; input: unknown }[] }).detail;
  assert.equal(
    [problem?.loc, problem?.input],
    [
      ["query", "v"],
      ["1", "1", "0"],
    ],
    "of texts that mean the same nobody knows which",
  );
});

test.run();
