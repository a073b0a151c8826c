import { Form, Query } from "@madeleine/core";
import { dependency } from "@madeleine/di";
import {
  cookieStore,
  csrf,
  csrfToken,
  defineSession,
  memoryStore,
  type CookieStore,
  type SessionDefinition,
  type SessionStore,
} from "@madeleine/session";
import { TestClient, type RequestOptions } from "@madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { z } from "zod";
import { createApp, secret, setClock } from "../harness.ts";

function createBank() {
  const Login = defineSession({ cookie: "sid", data: z.object({ name: z.string().optional() }), maxAge: 60 });
  const { app } = createApp({
    dependencies: [csrf({ session: Login, trustedOrigins: ["https://admin.example.com"] })],
    trustProxy: true,
  });
  app.get("/form", { token: csrfToken(Login) }, ({ token }) => token);
  app.post("/login", { session: Login, name: Query() }, async ({ session, name }) => {
    await session.regenerate();
    session.data.name = name;
    return null;
  });
  app.post("/logout", { session: Login }, async ({ session }) => {
    await session.destroy();
    return null;
  });
  app.post("/transfer", () => "transferred");
  app.post("/transfer-form", { to: Form("to", z.string()) }, ({ to }) => to);
  app.delete("/account", () => "deleted");
  return app;
}

async function openBank() {
  const app = createBank();
  const client = await TestClient.open(app);
  const send = async (headers: RequestOptions["headers"] = {}, options: object = {}) =>
    (await client.post("/transfer", { headers, ...options } as RequestOptions)).status;
  return { client, url: app.url ?? "", send, token: async () => (await client.get("/form")).json<string>() };
}

/** A visitor who is logged in, by an honest page. */
async function openLoggedIn() {
  const bank = await openBank();
  await bank.client.post("/login?name=ada");
  return bank;
}

test("a page of the application itself may send: by Sec-Fetch-Site, by Origin, by Referer", async () => {
  const { client, send, url } = await openLoggedIn();
  await using _client = client;
  const { origin, host } = new URL(url);
  assert.is(await send({ "sec-fetch-site": "same-origin" }), 200);
  assert.is(await send({ "sec-fetch-site": "none" }), 200);
  assert.is(await send({ origin }), 200);
  assert.is(await send({ referer: `${origin}/form?x=1` }), 200);
  assert.is(await send({ origin: `https://${host}`, "x-forwarded-proto": "https" }), 200);
});

test("CS-02: other sites, other origins of the same site, and null may not", async () => {
  const { client, send, url } = await openLoggedIn();
  await using _client = client;
  const { origin, port } = new URL(url);
  for (const site of ["cross-site", "same-site", "anything"])
    assert.is(await send({ "sec-fetch-site": site, origin }), 403, site);
  for (const foreign of [
    "null",
    "https://evil.example",
    `http://127.0.0.1.evil.example:${port}`,
    `https://127.0.0.1:${port}`,
    "http://127.0.0.1:1",
    "",
  ])
    assert.is(await send({ origin: foreign }), 403, foreign);
  assert.is(await send({ referer: "https://evil.example/127.0.0.1" }), 403);
  assert.is(await send({ referer: "no url" }), 403);
});

test("CS-02: without Sec-Fetch-Site, Origin and Referer cookies need a token; what brings no credentials needs none", async () => {
  const { client, send, token } = await openLoggedIn();
  await using _client = client;
  assert.is(await send(), 403);
  assert.is(await send({ "x-csrf-token": await token() }), 200);
  client.cookies.clear();
  assert.is(await send(), 200);
  assert.is(await send({ authorization: "Bearer x" }), 200);
  assert.is(await send({ authorization: "Basic eDp5" }), 403);
  assert.is(await send({ "sec-fetch-site": "cross-site" }), 403, "a foreign page may not log anybody in either");
});

test("CS-01: the content type opens no way around", async () => {
  const { client, send } = await openLoggedIn();
  await using _client = client;
  for (const type of [
    "text/plain",
    undefined,
    "Application/X-WWW-Form-Urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data; x",
    "application/json",
  ]) {
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }, {}]) {
      const status = await send({ ...headers, "content-type": type }, { body: "csrf_token=&a=b" });
      assert.ok(status === 403 || (status === 400 && type?.startsWith("multipart")), `${type} ${status}`);
    }
  }
});

test("a form brings its token in a field, and its handler still gets the form", async () => {
  const { client, token } = await openLoggedIn();
  await using _client = client;
  const fields = { csrf_token: await token(), to: "bob" };
  assert.is((await client.post("/transfer-form", { form: fields })).text(), '"bob"');
  assert.is((await client.post("/transfer-form", { multipart: fields })).text(), '"bob"');
  const refused = await client.post("/transfer-form", { form: { to: "bob" } });
  assert.equal(
    [refused.status, refused.json()],
    [403, { detail: "This form needs a token. Load its page again and send it from there" }],
  );
});

test("CS-03: a token that an attacker made with a cookie of his own does not fit the session", async () => {
  const { client, send } = await openLoggedIn();
  await using _client = client;
  const { client: attacker, token } = await openBank();
  const planted = await token();
  const { value = "" } = attacker.cookies.get("csrf") ?? {};
  await attacker[Symbol.asyncDispose]();
  client.cookies.set("csrf", value);
  assert.is(await send({ "x-csrf-token": planted }), 403);
});

test("CS-03: over https the cookie of visitors without a session has the prefix that subdomains cannot set", async () => {
  const { client } = await openBank();
  await using _client = client;
  const [cookie] = (await client.get("/form", { headers: { "x-forwarded-proto": "https" } })).cookies;
  assert.equal(
    [cookie?.name, cookie?.secure, cookie?.httpOnly, cookie?.path, cookie?.domain],
    ["__Host-csrf", true, true, "/", undefined],
  );
});

test("CS-04: a token is of one visitor and of one login", async () => {
  const { client, send, token } = await openLoggedIn();
  await using _client = client;
  const { client: bob, send: sendAsBob } = await openLoggedIn();
  await using _bob = bob;
  const before = await token();
  assert.is(await sendAsBob({ "x-csrf-token": before }), 403, "of another user");
  await client.post("/login?name=ada", { headers: { "x-csrf-token": before } });
  assert.is(await send({ "x-csrf-token": before }), 403, "of the session before the login");
  const during = await token();
  assert.is(await send({ "x-csrf-token": during }), 200);
  await client.post("/logout", { headers: { "x-csrf-token": during } });
  client.cookies.set("other", "1");
  assert.is(await send({ "x-csrf-token": during }), 403, "after logging out");
});

test("CS-04: empty and mangled tokens are none, also beside an empty cookie", async () => {
  const { client, send, token } = await openLoggedIn();
  await using _client = client;
  const good = await token();
  for (const bad of [
    "",
    ".",
    "undefined",
    good.slice(1),
    `${good}x`,
    `${good.slice(0, -1)}!`,
    good.toUpperCase(),
    `${"A".repeat(22)}.${"A".repeat(43)}`,
  ])
    assert.is(await send({ "x-csrf-token": bad }), 403, bad);
  client.cookies.clear();
  for (const cookie of ["csrf=", "csrf=; sid=", "sid="]) assert.is(await send({ cookie, "x-csrf-token": "" }), 403, cookie);
});

test("a visitor without a session has tokens, too", async () => {
  const { client, send, token } = await openBank();
  await using _client = client;
  const first = await token();
  const second = await token();
  assert.is.not(first, second, "another text each time (BREACH)");
  assert.is(await send({ "x-csrf-token": first }), 200);
  assert.is(await send({ "x-csrf-token": second }), 200);
});

test("CS-05: GET, HEAD and OPTIONS pass, so they must change nothing; every other method is guarded", async () => {
  const { client } = await openLoggedIn();
  await using _client = client;
  const headers = { "sec-fetch-site": "cross-site" };
  assert.is((await client.get("/form", { headers })).status, 200);
  assert.is((await client.head("/form", { headers })).status, 200);
  assert.is((await client.delete("/account", { headers })).status, 403);
  assert.is((await client.get("/account", { headers: { ...headers, "x-http-method-override": "DELETE" } })).status, 405);
});

test("another origin may be trusted, exactly", async () => {
  const { client, send } = await openLoggedIn();
  await using _client = client;
  assert.is(await send({ origin: "https://admin.example.com", "sec-fetch-site": "same-site" }), 200);
  assert.is(await send({ origin: "http://admin.example.com", "sec-fetch-site": "same-site" }), 403);
  assert.is(await send({ origin: "https://admin.example.com.evil.example" }), 403);
  for (const origin of ["admin.example.com", "https://admin.example.com/", "*", "null"])
    assert.throws(() => csrf({ trustedOrigins: [origin] }), /is no origin/);
});

/** An application with pages that give a token and change the session, as a form of a login does. */
async function openForms(store?: SessionStore | CookieStore) {
  const Login = defineSession({
    cookie: "sid",
    data: z.object({ next: z.string().optional() }),
    maxAge: 60,
    store: store as SessionStore,
  });
  const { app } = createApp({ dependencies: [csrf({ session: Login })], secrets: [secret] });
  const needs = { session: Login, token: csrfToken(Login) };
  app.get("/plain", { token: csrfToken(Login) }, ({ token }) => token);
  app.get("/form", needs, ({ session, token }) => {
    session.data.next = "/cart";
    return token;
  });
  app.get("/enter", needs, async ({ session, token }) => {
    await session.regenerate();
    session.data.next = "/home";
    return token;
  });
  app.get("/again", { ...needs, log: sessionId(Login) }, async ({ session, token }) => {
    await session.destroy();
    session.flash("notice", "Goodbye.");
    return token;
  });
  app.post("/send", { session: Login }, ({ session }) => session.data.next ?? null);
  const client = await TestClient.open(app);
  const send = async (token: string) => (await client.post("/send", { headers: { "x-csrf-token": token } })).status;
  return { client, send, token: async (path: string) => (await client.get(path)).json<string>() };
}

/** What a dependency for logs reads, before the token is made. */
const sessionId = (login: SessionDefinition<{ next?: string | undefined }>) =>
  dependency({ session: login }, ({ session }) => session.id);

for (const [kind, createStore] of [
  ["on the server", () => memoryStore()],
  ["in its cookie", () => cookieStore()],
] as const) {
  test(`the page that begins a session ${kind} gives a token that holds for the form on it`, async () => {
    const { client, send, token } = await openForms(createStore());
    await using _client = client;
    assert.is(await send(await token("/form")), 200, "a visitor who brings no cookie");
    client.cookies.delete("sid");
    assert.is(await send(await token("/form")), 200, "a visitor who has the cookie for visitors without a session");
    using _clock = setClock(61_000);
    assert.is(await send(await token("/form")), 200, "a visitor whose session is over");
  });

  test(`CS-04: the answer that gives a session ${kind} another id has the token of that id, and those before it are over`, async () => {
    const { client, send, token } = await openForms(createStore());
    await using _client = client;
    const begun = await token("/form");
    const plain = await token("/plain");
    const entered = await token("/enter");
    assert.equal([await send(begun), await send(plain), await send(entered)], [403, 403, 200]);
    const again = await token("/again");
    assert.equal([await send(entered), await send(again)], [403, 200]);
  });

  test(`CS-03: a token of a page that began no session is none for the session ${kind} that another one begins`, async () => {
    const { client, send, token } = await openForms(createStore());
    await using _client = client;
    const before = await token("/plain");
    assert.is(await send(before), 200);
    await token("/form");
    assert.is(await send(before), 403);
  });
}

test("two tokens of one page are both good: the layout's and the form's", async () => {
  const { app } = createApp({ dependencies: [csrf()] });
  app.get("/", { one: csrfToken(), other: csrfToken() }, ({ one, other }) => [one, other]);
  app.post("/send", () => null);
  await using client = await TestClient.open(app);
  for (const token of (await client.get("/")).json<string[]>())
    assert.is((await client.post("/send", { headers: { "x-csrf-token": token } })).status, 200);
});

test.run();
