// test-timeout: 180

import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";
import { hashPassword, isPassword } from "../passwords.ts";
import { Sessions } from "../sessions.ts";

const ada = { username: "ada", password: "analytical engine" };

test("whoever is not logged in is sent to the login page", async () => {
  await using client = await TestClient.open(app, { redirects: false });
  for (const session of ["", "forged", "__proto__", "a".repeat(4000)]) {
    const response = await client.get("/", { cookies: { session } });
    assert.equal([response.status, response.headers.get("location")], [303, "/login"]);
  }
});

test("without the check mark the cookie ends with the browser", async () => {
  await using client = await TestClient.open(app);
  const response = await client.post("/login", { form: ada, redirect: "manual" });
  assert.equal([response.status, response.headers.get("location")], [303, "/"]);
  const [cookie] = response.cookies;
  assert.equal([cookie?.maxAge, cookie?.expires], [undefined, undefined]);
  assert.equal([cookie?.httpOnly, cookie?.sameSite, cookie?.path], [true, "lax", "/"]);
  assert.match(cookie?.value ?? "", /^[\w-]{43}$/, "256 random bits");
  assert.match((await client.get("/")).text(), "Hello, ada!");
});

test("with the check mark it lasts 30 days", async () => {
  await using client = await TestClient.open(app);
  await client.post("/login", { form: { ...ada, remember: "on" } });
  assert.is(client.cookies.get("session")?.maxAge, 2_592_000);
  assert.match((await client.get("/")).text(), "Hello, ada!");
});

test("a wrong password or name is a 401 page with the name that was typed, and no cookie", async () => {
  await using client = await TestClient.open(app);
  for (const username of ["ada", 'mallory"><script>', "__proto__"]) {
    const response = await client.post("/login", { form: { username, password: "wrong" } });
    assert.is(response.status, 401);
    assert.match(response.text(), "Wrong name or password.");
    assert.equal(response.cookies, []);
  }
  const page = (await client.post("/login", { form: { username: '"><script>', password: "wrong" } })).text();
  assert.match(page, 'value="&quot;&gt;&lt;script&gt;"');
});

test("an incomplete form is 422", async () => {
  await using client = await TestClient.open(app);
  assert.is((await client.post("/login", { form: { username: "ada" } })).status, 422);
  assert.is((await client.post("/login", { form: { ...ada, remember: "perhaps" } })).status, 422);
});

test("logging out ends the session on the server, for whoever copied the cookie too", async () => {
  await using client = await TestClient.open(app);
  await client.post("/login", { form: { ...ada, remember: "on" } });
  const session = client.cookies.get("session")?.value ?? "";
  assert.match((await client.post("/logout")).text(), "<h1>Log in</h1>");
  assert.equal(client.cookies.all(), []);
  assert.is((await client.get("/", { cookies: { session }, redirect: "manual" })).status, 303);
});

test("another login brings another token and ends the one before (session fixation)", async () => {
  await using client = await TestClient.open(app);
  await client.post("/login", { form: ada });
  const session = client.cookies.get("session")?.value ?? "";
  await client.post("/login", { form: ada });
  assert.is.not(client.cookies.get("session")?.value, session);
  assert.is((await client.get("/", { cookies: { session }, redirect: "manual" })).status, 303);
});

test("whoever is logged in needs no login page, and pages are never kept", async () => {
  await using client = await TestClient.open(app);
  await client.post("/login", { form: ada });
  const response = await client.get("/login");
  assert.is(response.redirects[0]?.location, "/");
  assert.is(response.headers.get("cache-control"), "no-store");
});

test("a session ends on the server, however long a browser keeps the cookie", () => {
  const sessions = new Sessions();
  const [open, ended] = [sessions.start("ada", 60), sessions.start("ada", 0)];
  assert.is(sessions.findUser(open), "ada");
  assert.is(sessions.findUser(ended), undefined);
});

test("equal passwords have different hashes, and each knows its own", async () => {
  const [one, other] = await Promise.all([hashPassword("secret"), hashPassword("secret")]);
  assert.not.equal(one.key, other.key);
  assert.ok(await isPassword("secret", one));
  assert.not(await isPassword("Secret", one));
  assert.ok(await isPassword("caf\u00e9", await hashPassword("cafe\u0301")));
});

test.run();
