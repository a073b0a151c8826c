// test-timeout: 180

import { withBrowser, type Browser } from "@madeleine/browser-testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

const light = "rgb(251, 245, 236)";
const dark = "rgb(24, 18, 14)";

/** What a person sees behind the text. It is asked from outside, and so also where scripts are disabled. */
function background({ page }: Browser): Promise<string> {
  return page.evaluate("getComputedStyle(document.body).backgroundColor");
}

test(
  "a visitor chooses dark, light and the system's theme, and it is still there after a restart",
  withBrowser(app, async (browser) => {
    await browser.page.goto("/");
    assert.is(await background(browser), light);
    await browser.follow(browser.page.getByRole("button", { name: "Dark" }));
    assert.is(await browser.page.innerText("h1"), "It is dark.");
    assert.is(await background(browser), dark);
    assert.is(await browser.page.getByRole("button", { pressed: true }).innerText(), "Dark");
    await browser.restart();
    await browser.page.goto("/");
    assert.is(await background(browser), dark);
    await browser.follow(browser.page.getByRole("button", { name: "Light" }));
    assert.is(await background(browser), light);
    await browser.follow(browser.page.getByRole("button", { name: "System" }));
    assert.is(await browser.page.innerText("h1"), "It is as your system likes it.");
    assert.equal(await browser.cookies(), []);
  }),
);

test(
  "the browser keeps the choice for a year",
  withBrowser(app, async (browser) => {
    await browser.page.goto("/");
    await browser.follow(browser.page.getByRole("button", { name: "Dark" }));
    const cookie = await browser.cookie("theme");
    assert.equal(
      [cookie?.value, cookie?.path, cookie?.httpOnly, cookie?.sameSite, cookie?.secure],
      ["dark", "/", true, "Lax", false],
    );
    assert.ok(Math.abs((cookie?.expires ?? 0) - Date.now() / 1000 - 31_536_000) < 60);
  }),
);

test(
  "light is light from the first paint where the system is dark",
  withBrowser(
    app,
    async (browser) => {
      await browser.page.goto("/", { waitUntil: "domcontentloaded" });
      assert.is(await background(browser), dark, "no choice yet");
      await browser.follow(browser.page.getByRole("button", { name: "Light" }));
      await browser.page.goto("/", { waitUntil: "domcontentloaded" });
      assert.is(await background(browser), light);
    },
    { colorScheme: "dark", javaScriptEnabled: false },
  ),
);

test(
  "dark is dark from the first paint, without JavaScript, controls included",
  withBrowser(
    app,
    async (browser) => {
      await browser.page.goto("/");
      await browser.follow(browser.page.getByRole("button", { name: "Dark" }));
      await browser.page.goto("/", { waitUntil: "domcontentloaded" });
      assert.is(await background(browser), dark);
      const text = await browser.page.evaluate("getComputedStyle(document.querySelector('[value=light]')).color");
      assert.is(text, "rgb(241, 231, 218)");
    },
    { javaScriptEnabled: false },
  ),
);

test(
  "nothing is painted in the wrong theme while the page is still arriving",
  withBrowser(app, async (browser) => {
    await browser.page.goto("/");
    await browser.follow(browser.page.getByRole("button", { name: "Dark" }));
    await browser.page.addInitScript(watchBackgrounds);
    await browser.page.goto("/");
    assert.equal(await browser.page.evaluate("[...window.backgrounds]"), [dark]);
  }),
);

/** Runs before the page does: notes the background of every frame in which there is a body. */
const watchBackgrounds = `
  window.backgrounds = new Set();
  const note = () => {
    if (document.body !== null) window.backgrounds.add(getComputedStyle(document.body).backgroundColor);
    requestAnimationFrame(note);
  };
  new MutationObserver(() => document.body !== null && window.backgrounds.add(getComputedStyle(document.body).backgroundColor))
    .observe(document, { childList: true, subtree: true });
  requestAnimationFrame(note);
`;

test.run();
