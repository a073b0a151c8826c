import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

test("the index page links every step", async () => {
  await using client = await TestClient.open(app);
  const response = await client.get("/");
  assert.is(response.headers.get("content-type"), "text/html; charset=utf-8");
  const links = [...response.text().matchAll(/<a href="(\/[^"]*)"/g)].map((found) => found[1]);
  assert.equal(links, [
    "/set-cookie",
    "/set-advanced-cookie",
    "/read-cookie",
    "/update-cookie",
    "/delete-cookie",
    "/json-with-cookie",
    "/login-page",
    "/profile",
    "/logout",
  ]);
  for (const link of links) assert.is((await client.get(link ?? "")).status, 200, link);
});

test("the index page shows the cookies that the browser sent, and who is logged in", async () => {
  await using client = await TestClient.open(app);
  assert.match((await client.get("/")).text(), "None yet.");
  await client.get("/set-cookie");
  await client.get("/login", { query: { username: "Ada <3" } });
  const page = (await client.get("/")).text();
  assert.match(page, "<td>cookie_name</td><td>cookie_value</td>");
  assert.match(page, "<td>session_id</td>");
  assert.match(page, "You are logged in as <strong>Ada &lt;3</strong>.");
});

test("a cookie with markup is shown as text", async () => {
  await using client = await TestClient.open(app);
  const markup = `<script>alert("1")</script><img src=x onerror='alert(2)'>`;
  const page = (await client.get("/", { headers: { cookie: `evil=${encodeURIComponent(markup)}; raw=<b>&` } })).text();
  assert.not.match(page, "<script");
  assert.not.match(page, "<img");
  assert.match(page, "<td>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;img src=x onerror=&#39;alert(2)&#39;&gt;</td>");
  assert.match(page, "<td>raw</td><td>&lt;b&gt;&amp;</td>");
});

test("pages that show cookies are never kept: Back would show an old one", async () => {
  await using client = await TestClient.open(app);
  assert.is((await client.get("/")).headers.get("cache-control"), "no-store");
});

test("the login page sends its name to /login", async () => {
  await using client = await TestClient.open(app);
  const page = (await client.get("/login-page")).text();
  assert.match(page, '<form action="/login">');
  assert.match(page, 'name="username"');
});

test.run();
