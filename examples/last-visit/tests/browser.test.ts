// test-timeout: 180

import { withBrowser } from "@madeleine/browser-testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

test(
  "a visitor is greeted as new, then as known, also after a restart of the browser, until forgotten",
  withBrowser(app, async (browser) => {
    await browser.page.goto("/");
    assert.is(await browser.page.innerText("h1"), "Welcome!");
    await browser.page.reload();
    assert.is(await browser.page.innerText("h1"), "Welcome back!");
    assert.match(await browser.page.innerText("body"), "Your last visit was just now.");
    await browser.restart();
    await browser.page.goto("/");
    assert.is(await browser.page.innerText("h1"), "Welcome back!");
    await browser.follow(browser.page.getByRole("button", { name: "Forget me" }));
    assert.is(await browser.page.innerText("h1"), "Goodbye!");
    assert.equal(await browser.cookies(), []);
    await browser.follow(browser.page.getByText("your first"));
    assert.is(await browser.page.innerText("h1"), "Welcome!");
  }),
);

test(
  "the browser keeps the date for a year, out of reach of scripts",
  withBrowser(app, async (browser) => {
    const before = Date.now();
    await browser.page.goto("/");
    const cookie = await browser.cookie("last_visit");
    const moment = new Date(decodeURIComponent(cookie?.value ?? "")).getTime();
    assert.ok(before - 1000 < moment && moment <= Date.now());
    assert.ok(Math.abs((cookie?.expires ?? 0) - Date.now() / 1000 - 31_536_000) < 60);
    assert.equal([cookie?.path, cookie?.httpOnly, cookie?.sameSite, cookie?.secure], ["/", true, "Lax", false]);
    assert.is(await browser.page.evaluate("document.cookie"), "");
  }),
);

test(
  "Back shows the greeting of now, not the page of before",
  withBrowser(app, async ({ page }) => {
    await page.goto("/");
    await page.goto("/forgotten");
    await page.goBack();
    assert.is(await page.innerText("h1"), "Welcome back!");
  }),
);

test.run();
