import { Query } from "@madeleine/core";
import { defineSession, type SessionStore } from "@madeleine/session";
import { TestClient } from "@madeleine/testing";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp } from "./harness.ts";

/** Opens a store, and closes it; a text says why there is none. */
type OpenStore = () => Promise<{ readonly store: SessionStore; close(): Promise<void> } | string>;

let made = 0;

/** An application whose users are of one test only: storages outlive tests. */
async function openShop(store: SessionStore) {
  const { app } = createApp();
  const prefix = `${process.pid}-${Date.now()}-${made++}-`;
  const Login = defineSession({
    cookie: "sid",
    data: z.object({ username: z.string().optional(), seen: z.number().default(0) }),
    maxAge: 1800,
    store,
    user: ({ username }) => username,
  });
  app.get("/read", { session: Login }, ({ session }) => session.data.username?.slice(prefix.length) ?? null);
  app.get("/see", { session: Login }, ({ session }) => ++session.data.seen);
  app.post("/login", { session: Login, name: Query(z.string()) }, async ({ session, name }) => {
    await session.regenerate();
    session.data.username = prefix + name;
    return session.id;
  });
  app.post("/logout", { session: Login }, async ({ session }) => {
    await session.destroy();
    return null;
  });
  app.post("/renew", { session: Login }, async ({ session }) => {
    await session.regenerate();
    return session.data.username ?? null;
  });
  app.post("/password", { session: Login }, async ({ session }) => {
    await session.regenerate();
    return Login.revokeUser(session.data.username ?? "", session);
  });
  const client = await TestClient.open(app);
  return {
    client,
    async logIn(name: string) {
      const response = await client.post("/login", { query: { name }, headers: { cookie: undefined } });
      return { id: response.json<string>(), sid: response.cookies[0]?.value ?? "" };
    },
    who: async (sid: string) => (await client.get("/read", { cookies: { sid } })).json<string | null>(),
    list: async (name: string) => (await Login.listSessions(prefix + name)).map(({ id }) => id),
    revoke: (name: string, id: string) => Login.revokeSession(prefix + name, id),
    revokeAll: (name: string, except?: { id: string }) => Login.revokeUser(prefix + name, except),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

/** What every store does for the sessions of a user. Ends with the suite's `run`. */
export function testUsers(name: string, open: OpenStore): void {
  const tests = suite(`${name}: users`);
  let opened: Awaited<ReturnType<OpenStore>>;
  tests.before(async () => void (opened = await open()));
  tests.after(async () => void (typeof opened !== "string" && (await opened.close())));
  const test = (title: string, body: (store: SessionStore) => Promise<void>): void =>
    tests(`${name}: ${title}`, async () => (typeof opened === "string" ? console.log(`SKIP: ${opened}`) : body(opened.store)));

  test("a user's sessions can be listed, ended one by one, and ended all but this one", async (store) => {
    await using shop = await openShop(store);
    const [one, two, three, bobs] = [
      await shop.logIn("ada"),
      await shop.logIn("ada"),
      await shop.logIn("ada"),
      await shop.logIn("bob"),
    ];
    const who = () => Promise.all([one, two, three, bobs].map(({ sid }) => shop.who(sid)));
    assert.equal((await shop.list("ada")).sort(), [one.id, two.id, three.id].sort());
    assert.is(await shop.revoke("bob", one.id), false, "it is not bob's");
    assert.is(await shop.revoke("ada", "../x"), false);
    assert.is(await shop.revoke("ada", one.id), true);
    assert.is(await shop.revoke("ada", one.id), false);
    assert.equal(await who(), [null, "ada", "ada", "bob"]);
    assert.is(await shop.revokeAll("ada", two), 1);
    assert.equal(await who(), [null, "ada", null, "bob"]);
    assert.equal(await shop.list("ada"), [two.id]);
    assert.is(await shop.revokeAll("ada"), 1);
    assert.equal(await shop.list("ada"), []);
    assert.equal(await who(), [null, null, null, "bob"]);
  });

  test("SE-04: after logging out, and after a login, the old row is gone from the store", async (store) => {
    await using shop = await openShop(store);
    const { id, sid } = await shop.logIn("ada");
    assert.ok(await store.read(id));
    const again = await shop.client.post("/renew", { cookies: { sid } });
    assert.is(await store.read(id), undefined);
    const [second = ""] = await shop.list("ada");
    assert.ok(await store.read(second));
    await shop.client.post("/logout", { cookies: { sid: again.cookies[0]?.value ?? "" } });
    assert.is(await store.read(second), undefined);
    assert.equal(await shop.list("ada"), []);
  });

  test("who logs in after all sessions were ended is logged in, listed, and can be logged out again", async (store) => {
    await using shop = await openShop(store);
    await shop.logIn("ada");
    await shop.revokeAll("ada");
    const { id, sid } = await shop.logIn("ada");
    await shop.client.get("/see", { cookies: { sid } });
    assert.is(await shop.who(sid), "ada");
    assert.equal(await shop.list("ada"), [id]);
    assert.is(await shop.revokeAll("ada"), 1);
    assert.is(await shop.who(sid), null);
  });

  test("a session that is spared may get another id and is still the user's, and ends with the next revocation", async (store) => {
    await using shop = await openShop(store);
    const { id, sid } = await shop.logIn("ada");
    await shop.revokeAll("ada", { id });
    const renewed = (await shop.client.post("/renew", { cookies: { sid } })).cookies[0]?.value ?? "";
    assert.equal([await shop.who(sid), await shop.who(renewed)], [null, "ada"]);
    await shop.revokeAll("ada");
    assert.is(await shop.who(renewed), null);
  });

  test("who gets another id and ends all others in one request, as with a new password, stays logged in", async (store) => {
    await using shop = await openShop(store);
    const [{ sid }, other] = [await shop.logIn("ada"), await shop.logIn("ada")];
    const response = await shop.client.post("/password", { cookies: { sid } });
    const renewed = response.cookies[0]?.value ?? "";
    assert.is(response.json(), 1);
    assert.equal([await shop.who(renewed), await shop.who(sid), await shop.who(other.sid)], ["ada", null, null]);
    assert.is((await shop.list("ada")).length, 1);
  });

  test("SE-07: what was ended for all stays ended, whatever its requests do meanwhile", async (store) => {
    await using shop = await openShop(store);
    for (let round = 0; round < 10; round++) {
      const { sid } = await shop.logIn("ada");
      assert.is(await shop.who(sid), "ada");
      const [renewing, ...others] = [
        shop.client.post("/renew", { cookies: { sid } }),
        shop.client.get("/see", { cookies: { sid } }),
        shop.client.get("/see", { cookies: { sid } }),
      ];
      if (round % 2 === 1) await others[0];
      await Promise.all([shop.revokeAll("ada"), renewing, ...others]);
      const renewed = (await renewing).cookies[0]?.value;
      assert.equal([await shop.who(sid), renewed === undefined ? null : await shop.who(renewed)], [null, null]);
      assert.equal(await shop.list("ada"), []);
    }
  });

  tests.run();
}
