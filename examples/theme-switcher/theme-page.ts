import { html, HTMLResponse } from "madeleine";

export type ThemeName = "light" | "dark";

/**
 * The page in a theme; without one it follows the visitor's system.
 *
 * One `<meta>` decides: it stands before the styles, so the first paint has the right colours, and `light-dark()`, form controls
 * and scrollbars all follow it. `no-store`: Back must not show the page in the theme of before.
 */
export function themePage(theme: ThemeName | undefined): HTMLResponse {
  return new HTMLResponse(
    html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="color-scheme" content="${theme ?? "light dark"}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Theme switcher</title>
    <style>
      body {
        max-width: 34rem; margin: 0 auto; padding: clamp(2rem, 12vh, 8rem) 1.25rem; font: 1.1rem/1.6 system-ui, sans-serif;
        background: light-dark(#fbf5ec, #18120e); color: light-dark(#2e2117, #f1e7da);
      }
      h1 { margin: 0; font-size: clamp(2rem, 9vw, 3rem); line-height: 1.2; letter-spacing: -0.02em; }
      fieldset { display: flex; width: fit-content; margin: 1.5rem 0; padding: 0.25rem; border: 0; border-radius: 999px; background: light-dark(#eadfce, #35281e); }
      button { font: inherit; font-size: 1rem; padding: 0.4rem 1.1rem; border: 0; border-radius: 999px; background: none; color: inherit; cursor: pointer; }
      button[aria-pressed="true"] { background: light-dark(#fff, #5b4433); box-shadow: 0 1px 3px #0003; }
      button:focus-visible { outline: 3px solid light-dark(#a04f0b, #f0a860); }
    </style>
  </head>
  <body>
    <h1>It is ${theme === undefined ? "as your system likes it" : theme}.</h1>
    <form method="post" action="/theme">
      <fieldset aria-label="Theme">
        ${buttons.map(
          ({ value, label }) =>
            html`<button name="theme" value="${value}" aria-pressed="${value === (theme ?? "")}">${label}</button>`,
        )}
      </fieldset>
    </form>
    <p>The choice is a cookie, so the server knows it before it sends the first byte. There is no script on this page.</p>
  </body>
</html>
`,
    { headers: { "cache-control": "no-store" } },
  );
}

const buttons = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "", label: "System" },
];
