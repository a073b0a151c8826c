/** Runs an application in headless Chromium, for the browser tests of the examples. */
export { Browser, type Visitor } from "./browser.ts";
export { withBrowser } from "./with-browser.ts";
