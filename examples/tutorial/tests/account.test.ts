import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

test("a visitor logs in, sees the profile, and logs out", async () => {
  await using client = await TestClient.open(app);
  const login = await client.get("/login?username=Ada");
  assert.equal(login.json(), { message: "Welcome, Ada! You are now logged in." });
  const [cookie] = login.cookies;
  assert.equal([cookie?.name, cookie?.maxAge, cookie?.httpOnly, cookie?.sameSite], ["session_id", 1800, true, "lax"]);
  assert.equal((await client.get("/profile")).json(), { message: "Hello, Ada! This is your profile page." });
  assert.equal((await client.get("/logout")).json(), { message: "You have been logged out successfully" });
  assert.is(client.cookies.get("session_id"), undefined);
  assert.equal((await client.get("/logout")).json(), { message: "You're not logged in" });
});

test("an anonymous profile is 307 to the login page", async () => {
  await using client = await TestClient.open(app, { redirects: false });
  const response = await client.get("/profile");
  assert.is(response.status, 307);
  assert.is(response.headers.get("location"), "/login-page");
});

test("a forged session id is anonymous", async () => {
  await using client = await TestClient.open(app, { redirects: false });
  await client.get("/login?username=Ada");
  for (const forged of ["guess", crypto.randomUUID(), "__proto__", "constructor", "", '""', "%", "a".repeat(4000)]) {
    const response = await client.get("/profile", { cookies: { session_id: forged } });
    assert.equal([response.status, response.headers.get("location")], [307, "/login-page"], forged);
  }
});

test("after logout the old id is dead on the server", async () => {
  await using client = await TestClient.open(app, { redirects: false });
  await client.get("/login?username=Ada");
  const session_id = client.cookies.get("session_id")?.value ?? "";
  assert.is((await client.get("/profile", { cookies: { session_id } })).status, 200);
  await client.get("/logout");
  assert.is((await client.get("/profile", { cookies: { session_id } })).status, 307);
  assert.equal((await client.get("/logout", { cookies: { session_id } })).json(), { message: "You're not logged in" });
});

test("a login without a username is 422", async () => {
  await using client = await TestClient.open(app);
  for (const path of ["/login", "/login?user=Ada"]) {
    const response = await client.get(path);
    assert.is(response.status, 422);
    assert.equal(response.json(), {
      detail: [{ type: "missing", loc: ["query", "username"], msg: "Field required", input: null }],
    });
    assert.equal(response.cookies, []);
  }
  assert.is((await client.get("/login?username=")).status, 422);
});

test("two users in 200 interleaved requests never see each other", async () => {
  await using ada = await TestClient.open(app);
  await using grace = await TestClient.open(app);
  await Promise.all([ada.get("/login?username=Ada"), grace.get("/login?username=Grace")]);
  const requests = Array.from({ length: 200 }, async (_, index) => {
    const [client, name] = index % 2 === 0 ? [ada, "Ada"] : [grace, "Grace"];
    assert.equal((await client.get("/profile")).json(), { message: `Hello, ${name}! This is your profile page.` });
  });
  await Promise.all(requests);
});

test.run();
