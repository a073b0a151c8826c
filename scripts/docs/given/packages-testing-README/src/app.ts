import { App, Controller, Form, Get, Post, RedirectResponse, Response } from "madeleine";
import { z } from "zod";

@Controller()
class Account {
  @Post("/login")
  login(@Form("username", z.string()) username: string, response: Response) {
    response.setCookie("session_id", username, { httpOnly: true });
    return new RedirectResponse("/profile", 303);
  }

  @Get("/profile")
  profile() {
    return { message: "Hello!" };
  }
}

export const app = new App({ controllers: [Account] });
