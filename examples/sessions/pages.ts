import { html, HTMLResponse, type Html, type Resolved } from "madeleine";
import type { Flash, SessionEntry } from "madeleine/session";
import type { LoginSession } from "./login-session.ts";

type Data = Resolved<typeof LoginSession>["data"];

interface Home {
  readonly username: string;
  readonly devices: readonly SessionEntry<Data>[];
  /** The id of the session that looks at the page. */
  readonly current: string;
  readonly token: string;
  readonly messages: readonly Flash[];
}

/** What only a user sees: where else he is logged in. */
export function homePage({ username, devices, current, token, messages }: Home): HTMLResponse {
  return page(
    `Hello, ${username}!`,
    200,
    html`${notices(messages)}
    <h2>Your devices</h2>
    <ul>${devices.map((device) => deviceItem(device, current, token))}</ul>
    ${devices.length > 1 && button("/logout-elsewhere", "Log out everywhere else", token)}
    ${button("/logout", "Log out", token)}`,
  );
}

function deviceItem({ id, data, usedAt }: SessionEntry<Data>, current: string, token: string): Html {
  const time = html`<time datetime="${usedAt.toISOString()}">${usedAt.toISOString().slice(0, 16).replace("T", " ")}</time>`;
  if (id === current) return html`<li><b>${data.device}</b>, this one, since ${time}</li>`;
  return html`<li><b>${data.device}</b>, last used ${time} ${button(`/devices/${id}/logout`, "Log out there", token)}</li>`;
}

interface Login {
  readonly token: string;
  readonly messages: readonly Flash[];
  readonly username?: string;
  readonly problem?: string;
}

/** The login form; after an attempt that failed with the name that was typed, and what is wrong. */
export function loginPage({ token, messages, username = "", problem }: Login): HTMLResponse {
  return page(
    "Log in",
    problem === undefined ? 200 : 401,
    html`${notices(messages)}
    <form method="post" action="/login">
      <input type="hidden" name="csrf_token" value="${token}">
      ${problem && html`<p role="alert">${problem}</p>`}
      <label>Name <input name="username" value="${username}" required autocomplete="username"></label>
      <label>Password <input name="password" type="password" required autocomplete="current-password"></label>
      <label class="check"><input name="remember" type="checkbox"> Remember me for 30 days</label>
      <button>Log in</button>
    </form>
    <p><small>Try ada with the password “analytical engine”.</small></p>`,
  );
}

interface NoteForm {
  readonly text: string;
  readonly token: string;
  readonly messages: readonly Flash[];
}

/** A note that no login is needed for. */
export function notePage({ text, token, messages }: NoteForm): HTMLResponse {
  return page(
    "A note",
    200,
    html`${notices(messages)}
    <form method="post" action="/note">
      <input type="hidden" name="csrf_token" value="${token}">
      <label>Note <input name="text" value="${text}" maxlength="1000"></label>
      <button>Keep it</button>
    </form>
    ${button("/note/delete", "Delete it", token)}`,
  );
}

function notices(messages: readonly Flash[]): Html {
  return html`${messages.map(({ value }) => html`<p role="status">${value}</p>`)}`;
}

function button(action: string, label: string, token: string): Html {
  return html`<form method="post" action="${action}"><input type="hidden" name="csrf_token" value="${token}"><button>${label}</button></form>`;
}

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
        max-width: 28rem; margin: 0 auto; padding: clamp(2rem, 12vh, 8rem) 1.25rem; font: 1.1rem/1.6 system-ui, sans-serif;
        background: light-dark(#fbf5ec, #18120e); color: light-dark(#2e2117, #f1e7da);
      }
      h1 { margin: 0 0 1rem; font-size: clamp(2rem, 9vw, 2.75rem); line-height: 1.2; letter-spacing: -0.02em; overflow-wrap: anywhere; }
      h2 { font-size: 1.1rem; margin: 1.5rem 0 0.5rem; }
      ul { margin: 0 0 1.5rem; padding: 0; list-style: none; display: grid; gap: 0.75rem; }
      li { padding: 0.75rem 1rem; border: 1px solid light-dark(#e3d5c2, #3d2f25); border-radius: 0.5rem; }
      form { display: grid; gap: 1rem; justify-items: start; margin-top: 0.75rem; }
      label { display: grid; gap: 0.25rem; width: 100%; font-size: 1rem; }
      .check { display: flex; align-items: center; gap: 0.5rem; }
      input, button { font: inherit; padding: 0.5rem 0.75rem; border: 1px solid light-dark(#cdbba5, #5b4839); border-radius: 0.5rem; }
      input { background: light-dark(#fff, #241b15); color: inherit; accent-color: light-dark(#a04f0b, #f0a860); }
      button { padding-inline: 1.25rem; background: light-dark(#a04f0b, #f0a860); color: light-dark(#fff, #18120e); border-color: transparent; font-weight: 600; cursor: pointer; }
      :focus-visible { outline: 3px solid light-dark(#a04f0b, #f0a860); outline-offset: 2px; }
      [role="alert"] { margin: 0; color: light-dark(#a3160d, #ff9d8f); font-weight: 600; }
      [role="status"] { margin: 0 0 1rem; font-weight: 600; }
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
