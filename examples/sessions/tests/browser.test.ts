// test-timeout: 180

import { withBrowser, type Browser } from "@madeleine/browser-testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

async function logIn(browser: Browser, { remember = false } = {}): Promise<void> {
  const { page } = browser;
  await page.goto("/");
  await page.getByLabel("Name").fill("ada");
  await page.getByLabel("Password").fill("analytical engine");
  await page.getByLabel("Remember me for 30 days").setChecked(remember);
  await browser.follow(page.getByRole("button", { name: "Log in" }));
}

test(
  "without the check mark the session ends with the browser",
  withBrowser(app, async (browser) => {
    await logIn(browser);
    assert.is(await browser.page.innerText("h1"), "Hello, ada!");
    assert.is(await browser.page.getByRole("status").innerText(), "Welcome, ada!");
    const cookie = await browser.cookie("session");
    assert.equal([cookie?.expires, cookie?.httpOnly, cookie?.sameSite, cookie?.path], [-1, true, "Lax", "/"]);
    await browser.restart();
    await browser.page.goto("/");
    assert.is(await browser.page.innerText("h1"), "Log in");
  }),
);

test(
  "with the check mark it survives a restart, and logging out ends it",
  withBrowser(app, async (browser) => {
    await logIn(browser, { remember: true });
    await browser.restart();
    await browser.page.goto("/");
    assert.is(await browser.page.innerText("h1"), "Hello, ada!");
    await browser.follow(browser.page.getByRole("button", { name: "Log out", exact: true }));
    assert.is(await browser.page.getByRole("status").innerText(), "You are logged out.");
    assert.is((await browser.cookie("session"))?.expires, -1, "the message alone is left, until the browser ends");
    await browser.page.goBack();
    assert.is(await browser.page.innerText("h1"), "Log in");
  }),
);

test(
  "a login brings another id, and a form of another origin is refused",
  withBrowser(app, async (browser) => {
    const { page } = browser;
    await logIn(browser);
    const before = await browser.cookie("session");
    await browser.follow(page.getByRole("button", { name: "Log out", exact: true }));
    await logIn(browser);
    assert.is.not((await browser.cookie("session"))?.value, before?.value);
    await page.goto(`data:text/html,<form method=post action="${app.url}/logout"><button>win</button></form>`);
    await browser.follow(page.getByRole("button"));
    assert.match(await page.innerText("body"), "This request came from another site");
    await page.goto(`${app.url}/`);
    assert.is(await page.innerText("h1"), "Hello, ada!");
  }),
);

test.run();
