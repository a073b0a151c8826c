import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

test("without a choice the page follows the system, and no cookie is set", async () => {
  await using client = await TestClient.open(app);
  const response = await client.get("/");
  assert.match(response.text(), '<meta name="color-scheme" content="light dark">');
  assert.equal(response.cookies, []);
});

test("the server knows the theme before it sends the first byte", async () => {
  await using client = await TestClient.open(app);
  for (const theme of ["light", "dark"]) {
    const page = (await client.get("/", { cookies: { theme } })).text();
    assert.match(page, `<meta name="color-scheme" content="${theme}">`);
    assert.match(page, `value="${theme}" aria-pressed="true"`);
    assert.ok(page.indexOf("color-scheme") < page.indexOf("<style>"), "it is there before anything is painted");
    assert.not.match(page, "<script");
  }
});

test("a choice is posted, kept for a year, and answered by 303 to the page", async () => {
  await using client = await TestClient.open(app, { redirects: false });
  const response = await client.post("/theme", { form: { theme: "dark" } });
  assert.equal([response.status, response.headers.get("location")], [303, "/"]);
  const [cookie] = response.cookies;
  assert.equal([cookie?.name, cookie?.value, cookie?.maxAge], ["theme", "dark", 31_536_000]);
  assert.equal([cookie?.path, cookie?.httpOnly, cookie?.sameSite], ["/", true, "lax"]);
  assert.match((await client.get("/")).text(), "It is dark.");
});

test("System forgets the choice", async () => {
  await using client = await TestClient.open(app);
  await client.post("/theme", { form: { theme: "dark" } });
  const response = await client.post("/theme", { form: { theme: "" } });
  assert.match(response.text(), "It is as your system likes it.");
  assert.equal(client.cookies.all(), []);
});

test("a form with another theme is 422, a cookie with one is no choice", async () => {
  await using client = await TestClient.open(app);
  const response = await client.post("/theme", { form: { theme: "blue" } });
  assert.is(response.status, 422);
  assert.equal(response.cookies, []);
  assert.match((await client.get("/", { cookies: { theme: "blue" } })).text(), "It is as your system likes it.");
});

test.run();
