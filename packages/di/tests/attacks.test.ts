import { test } from "uvu";
import * as assert from "uvu/assert";
import { dependency, Injectable } from "../src/index.ts";
import { Given, graphOf, tick, type Input } from "./graph-of.ts";

/** Waits for a number of turns of the event loop that nobody can foresee. */
async function wait(): Promise<void> {
  for (let turns = Math.floor(Math.random() * 4); turns > 0; turns--) await tick();
}

test("DI-01: 1000 interleaved runs of two users never see each other's values, from the first dependency to the tear-down", async () => {
  const mixed: string[] = [];
  const check = (place: string, expected: unknown, ...seen: unknown[]) => {
    if (seen.some((one) => one !== expected)) mixed.push(`${place}: ${String(expected)} saw ${seen.map(String).join(", ")}`);
  };
  const sources = { name: Given<string>(), id: Given<number>() };
  const user = dependency(sources, async ({ name, id }) => {
    await wait();
    return { name, id };
  });
  const connection = dependency({ user, id: Given<number>() }, async function* ({ user, id }) {
    check("open", id, user.id);
    await wait();
    try {
      yield { id: user.id };
      await wait();
      check("commit", id, user.id);
    } catch (error) {
      await wait();
      check("rollback", id, user.id, (error as { id: number }).id);
      throw error;
    }
  });
  @Injectable()
  class Orders {
    constructor(
      @user() readonly user: { name: string; id: number },
      @connection() readonly connection: { id: number },
    ) {}
    async [Symbol.asyncDispose]() {
      await wait();
      check("dispose", this.user.id, this.connection.id);
    }
  }
  const { run } = await graphOf([Orders, user, connection]);
  const handle = async (input: Input) => {
    const use = async (orders: Orders, user: { name: string; id: number }, connection: { id: number }) => {
      await wait();
      check("handler", input["id"], orders.user.id, user.id, connection.id, orders.connection.id);
      check("name", input["name"], user.name, orders.user.name);
      if (user.id % 3 === 0) throw { id: user.id };
      return user.id;
    };
    const answer = await run(use, input).catch((error: { id: number }) => error.id);
    check("answer", input["id"], await answer);
  };
  const inputs = Array.from({ length: 1000 }, (_, id) => ({ name: id % 2 === 0 ? "alice" : "bob", id }));
  await Promise.all(inputs.map(async (input) => wait().then(() => handle(input))));
  assert.equal(mixed, []);
});

test.run();
