import { randomBytes } from "node:crypto";
import { App, Controller, Form, Get, Header, Path, Post, RedirectResponse, type Resolved } from "madeleine";
import { csrf } from "madeleine/session";
import { z } from "zod";
import { deviceName } from "./device-name.ts";
import { FormToken, LoginSession, SignedIn } from "./login-session.ts";
import { Note } from "./note.ts";
import { homePage, loginPage } from "./pages.ts";
import { Users } from "./users.ts";

type Session = Resolved<typeof LoginSession>;

const thirtyDays = 2_592_000;

@Controller()
class Account {
  readonly #users: Users;

  constructor(users: Users) {
    this.#users = users;
  }

  @Get("/")
  async home(@SignedIn() username: string, @LoginSession() session: Session, @FormToken() token: string) {
    const devices = await LoginSession.listSessions(username);
    return homePage({ username, devices, current: session.id, token, messages: session.flashes() });
  }

  @Get("/login")
  loginForm(@LoginSession() session: Session, @FormToken() token: string) {
    if (session.data.username !== undefined) return new RedirectResponse("/", 303);
    return loginPage({ token, messages: session.flashes() });
  }

  @Post("/login")
  async login(
    @Form("username", z.string()) username: string,
    @Form("password", z.string()) password: string,
    @Form("remember", z.boolean().default(false)) remember: boolean,
    @Header() userAgent: string | undefined,
    @LoginSession() session: Session,
    @FormToken() token: string,
  ) {
    if (!(await this.#users.isUser(username, password)))
      return loginPage({ token, username, problem: "Wrong name or password.", messages: [] });
    await session.regenerate();
    session.data = { username, device: deviceName(userAgent) };
    if (remember) session.rememberFor(thirtyDays);
    session.flash("notice", `Welcome, ${username}!`);
    return new RedirectResponse("/", 303);
  }

  @Post("/logout")
  async logout(@LoginSession() session: Session) {
    await session.destroy();
    session.flash("notice", "You are logged out.");
    return new RedirectResponse("/login", 303);
  }

  @Post("/devices/:id/logout")
  async logOutDevice(@Path() id: string, @SignedIn() username: string, @LoginSession() session: Session) {
    const found = await LoginSession.revokeSession(username, id);
    session.flash("notice", found ? "That device is logged out." : "That device was logged out already.");
    return new RedirectResponse("/", 303);
  }

  @Post("/logout-elsewhere")
  async logOutElsewhere(@SignedIn() username: string, @LoginSession() session: Session) {
    const count = await LoginSession.revokeUser(username, session);
    session.flash("notice", `Logged out on ${count} other ${count === 1 ? "device" : "devices"}.`);
    return new RedirectResponse("/", 303);
  }
}

export const app = new App({
  title: "Sessions",
  controllers: [Account, Note],
  dependencies: [csrf({ session: LoginSession })],
  secrets: [process.env["SECRET"] ?? randomBytes(32).toString("base64url")], // one for all processes: openssl rand -base64 32
});
