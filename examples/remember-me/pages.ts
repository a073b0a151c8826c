import { html, HTMLResponse, type Html } from "madeleine";

/** What only a user sees. */
export function homePage(username: string): HTMLResponse {
  return page(
    `Hello, ${username}!`,
    200,
    html`<p>You are logged in. Quit the browser and come back: are you still?</p>
    <form method="post" action="/logout"><button>Log out</button></form>`,
  );
}

/** The login form; after an attempt that failed with the name that was typed, and what is wrong. */
export function loginPage(username = "", problem?: string, status = 200): HTMLResponse {
  return page(
    "Log in",
    status,
    html`<form method="post" action="/login">
      ${problem && html`<p role="alert">${problem}</p>`}
      <label>Name <input name="username" value="${username}" required ${problem === undefined && autofocus} autocomplete="username"></label>
      <label>Password <input name="password" type="password" required ${problem !== undefined && autofocus} autocomplete="current-password"></label>
      <label class="check"><input name="remember" type="checkbox"> Remember me for 30 days</label>
      <button>Log in</button>
    </form>
    <p><small>Try ada with the password “analytical engine”.</small></p>`,
  );
}

const autofocus = html`autofocus`;

/** `no-store`: after logging out, Back must not show what only a user sees. */
function page(title: string, status: number, content: Html): HTMLResponse {
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
        max-width: 24rem; margin: 0 auto; padding: clamp(2rem, 12vh, 8rem) 1.25rem; font: 1.1rem/1.6 system-ui, sans-serif;
        background: light-dark(#fbf5ec, #18120e); color: light-dark(#2e2117, #f1e7da);
      }
      h1 { margin: 0 0 1rem; font-size: clamp(2rem, 9vw, 2.75rem); line-height: 1.2; letter-spacing: -0.02em; overflow-wrap: anywhere; }
      form { display: grid; gap: 1rem; justify-items: start; }
      label { display: grid; gap: 0.25rem; width: 100%; font-size: 1rem; }
      .check { display: flex; align-items: center; gap: 0.5rem; }
      input, button { font: inherit; padding: 0.5rem 0.75rem; border: 1px solid light-dark(#cdbba5, #5b4839); border-radius: 0.5rem; }
      input { background: light-dark(#fff, #241b15); color: inherit; accent-color: light-dark(#a04f0b, #f0a860); }
      button { padding-inline: 1.25rem; background: light-dark(#a04f0b, #f0a860); color: light-dark(#fff, #18120e); border-color: transparent; font-weight: 600; cursor: pointer; }
      :focus-visible { outline: 3px solid light-dark(#a04f0b, #f0a860); outline-offset: 2px; }
      [role="alert"] { margin: 0; color: light-dark(#a3160d, #ff9d8f); font-weight: 600; }
      small { opacity: 0.75; }
    </style>
  </head>
  <body>
    <h1>${title}</h1>
    ${content}
  </body>
</html>
`,
    { status, headers: { "cache-control": "no-store" } },
  );
}
