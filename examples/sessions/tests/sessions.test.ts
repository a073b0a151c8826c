// test-timeout: 120

import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";
import { deviceName } from "../device-name.ts";

const ada = { username: "ada", password: "analytical engine" };
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0";
const chrome = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36";

await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true });
test.after(() => app.close());

/** A browser of its own: forms are sent from a page of the application. */
async function openBrowser(userAgent = firefox): Promise<TestClient> {
  return TestClient.open(app, { headers: { "user-agent": userAgent, "sec-fetch-site": "same-origin" } });
}

test("whoever is not logged in is sent to the login page", async () => {
  await using browser = await openBrowser();
  const response = await browser.get("/", { redirect: "manual" });
  assert.equal([response.status, response.headers.get("location")], [303, "/login"]);
});

test("a login welcomes once, and lists this device", async () => {
  await using browser = await openBrowser();
  const home = (await browser.post("/login", { form: ada })).text();
  assert.match(home, "Welcome, ada!");
  assert.match(home, "<b>Firefox on Linux</b>, this one");
  assert.not.match((await browser.get("/")).text(), "Welcome");
  await browser.post("/logout");
});

test("a wrong password is a 401 page with the name that was typed", async () => {
  await using browser = await openBrowser();
  for (const username of ["ada", 'mallory"><script>']) {
    const response = await browser.post("/login", { form: { username, password: "wrong" } });
    assert.is(response.status, 401);
    assert.not.match(response.text(), "<script>");
  }
  assert.is(browser.cookies.get("session"), undefined);
});

test("remember me makes the cookie last 30 days", async () => {
  await using browser = await openBrowser();
  await browser.post("/login", { form: { ...ada, remember: "on" } });
  assert.is(browser.cookies.get("session")?.maxAge, 2_592_000);
  await browser.post("/logout");
});

test("a device can be logged out from another, and only by its user", async () => {
  await using one = await openBrowser(firefox);
  await using two = await openBrowser(chrome);
  await using grace = await openBrowser(chrome);
  await one.post("/login", { form: ada });
  await two.post("/login", { form: ada });
  await grace.post("/login", { form: { username: "grace", password: "nanosecond" } });
  const path = /action="(\/devices\/[^"]+)"/.exec((await one.get("/")).text())?.[1] ?? "";
  assert.match((await grace.post(path)).text(), "was logged out already");
  assert.match((await two.get("/")).text(), "Hello, ada!");
  assert.match((await one.post(path)).text(), "That device is logged out.");
  assert.match((await two.get("/")).text(), "<h1>Log in</h1>");
  await one.post("/logout");
  await grace.post("/logout");
});

test("logging out everywhere else leaves this device", async () => {
  const browsers = await Promise.all([openBrowser(), openBrowser(), openBrowser()]);
  for (const browser of browsers) await browser.post("/login", { form: ada });
  assert.match((await browsers[0]!.post("/logout-elsewhere")).text(), "Logged out on 2 other devices.");
  const titles = await Promise.all(browsers.map(async (browser) => /<h1>(.*)<\/h1>/.exec((await browser.get("/")).text())?.[1]));
  assert.equal(titles, ["Hello, ada!", "Log in", "Log in"]);
  await browsers[0]!.post("/logout");
  for (const browser of browsers) await browser[Symbol.asyncDispose]();
});

test("after logging out a copied cookie is nobody", async () => {
  await using browser = await openBrowser();
  await browser.post("/login", { form: ada });
  const session = browser.cookies.get("session")?.value ?? "";
  assert.match((await browser.post("/logout")).text(), "You are logged out.");
  assert.is((await browser.get("/", { cookies: { session }, redirect: "manual" })).status, 303);
});

test("another site can neither log a visitor in nor out", async () => {
  await using browser = await openBrowser();
  const headers = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
  assert.is((await browser.post("/login", { form: ada, headers })).status, 403);
  await browser.post("/login", { form: ada });
  assert.is((await browser.post("/logout", { headers })).status, 403);
  await browser.post("/logout");
});

test("a note is in its cookie, which nobody can read or change, and is gone when it is deleted", async () => {
  await using browser = await openBrowser();
  const page = (await browser.post("/note", { form: { text: "buy madeleines" } })).text();
  assert.match(page, "Your note is in your cookie.");
  assert.match(page, 'value="buy madeleines"');
  assert.not.match((await browser.get("/note")).text(), "Your note is");
  const note = browser.cookies.get("note")?.value ?? "";
  assert.not.match(Buffer.from(note, "base64url").toString("latin1"), "madeleines");
  const changed = `${note.slice(0, 40)}${note[40] === "A" ? "B" : "A"}${note.slice(41)}`;
  assert.not.match((await browser.get("/note", { cookies: { note: changed } })).text(), "madeleines");
  await browser.post("/note/delete");
  assert.is(browser.cookies.get("note"), undefined);
});

test("devices have names that people know", () => {
  assert.is(deviceName(firefox), "Firefox on Linux");
  assert.is(deviceName(`${chrome} Edg/150.0`), "Edge on Windows");
  assert.is(deviceName(undefined), "a browser on an unknown system");
});

test.run();
