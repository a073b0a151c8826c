import { existsSync } from "node:fs";

/** Where Chromium is looked for: the environment's `CHROMIUM` first, then where Debian, Google and macOS put it. */
export const chromiumPaths: readonly string[] = [
  ...(process.env["CHROMIUM"] ? [process.env["CHROMIUM"]] : []),
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of the first Chromium that is installed. */
export function findChromium(paths: readonly string[] = chromiumPaths): string | undefined {
  return paths.find((path) => existsSync(path));
}

/** Said where there is none. */
export const noChromium = `no Chromium found (looked at ${chromiumPaths.join(", ")})`;
