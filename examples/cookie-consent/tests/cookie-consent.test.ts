import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

test("the banner asks until it is answered, and no cookie is set before", async () => {
  await using client = await TestClient.open(app);
  for (const _visit of [1, 2]) {
    const response = await client.get("/");
    assert.match(response.text(), 'aria-label="Cookie consent"');
    assert.equal(response.cookies, []);
  }
});

test("after Accept the visitor is counted, and both cookies last half a year", async () => {
  await using client = await TestClient.open(app);
  const response = await client.post("/consent", { form: { choice: "accepted" } });
  assert.is(response.redirects[0]?.status, 303);
  assert.not.match(response.text(), 'aria-label="Cookie consent"');
  assert.match(response.text(), "you have seen this page once.");
  assert.match((await client.get("/")).text(), "you have seen this page 2 times.");
  for (const name of ["consent", "visitor_id"]) {
    const cookie = client.cookies.get(name);
    assert.equal([cookie?.maxAge, cookie?.httpOnly, cookie?.sameSite, cookie?.path], [15_552_000, true, "lax", "/"], name);
  }
  assert.match(client.cookies.get("visitor_id")?.value ?? "", /^[0-9a-f-]{36}$/);
});

test("after Refuse nothing but the answer is kept", async () => {
  await using client = await TestClient.open(app);
  const response = await client.post("/consent", { form: { choice: "refused" } });
  assert.match(response.text(), "We count nothing about you.");
  assert.equal(
    client.cookies.all().map(({ name, value }) => [name, value]),
    [["consent", "1:"]],
  );
});

test("withdrawing deletes the cookie and what was counted, on the same response", async () => {
  await using client = await TestClient.open(app, { redirects: false });
  await client.post("/consent", { form: { choice: "accepted" } });
  await client.get("/");
  const visitor_id = client.cookies.get("visitor_id")?.value ?? "";
  const response = await client.post("/consent", { form: { choice: "refused" } });
  assert.equal(
    response.cookies.map(({ name, maxAge }) => [name, maxAge]),
    [
      ["consent", 15_552_000],
      ["visitor_id", 0],
    ],
  );
  assert.is(client.cookies.get("visitor_id"), undefined);
  const again = await client.get("/", { cookies: { consent: "1:analytics", visitor_id } });
  assert.match(again.text(), "you have seen this page once.", "the count has begun anew");
});

test("an id without a consent, because that has expired, is deleted and not counted", async () => {
  await using client = await TestClient.open(app);
  client.cookies.set("visitor_id", crypto.randomUUID());
  const response = await client.get("/");
  assert.match(response.text(), 'aria-label="Cookie consent"');
  assert.equal(
    response.cookies.map(({ name, maxAge }) => [name, maxAge]),
    [["visitor_id", 0]],
  );
});

test("a choice that is none is 422, a consent cookie with one asks again", async () => {
  await using client = await TestClient.open(app);
  for (const form of [{ choice: "perhaps" }, {}]) assert.is((await client.post("/consent", { form })).status, 422);
  const response = await client.get("/", { cookies: { consent: "perhaps" } });
  assert.match(response.text(), 'aria-label="Cookie consent"');
});

test("a browser that sends Sec-GPC: 1 has refused, is not asked, and may still change its mind", async () => {
  await using client = await TestClient.open(app, { headers: { "sec-gpc": "1" } });
  const response = await client.get("/");
  assert.match(response.text(), "We count nothing about you.");
  assert.equal(response.cookies, []);
  await client.post("/consent", { form: { choice: "accepted" } });
  assert.match((await client.get("/")).text(), "you have seen this page 2 times.");
});

test.run();
