import { Controller, Get, html, Request, type Html } from "madeleine";
import { CurrentUser } from "./account.ts";
import { page } from "./layout.ts";

const steps = [
  {
    path: "/set-cookie",
    title: "Set a cookie",
    says: "response.setCookie(name, value): without a lifetime, it ends with the browser.",
  },
  {
    path: "/set-advanced-cookie",
    title: "Set a cookie with attributes",
    says: "It lasts one hour (maxAge), and scripts cannot read it (httpOnly).",
  },
  { path: "/read-cookie", title: "Read a cookie", says: "@Cookie() user_preferences?: string, a parameter of the method." },
  {
    path: "/update-cookie",
    title: "Update a cookie",
    says: "Reads the old value and sets the new one: dark_mode and light_mode in turn.",
  },
  { path: "/delete-cookie", title: "Delete a cookie", says: "response.deleteCookie(name)." },
  { path: "/json-with-cookie", title: "Send a response of your own", says: "new JSONResponse(…), with a cookie set on it." },
  { path: "/login-page", title: "Log in", says: "The cookie holds an id that says nothing; the session stays on the server." },
  {
    path: "/profile",
    title: "See your profile",
    says: "@CurrentUser() is a dependency. Without a session you are sent to the login page.",
  },
  { path: "/logout", title: "Log out", says: "The session dies on the server, the cookie in the browser." },
];

@Controller()
export class Pages {
  @Get("/")
  index(request: Request, @CurrentUser() user?: string) {
    return page(
      "Cookie tutorial",
      html`<p>HTTP forgets; cookies remember. Follow a step, come back, and see what your browser holds now.</p>
      <p id="user">${user === undefined ? "You are not logged in." : html`You are logged in as <strong>${user}</strong>.`}</p>
      <h2>Cookies that your browser sent</h2>
      ${cookieTable([...request.cookies])}
      <h2>Steps</h2>
      <ol class="steps">
        ${steps.map(
          ({ path, title, says }) =>
            html`<li><a href="${path}">${title}</a> <code>GET ${path}</code> <small>${says}</small></li>
        `,
        )}
      </ol>`,
    );
  }

  @Get("/login-page")
  loginPage() {
    return page(
      "Log in",
      html`<p>Any name will do: the tutorial is about the cookie that you get.</p>
      <form action="/login">
        <label>Your name <input name="username" required autofocus autocomplete="username"></label>
        <button>Log in</button>
      </form>
      <p><a href="/">Back to the tutorial</a></p>`,
    );
  }
}

function cookieTable(cookies: readonly (readonly [name: string, value: string])[]): Html {
  if (cookies.length === 0) return html`<p id="cookies" class="quiet">None yet.</p>`;
  return html`<table id="cookies">
        <thead><tr><th>Name</th><th>Value</th></tr></thead>
        <tbody>
          ${cookies.map(
            ([name, value]) =>
              html`<tr><td>${name}</td><td>${value}</td></tr>
          `,
          )}
        </tbody>
      </table>`;
}
