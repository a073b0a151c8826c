import type { App } from "madeleine";
import { Browser, type Visitor } from "./browser.ts";
import { findChromium, noChromium } from "./find-chromium.ts";

/**
 * Makes a test of a visit: the application listens on a free port, a new browser opens, and both are closed at the end.
 *
 * Shape: `test("the banner leaves when it is answered", withBrowser(app, async (browser) => { … }));`. Where there is no
 *        Chromium the test prints `SKIP: …`, which the test runner counts, and under `CI=true` fails.
 */
export function withBrowser(app: App, visit: (browser: Browser) => Promise<void>, visitor: Visitor = {}): () => Promise<void> {
  return async () => {
    const executablePath = findChromium();
    if (executablePath === undefined) return console.log(`SKIP: ${noChromium}`);
    const url = await listen(app);
    try {
      await using browser = await Browser.launch({ executablePath, url, ...visitor });
      await visit(browser);
    } finally {
      await app.close();
    }
  };
}

async function listen(app: App): Promise<string> {
  await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true });
  if (app.url === undefined) throw new Error("the application listens, but its url is undefined");
  return app.url;
}
