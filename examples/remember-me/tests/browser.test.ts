// test-timeout: 180

import { withBrowser, type Browser } from "@madeleine/browser-testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

async function logIn(browser: Browser, { remember = false, password = "analytical engine" } = {}): Promise<void> {
  const { page } = browser;
  await page.goto("/");
  await page.getByLabel("Name").fill("ada");
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("Remember me for 30 days").setChecked(remember);
  await browser.follow(page.getByRole("button", { name: "Log in" }));
}

test(
  "without the check mark the session ends with the browser",
  withBrowser(app, async (browser) => {
    await logIn(browser);
    assert.is(await browser.page.innerText("h1"), "Hello, ada!");
    const cookie = await browser.cookie("session");
    assert.is(cookie?.expires, -1);
    assert.equal([cookie?.httpOnly, cookie?.sameSite, cookie?.path, cookie?.secure], [true, "Lax", "/", false]);
    assert.is(await browser.page.evaluate("document.cookie"), "");
    await browser.restart();
    await browser.page.goto("/");
    assert.is(await browser.page.innerText("h1"), "Log in");
  }),
);

test(
  "with the check mark it survives a restart, for 30 days",
  withBrowser(app, async (browser) => {
    await logIn(browser, { remember: true });
    const cookie = await browser.cookie("session");
    assert.ok(Math.abs((cookie?.expires ?? 0) - Date.now() / 1000 - 2_592_000) < 60);
    assert.equal([cookie?.httpOnly, cookie?.sameSite, cookie?.path], [true, "Lax", "/"]);
    await browser.restart();
    await browser.page.goto("/");
    assert.is(await browser.page.innerText("h1"), "Hello, ada!");
  }),
);

test(
  "after logging out the cookie is gone, and Back shows nothing of what it opened",
  withBrowser(app, async (browser) => {
    await logIn(browser, { remember: true });
    await browser.follow(browser.page.getByRole("button", { name: "Log out" }));
    assert.is(await browser.page.innerText("h1"), "Log in");
    assert.equal(await browser.cookies(), []);
    await browser.page.goBack();
    assert.is(await browser.page.innerText("h1"), "Log in");
  }),
);

test(
  "a wrong password is said on the page, which keeps the name and waits for the password",
  withBrowser(
    app,
    async (browser) => {
      const { page } = browser;
      await logIn(browser, { password: "wrong" });
      assert.is(await page.getByRole("alert").innerText(), "Wrong name or password.");
      assert.is(await page.getByLabel("Name").inputValue(), "ada");
      assert.equal(await browser.cookies(), []);
      await page.locator("[name=password]:focus").fill("analytical engine");
      await browser.follow(page.getByRole("button", { name: "Log in" }));
      assert.is(await page.innerText("h1"), "Hello, ada!");
    },
    { viewport: { width: 320, height: 568 } },
  ),
);

test.run();
