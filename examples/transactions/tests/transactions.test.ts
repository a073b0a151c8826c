import { TestClient } from "madeleine/testing";
import { Client } from "pg";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";
import { databaseUrl, Transaction } from "../database.ts";

const missing = await findDatabase();
if (missing === undefined) describeTransactions();
else if (process.env["CI"] === "true") test("PostgreSQL answers", () => assert.unreachable(missing));
else process.stdout.write(`SKIP: no PostgreSQL at ${databaseUrl}: ${missing}\n`);

/** Why the database does not answer; undefined where it does. */
async function findDatabase(): Promise<string | undefined> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 20_000 });
  try {
    await client.connect();
    await client.end();
    return undefined;
  } catch (error) {
    return (error as Error).message || (error as { code?: string }).code || "unreachable";
  }
}

function describeTransactions(): void {
  const balances = async (client: TestClient) =>
    Promise.all(
      ["alice", "bob"].map(async (owner) => (await client.get(`/accounts/${owner}`)).json<{ balance: number }>().balance),
    );

  test("what a handler wrote is committed when the client hears of it", async () => {
    await using client = await TestClient.open(app);
    assert.equal((await client.post("/accounts/alice/pay?to=bob&amount=30")).json(), { paid: 30 });
    assert.equal(await balances(client), [70, 30]);
  });

  test("a thrown HTTPException rolls back, and is the answer", async () => {
    await using client = await TestClient.open(app);
    const response = await client.post("/accounts/alice/pay?to=nobody&amount=30");
    assert.equal([response.status, response.json()], [404, { detail: "nobody has no account" }]);
    assert.equal(await balances(client), [100, 0]);
  });

  test("a commit that fails is a 500, and nothing was written", async () => {
    await using client = await TestClient.open(app);
    const response = await client.post("/accounts/alice/pay?to=bob&amount=900");
    assert.equal([response.status, response.json()], [500, { detail: "Internal Server Error" }]);
    assert.equal(await balances(client), [100, 0]);
  });

  test("more requests than connections wait for one, and none is lost", async () => {
    await using client = await TestClient.open(app);
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const to = index % 2 === 0 ? "bob" : "nobody";
        return (await client.post(`/accounts/alice/pay?to=${to}&amount=1`)).status;
      }),
    );
    assert.equal([statuses.filter((status) => status === 200).length, await balances(client)], [20, [80, 20]]);
  });

  test("a job that fails rolls back, too", async () => {
    await using client = await TestClient.open(app);
    const job = app.scope(async (scope) => {
      const connection = await scope.resolve(Transaction);
      await connection.query("update accounts set balance = 1");
      throw new Error("the job failed");
    });
    assert.is(await job.catch((error: Error) => error.message), "the job failed");
    assert.equal(await balances(client), [100, 0]);
  });
}

test.run();
