// test-timeout: 180

import { withBrowser, type Browser } from "@madeleine/browser-testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

async function cookieNames(browser: Browser): Promise<string[]> {
  return (await browser.cookies()).map(({ name }) => name).sort();
}

test(
  "nothing is kept while the banner waits for an answer",
  withBrowser(app, async (browser) => {
    const banner = browser.page.getByRole("complementary", { name: "Cookie consent" });
    await browser.page.goto("/");
    assert.ok(await banner.isVisible());
    await browser.page.reload();
    assert.ok(await banner.isVisible());
    assert.equal(await browser.cookies(), []);
  }),
);

test(
  "a visitor accepts, is counted across a restart, and withdraws",
  withBrowser(app, async (browser) => {
    await browser.page.goto("/");
    await browser.follow(browser.page.getByRole("button", { name: "Accept" }));
    assert.is(await browser.page.getByRole("complementary").count(), 0);
    assert.match(await browser.page.innerText("#statistics"), "you have seen this page once");
    assert.equal(await cookieNames(browser), ["consent", "visitor_id"]);
    for (const cookie of await browser.cookies()) {
      assert.equal([cookie.httpOnly, cookie.sameSite, cookie.path, cookie.secure], [true, "Lax", "/", false], cookie.name);
      assert.ok(Math.abs(cookie.expires - Date.now() / 1000 - 15_552_000) < 60, cookie.name);
    }
    await browser.restart();
    await browser.page.goto("/");
    assert.match(await browser.page.innerText("#statistics"), "you have seen this page 2 times");
    await browser.follow(browser.page.getByRole("button", { name: "Withdraw consent" }));
    assert.is(await browser.page.innerText("#statistics"), "We count nothing about you.");
    assert.equal(await cookieNames(browser), ["consent"]);
    assert.is((await browser.cookie("consent"))?.value, "1:");
  }),
);

test(
  "a visitor refuses, is not asked again, and may still change their mind",
  withBrowser(
    app,
    async (browser) => {
      await browser.page.goto("/");
      await browser.follow(browser.page.getByRole("button", { name: "Refuse" }));
      await browser.page.goto("/");
      assert.is(await browser.page.getByRole("complementary").count(), 0);
      assert.equal(await cookieNames(browser), ["consent"]);
      await browser.follow(browser.page.getByRole("button", { name: "Allow counting" }));
      assert.equal(await cookieNames(browser), ["consent", "visitor_id"]);
    },
    { javaScriptEnabled: false },
  ),
);

test(
  "accepting is not made easier than refusing",
  withBrowser(
    app,
    async ({ page }) => {
      await page.goto("/");
      const looks = await page.evaluate<string[]>(`[...document.querySelectorAll("aside button")].map(${look})`);
      assert.is(looks.length, 2);
      assert.is(looks[0], looks[1]);
      assert.is(await page.evaluate("document.documentElement.scrollWidth"), 320);
    },
    { viewport: { width: 320, height: 568 } },
  ),
);

const look = `(button) => {
  const { color, backgroundColor, fontSize, width, height } = getComputedStyle(button);
  return [color, backgroundColor, fontSize, width, height].join();
}`;

test.run();
