// test-timeout: 120
import { redisStore } from "@madeleine/session/redis";
import { createClient, createCluster } from "redis";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { startCluster } from "../redis-cluster.ts";
import { testStore } from "../store-suite.ts";
import { testUsers } from "../user-suite.ts";

const cluster = await startCluster();
const missing = "no redis-server is installed";

async function openByCluster() {
  if (cluster === undefined) return missing;
  const client = await createCluster({ rootNodes: [{ url: cluster.url }] }).connect();
  return { store: redisStore(client), other: redisStore(client), close: async () => client.destroy() };
}

async function openByUrl() {
  if (cluster === undefined) return missing;
  const [store, other] = [redisStore({ url: cluster.url }), redisStore({ url: cluster.url })];
  await Promise.all([store.open?.(), other.open?.()]);
  return { store, other, close: async () => void (await Promise.all([store.close?.(), other.close?.()])) };
}

testStore("redisStore with the client of a cluster", openByCluster);
testUsers("redisStore with the client of a cluster", openByCluster);
testUsers("redisStore by the url of a cluster's node", openByUrl);

test("the cluster of these tests refuses what touches two slots", async () => {
  if (cluster === undefined) return console.log(`SKIP: ${missing}`);
  const client = await createClient({ url: cluster.url }).connect();
  const refused: unknown = await client.mGet(["session:{a}", "session:{b}"]).catch((error: unknown) => error);
  assert.match(String(refused), "CROSSSLOT");
  client.destroy();
});

test.after(async () => cluster?.[Symbol.asyncDispose]());

test.run();
