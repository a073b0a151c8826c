import { chromium, type Browser, type CDPSession, type Page } from "playwright-core";
import { chromiumFlags } from "../browser.ts";
import type { StoredCookie } from "./cookie-case.ts";

/** Chromium's cookie jar, seen through its own protocol: Playwright's cookies have no partition and no priority. */
export class ChromiumJar implements AsyncDisposable {
  readonly version: string;
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly #refused = new Map<string, string>();

  private constructor(browser: Browser, page: Page, session: CDPSession) {
    this.version = browser.version();
    this.#browser = browser;
    this.#page = page;
    this.#session = session;
    session.on("Network.responseReceivedExtraInfo", ({ blockedCookies }) => {
      for (const { cookieLine, blockedReasons } of blockedCookies)
        this.#refused.set(nameOf(cookieLine), blockedReasons.join(", "));
    });
  }

  static async open(executablePath: string): Promise<ChromiumJar> {
    const args = [...chromiumFlags, "--host-resolver-rules=MAP *.test 127.0.0.1"];
    const browser = await chromium.launch({ executablePath, headless: true, args });
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    return new ChromiumJar(browser, page, session);
  }

  /** Opens a page and gives what the jar holds then. */
  async visit(url: string): Promise<StoredCookie[]> {
    this.#refused.clear();
    await this.#page.goto(url);
    const { cookies } = await this.#session.send("Network.getAllCookies");
    return cookies.map(({ name, value, domain, path, secure, httpOnly, sameSite, priority, partitionKey, session, expires }) => ({
      name,
      value,
      domain,
      path,
      secure,
      httpOnly,
      sameSite,
      priority,
      partition: partitionKey?.topLevelSite,
      expires: session ? undefined : expires,
    }));
  }

  /** Why the last page could not set a cookie, in Chromium's words; undefined where it does not say. */
  whyRefused(name: string): string | undefined {
    return this.#refused.get(name);
  }

  async clear(): Promise<void> {
    await this.#session.send("Network.clearBrowserCookies");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}

function nameOf(line: string): string {
  return line.slice(0, Math.max(0, line.indexOf("="))).trim();
}
