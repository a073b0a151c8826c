import { Controller, Get, html, HTMLResponse, Request } from "madeleine";
import { CurrentUser } from "./account.ts";
import { layout } from "./layout.ts";

const steps = [
  { path: "/set-cookie", title: "Set a cookie", says: "response.setCookie(name, value): a session cookie that ends with the browser." },
  { path: "/set-advanced-cookie", title: "Set a cookie with attributes", says: "One hour long (maxAge), and out of reach of scripts (httpOnly)." },
  { path: "/read-cookie", title: "Read a cookie", says: "@Cookie() user_preferences?: string, a parameter of the method." },
  { path: "/update-cookie", title: "Update a cookie", says: "Read the old value, set the new one: dark_mode and light_mode in turn." },
  { path: "/delete-cookie", title: "Delete a cookie", says: "response.deleteCookie(name)." },
  { path: "/json-with-cookie", title: "A response of your own, with a cookie", says: "new JSONResponse(…).setCookie(…)." },
  { path: "/login-page", title: "Log in", says: "A session id in a cookie, the session on the server." },
  { path: "/profile", title: "Your profile", says: "@CurrentUser() is a dependency; without a session it redirects to the login page." },
  { path: "/logout", title: "Log out", says: "The session dies on the server, the cookie in the browser." },
];

@Controller()
export class Pages {
  @Get("/")
  index(request: Request, @CurrentUser() user?: string) {
    return new HTMLResponse(
      layout(
        "Cookie tutorial",
        html`<p>
            HTTP forgets; cookies remember. Follow a step, come back, and see what your browser holds now.
            ${user === undefined ? "You are not logged in." : html`You are logged in as <strong id="user">${user}</strong>.`}
          </p>
          <h2>Cookies that your browser sent</h2>
          ${cookieTable([...request.cookies])}
          <h2>Steps</h2>
          <ol class="steps">
            ${steps.map((step) => html`<li><a href="${step.path}">${step.title}</a><code>GET ${step.path}</code><br /><small>${step.says}</small></li>`)}
          </ol>`,
      ),
    );
  }

  @Get("/login-page")
  loginPage() {
    return new HTMLResponse(
      layout(
        "Log in",
        html`<form action="/login" method="get">
            <label>Your name <input name="username" required autofocus autocomplete="username" /></label>
            <button>Log in</button>
          </form>
          <p><a href="/">Back to the tutorial</a></p>`,
      ),
    );
  }
}

function cookieTable(cookies: readonly (readonly [string, string])[]) {
  if (cookies.length === 0) return html`<p id="cookies">None yet.</p>`;
  return html`<table id="cookies">
    <thead>
      <tr>
        <th>Name</th>
        <th>Value</th>
      </tr>
    </thead>
    <tbody>
      ${cookies.map(
        ([name, value]) =>
          html`<tr>
            <td>${name}</td>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
