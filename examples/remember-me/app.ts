import { App, Controller, Cookie, Form, Get, Post, RedirectResponse, Response } from "madeleine";
import { z } from "zod";
import { homePage, loginPage } from "./pages.ts";
import { CurrentUser, Sessions, SessionToken, SignedIn } from "./sessions.ts";
import { Users } from "./users.ts";

const halfDay = 43_200;
const thirtyDays = 2_592_000;

@Controller()
class Account {
  readonly #users: Users;
  readonly #sessions: Sessions;

  constructor(users: Users, sessions: Sessions) {
    this.#users = users;
    this.#sessions = sessions;
  }

  @Get("/")
  home(@SignedIn() username: string) {
    return homePage(username);
  }

  @Get("/login")
  loginForm(@CurrentUser() user?: string) {
    return user === undefined ? loginPage() : new RedirectResponse("/", 303);
  }

  @Post("/login")
  async login(
    @Form("username", z.string()) username: string,
    @Form("password", z.string()) password: string,
    @Form("remember", z.boolean().default(false)) remember: boolean,
    @Cookie(SessionToken) previous: string | undefined,
    response: Response,
  ) {
    if (!(await this.#users.isUser(username, password))) return loginPage(username, "Wrong name or password.", 401);
    this.#sessions.end(previous);
    const token = this.#sessions.start(username, remember ? thirtyDays : halfDay);
    response.setCookie(SessionToken, token, remember ? { maxAge: thirtyDays } : {});
    return new RedirectResponse("/", 303);
  }

  @Post("/logout")
  logout(@Cookie(SessionToken) token: string | undefined, response: Response) {
    this.#sessions.end(token);
    response.deleteCookie(SessionToken);
    return new RedirectResponse("/login", 303);
  }
}

export const app = new App({ title: "Remember me", controllers: [Account] });
