import { html, HTMLResponse, type Html } from "madeleine";

/**
 * A whole page. What is put into `html` is escaped, so a cookie's value with markup in it is shown as text.
 *
 * `no-store`: a page that shows cookies is old as soon as one changes, and the Back button would show it from the cache.
 */
export function page(title: string, content: Html): HTMLResponse {
  return new HTMLResponse(
    html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · Madeleine</title>
    <link rel="icon" href="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><text y='14' font-size='14'>🍪</text></svg>">
    <style>${style}</style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>
`,
    { headers: { "cache-control": "no-store" } },
  );
}

const style = html`
  :root {
    --text: light-dark(#2e2117, #f1e7da);
    --quiet: light-dark(#6d5a49, #b9a792);
    --accent: light-dark(#a04f0b, #f0a860);
    --line: light-dark(#e6d8c6, #43362b);
    --paper: light-dark(#fffdf9, #231b15);
    background: light-dark(#f8f0e5, #17110d);
    color: var(--text);
    font: 1rem/1.6 system-ui, sans-serif;
  }
  body { margin: 0; padding: clamp(0.75rem, 4vw, 3rem) 0.75rem; }
  main {
    box-sizing: border-box; max-width: 44rem; margin: auto; padding: clamp(1.25rem, 5vw, 2.75rem);
    background: var(--paper); border: 1px solid var(--line); border-radius: 1rem;
  }
  h1 { margin: 0 0 0.5rem; font-size: clamp(1.6rem, 6vw, 2.1rem); line-height: 1.2; letter-spacing: -0.02em; }
  h2 { margin: 2.25rem 0 0.5rem; font-size: 1.15rem; }
  p { margin: 0.5rem 0; }
  a { color: var(--accent); text-underline-offset: 0.2em; }
  code { font: 0.85em/1.6 ui-monospace, monospace; color: var(--quiet); white-space: nowrap; }
  table { width: 100%; border-collapse: collapse; }
  th { color: var(--quiet); font-weight: 500; font-size: 0.9rem; }
  th, td { padding: 0.4rem 0.75rem 0.4rem 0; text-align: start; vertical-align: top; border-block-end: 1px solid var(--line); }
  td { font-family: ui-monospace, monospace; font-size: 0.9rem; overflow-wrap: anywhere; }
  td:first-child { min-width: 9.5rem; }
  .quiet, small { color: var(--quiet); }
  .steps { padding-inline-start: 1.5rem; }
  .steps li { margin: 0.85rem 0; padding-inline-start: 0.25rem; }
  .steps li::marker { color: var(--quiet); }
  .steps a { font-weight: 600; margin-inline-end: 0.5rem; }
  .steps small { display: block; }
  form { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; margin: 1.25rem 0; }
  label { display: grid; gap: 0.25rem; flex: 1 1 14rem; color: var(--quiet); font-size: 0.9rem; }
  input, button { font: inherit; font-size: 1rem; padding: 0.5rem 0.9rem; border-radius: 0.5rem; border: 1px solid var(--line); }
  input { background: transparent; color: var(--text); }
  button { background: var(--accent); color: var(--paper); border-color: transparent; font-weight: 600; cursor: pointer; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
