import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { chromium, type BrowserContext, type Cookie, type Locator, type Page } from "playwright-core";

/** Who visits: what differs between people's browsers. */
export interface Visitor {
  /** Default: true. */
  readonly javaScriptEnabled?: boolean;
  /** What the visitor's system prefers. Default: "light". */
  readonly colorScheme?: "light" | "dark";
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Where to go and with what: paths in `page.goto` are relative to `url`. */
interface Launch extends Visitor {
  readonly executablePath: string;
  readonly url: string;
}

/**
 * A Chromium with a profile of its own, that lives until it is disposed.
 *
 * Shape: `await browser.page.goto("/")`, then `await browser.cookie("theme")` for what the jar holds.
 */
export class Browser implements AsyncDisposable {
  readonly #profile: string;
  readonly #launch: Launch;
  #context: BrowserContext;
  #page: Page;

  private constructor(profile: string, launch: Launch, context: BrowserContext, page: Page) {
    this.#profile = profile;
    this.#launch = launch;
    this.#context = context;
    this.#page = page;
  }

  static async launch(launch: Launch): Promise<Browser> {
    const profile = await mkdtemp(join(tmpdir(), "madeleine-browser-"));
    return new Browser(profile, launch, ...(await start(profile, launch)));
  }

  /** The open tab; another one after a restart. */
  get page(): Page {
    return this.#page;
  }

  /** The cookies in the jar, as the browser keeps them: `expires` is in seconds, and -1 where the cookie ends with the browser. */
  cookies(): Promise<Cookie[]> {
    return this.#context.cookies();
  }

  async cookie(name: string): Promise<Cookie | undefined> {
    return (await this.cookies()).find((cookie) => cookie.name === name);
  }

  /** Waits until a cookie is in the jar: a page's script goes on while what it has set is still on its way there. */
  async keeps(name: string): Promise<void> {
    while ((await this.cookie(name)) === undefined) await setTimeout(20);
  }

  /** Clicks what leads to a page, and waits until that is there: a click alone waits only where it hears soon enough that it leads somewhere. */
  async follow(link: Locator): Promise<void> {
    await Promise.all([this.#page.waitForEvent("framenavigated"), link.click()]);
    await this.#page.waitForLoadState();
  }

  /** Quits and starts again with the same profile, as a person does overnight: cookies without a lifetime are gone. */
  async restart(): Promise<void> {
    await this.#context.close();
    [this.#context, this.#page] = await start(this.#profile, this.#launch);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
    // Chromium's helpers may write for a moment longer.
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function start(profile: string, { executablePath, url, ...visitor }: Launch): Promise<[BrowserContext, Page]> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...chromiumFlags],
    baseURL: url,
    locale: "en-GB",
    ...visitor,
  });
  context.setDefaultTimeout(60_000); // what never comes is told before the test's own limit; a busy machine may take long
  return [context, context.pages()[0] ?? (await context.newPage())];
}

/** With what Chromium is started: nothing that asks the network for anything but the application. */
export const chromiumFlags: readonly string[] = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), // Chromium's sandbox does not start for root
];
