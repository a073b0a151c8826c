import { randomBytes } from "node:crypto";
import { Cookie, defineCookie, dependency, Injectable, RedirectResponse } from "madeleine";
import { z } from "zod";

/** Who is logged in. The cookie holds a random token that says nothing; what it stands for stays here, and so can be ended here. */
@Injectable({ scope: "app" })
export class Sessions {
  readonly #sessions = new Map<string, { readonly username: string; readonly endsAt: number }>();

  /** Starts a session and gives its token. */
  start(username: string, seconds: number): string {
    this.#removeEnded();
    const token = randomBytes(32).toString("base64url");
    this.#sessions.set(token, { username, endsAt: Date.now() + seconds * 1000 });
    return token;
  }

  /** A browser keeps a cookie as long as it likes; how long a session lasts is decided here. */
  findUser(token: string | undefined): string | undefined {
    const session = token === undefined ? undefined : this.#sessions.get(token);
    return session !== undefined && session.endsAt > Date.now() ? session.username : undefined;
  }

  end(token: string | undefined): void {
    if (token !== undefined) this.#sessions.delete(token);
  }

  #removeEnded(): void {
    for (const [token, { endsAt }] of this.#sessions) if (endsAt <= Date.now()) this.#sessions.delete(token);
  }
}

/** Ends with the browser, unless it is set with a lifetime. */
export const SessionToken = defineCookie("session", z.string().optional());

export const CurrentUser = dependency({ token: Cookie(SessionToken), sessions: Sessions }, ({ token, sessions }) =>
  sessions.findUser(token),
);

/** The user's name; whoever is not logged in goes to the login page instead. */
export const SignedIn = dependency({ user: CurrentUser }, ({ user }) => {
  if (user === undefined) throw new RedirectResponse("/login", 303);
  return user;
});
