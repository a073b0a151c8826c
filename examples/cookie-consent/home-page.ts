import { html, HTMLResponse, type Html } from "madeleine";
import type { Choice } from "./consent.ts";

/** The page for a visitor who was asked, or who is still to be; `views` are counted with consent only. */
export function homePage(asked: boolean, views?: number): HTMLResponse {
  return new HTMLResponse(
    html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Cookie consent</title>
    <style>
      body {
        max-width: 34rem; margin: 0 auto; padding: clamp(2rem, 12vh, 8rem) 1.25rem 14rem; font: 1.1rem/1.6 system-ui, sans-serif;
        background: light-dark(#fbf5ec, #18120e); color: light-dark(#2e2117, #f1e7da);
      }
      h1 { margin: 0; font-size: clamp(2rem, 9vw, 3rem); line-height: 1.2; letter-spacing: -0.02em; }
      button { font: inherit; font-size: 1rem; padding: 0.45rem 1.1rem; border-radius: 0.5rem; cursor: pointer; border: 1px solid light-dark(#cdbba5, #5b4839); background: none; color: inherit; }
      button:hover { background: light-dark(#f1e6d6, #3a2d23); }
      aside { position: fixed; inset: auto 0 0; background: light-dark(#fffdf9, #2a2019); box-shadow: 0 -2px 16px #0003; }
      aside form { max-width: 34rem; margin: 0 auto; padding: 1rem 1.25rem 1.25rem; }
      aside p { margin: 0 0 0.75rem; font-size: 1rem; }
      aside button { min-width: 7rem; margin-inline-end: 0.5rem; }
    </style>
  </head>
  <body>
    <h1>Madeleines</h1>
    <p>They are best on the day they are baked, dipped into lime-blossom tea.</p>
    ${asked ? settings(views) : banner}
  </body>
</html>
`,
    { headers: { "cache-control": "no-store" } },
  );
}

// Both answers look alike and are one click away: a consent that is easier to give than to refuse is none.
const banner = html`<aside aria-label="Cookie consent">
      <form method="post" action="/consent">
        <p>May we count your visits with a cookie? The page works the same without.</p>
        <button name="choice" value="accepted">Accept</button>
        <button name="choice" value="refused">Refuse</button>
      </form>
    </aside>`;

function settings(views: number | undefined): Html {
  if (views === undefined) return html`<p id="statistics">We count nothing about you.</p>${change("accepted", "Allow counting")}`;
  return html`<p id="statistics">With your consent we counted: you have seen this page ${views === 1 ? "once" : `${views} times`}.</p>
    ${change("refused", "Withdraw consent")}`;
}

function change(choice: Choice, label: string): Html {
  return html`<form method="post" action="/consent"><button name="choice" value="${choice}">${label}</button></form>`;
}
