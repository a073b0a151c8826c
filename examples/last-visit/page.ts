import { html, HTMLResponse, type Html } from "madeleine";

/** A whole page. `no-store`: what it says is old with the next visit. */
export function page(title: string, content: Html): HTMLResponse {
  return new HTMLResponse(
    html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <style>
      body {
        max-width: 34rem; margin: 0 auto; padding: clamp(2rem, 12vh, 8rem) 1.25rem; font: 1.1rem/1.6 system-ui, sans-serif;
        background: light-dark(#fbf5ec, #18120e); color: light-dark(#2e2117, #f1e7da);
      }
      h1 { margin: 0; font-size: clamp(2rem, 9vw, 3rem); line-height: 1.2; letter-spacing: -0.02em; }
      time { font-weight: 600; }
      a, time { color: light-dark(#a04f0b, #f0a860); }
      button { font: inherit; font-size: 1rem; padding: 0.45rem 1rem; border-radius: 0.5rem; cursor: pointer; border: 1px solid light-dark(#cdbba5, #5b4839); background: none; color: inherit; }
      button:hover { background: light-dark(#f1e6d6, #2a2019); }
    </style>
  </head>
  <body>
    <h1>${title}</h1>
    ${content}
  </body>
</html>
`,
    { headers: { "cache-control": "no-store" } },
  );
}
