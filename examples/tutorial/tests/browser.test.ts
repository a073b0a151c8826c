// test-timeout: 180

import { withBrowser } from "@madeleine/browser-testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

test(
  "a visitor follows the steps, goes back each time, and sees what the browser holds now",
  withBrowser(app, async (browser) => {
    const { page } = browser;
    const cookies = page.locator("#cookies");
    await page.goto("/");
    assert.is(await cookies.innerText(), "None yet.");
    await browser.follow(page.getByText("Set a cookie", { exact: true }));
    assert.match(await page.innerText("body"), "Cookie set successfully");
    await page.goBack();
    assert.equal(await cookies.locator("td").allInnerTexts(), ["cookie_name", "cookie_value"]);
    await browser.follow(page.getByText("Set a cookie with attributes"));
    await page.goBack();
    assert.equal(await cookies.locator("td").allInnerTexts(), ["cookie_name", "cookie_value", "user_preferences", "dark_mode"]);
    await browser.follow(page.getByText("Read a cookie"));
    assert.match(await page.innerText("body"), '"cookie_value":"dark_mode"');
    await page.goBack();
    await browser.follow(page.getByText("Update a cookie"));
    assert.match(await page.innerText("body"), '"new_value":"light_mode"');
    await page.goBack();
    await browser.follow(page.getByText("Delete a cookie"));
    await page.goBack();
    assert.equal(await cookies.locator("td").allInnerTexts(), ["cookie_name", "cookie_value"]);
  }),
);

test(
  "the browser keeps the cookies with their attributes",
  withBrowser(app, async (browser) => {
    await browser.page.goto("/set-cookie");
    await browser.page.goto("/set-advanced-cookie");
    const plain = await browser.cookie("cookie_name");
    assert.equal([plain?.value, plain?.path, plain?.expires], ["cookie_value", "/", -1]);
    assert.equal([plain?.httpOnly, plain?.secure, plain?.sameSite], [false, false, "Lax"]);
    const advanced = await browser.cookie("user_preferences");
    assert.equal([advanced?.value, advanced?.path, advanced?.domain], ["dark_mode", "/", "127.0.0.1"]);
    assert.equal([advanced?.httpOnly, advanced?.secure, advanced?.sameSite], [true, false, "Lax"]);
    assert.ok(Math.abs((advanced?.expires ?? 0) - Date.now() / 1000 - 3600) < 60, "one hour");
    assert.is(await browser.page.evaluate("document.cookie"), "cookie_name=cookie_value");
  }),
);

test(
  "an anonymous visitor of the profile lands on the login page, logs in by its form, and out again",
  withBrowser(app, async (browser) => {
    const { page } = browser;
    await page.goto("/profile");
    assert.is(new URL(page.url()).pathname, "/login-page");
    await page.getByLabel("Your name").fill("Ada & Co");
    await browser.follow(page.getByRole("button", { name: "Log in" }));
    assert.match(await page.innerText("body"), "Welcome, Ada & Co! You are now logged in.");
    const session = await browser.cookie("session_id");
    assert.match(session?.value ?? "", /^[0-9a-f-]{36}$/);
    assert.equal([session?.httpOnly, session?.sameSite, session?.path], [true, "Lax", "/"]);
    assert.ok(Math.abs((session?.expires ?? 0) - Date.now() / 1000 - 1800) < 60, "half an hour");
    await page.goto("/");
    assert.is(await page.innerText("#user"), "You are logged in as Ada & Co.");
    await browser.follow(page.getByText("Log out"));
    assert.match(await page.innerText("body"), "You have been logged out successfully");
    assert.equal(await browser.cookies(), []);
    await page.goto("/");
    assert.is(await page.innerText("#user"), "You are not logged in.");
  }),
);

test(
  "a cookie with markup stays text in a browser",
  withBrowser(app, async (browser) => {
    const { page } = browser;
    const markup = "<img src=x onerror=\"document.title='owned'\">";
    await page.goto("/login-page");
    await page.evaluate(`document.cookie = "evil=" + encodeURIComponent(${JSON.stringify(markup)})`);
    await browser.keeps("evil");
    await page.goto("/");
    assert.equal(await page.locator("#cookies td").allInnerTexts(), ["evil", markup]);
    assert.is(await page.locator("#cookies img").count(), 0);
    assert.is(await page.title(), "Cookie tutorial · Madeleine");
  }),
);

test(
  "the pages need no sideways scrolling on a small screen",
  withBrowser(
    app,
    async ({ page }) => {
      await page.goto("/set-advanced-cookie");
      await page.goto("/login?username=Ada");
      for (const path of ["/", "/login-page"]) {
        await page.goto(path);
        assert.is(await page.evaluate("document.documentElement.scrollWidth"), 320, path);
      }
    },
    { viewport: { width: 320, height: 640 } },
  ),
);

test.run();
