import { Controller, Cookie, dependency, Get, Query, RedirectResponse, Response } from "madeleine";
import { z } from "zod";

const sessions = new Map<string, string>();

export const CurrentUser = dependency({ sessionId: Cookie("session_id") }, ({ sessionId }) =>
  sessionId === undefined ? undefined : sessions.get(sessionId),
);

@Controller()
export class Account {
  @Get("/login")
  login(@Query(z.string().min(1)) username: string, response: Response) {
    const sessionId = crypto.randomUUID();
    sessions.set(sessionId, username);
    response.setCookie("session_id", sessionId, { httpOnly: true, maxAge: 1800, sameSite: "lax" });
    return { message: `Welcome, ${username}! You are now logged in.` };
  }

  @Get("/profile")
  profile(@CurrentUser() user?: string) {
    if (user === undefined) return new RedirectResponse("/login-page");
    return { message: `Hello, ${user}! This is your profile page.` };
  }

  @Get("/logout")
  logout(@Cookie() session_id: string | undefined, @CurrentUser() user: string | undefined, response: Response) {
    if (session_id === undefined || user === undefined) return { message: "You're not logged in" };
    sessions.delete(session_id);
    response.deleteCookie("session_id");
    return { message: "You have been logged out successfully" };
  }
}
