// test-timeout: 180

import { App, Cookie, Response } from "madeleine";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { findChromium } from "../src/find-chromium.ts";
import { withBrowser } from "../src/index.ts";

const app = new App();
app.get("/", { response: Response }, ({ response }) => {
  response.setCookie("brief", "1").setCookie("lasting", "2", { maxAge: 60 });
  return "Hello";
});
app.get("/sent", { brief: Cookie("brief"), lasting: Cookie("lasting") }, ({ brief, lasting }) => ({
  brief: brief ?? null,
  lasting: lasting ?? null,
}));

test(
  "a restarted browser keeps what has a lifetime, and nothing else",
  withBrowser(app, async (browser) => {
    await browser.page.goto("/");
    assert.equal((await browser.cookies()).map(({ name }) => name).sort(), ["brief", "lasting"]);
    await browser.restart();
    const sent = await browser.page.goto("/sent");
    assert.equal(await sent?.json(), { brief: null, lasting: "2" });
  }),
);

test(
  "every test has a browser of its own",
  withBrowser(app, async (browser) => {
    assert.equal(await browser.cookies(), []);
  }),
);

test("the first Chromium that exists is taken", () => {
  assert.is(findChromium(["/nowhere/chromium", process.execPath, "/usr/bin/env"]), process.execPath);
  assert.is(findChromium(["/nowhere/chromium"]), undefined);
});

test.run();
