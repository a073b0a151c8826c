import { Controller, Get, Response } from "madeleine";

@Controller()
class Login {
  @Get("/login")
  login(response: Response) {
    response.setCookie("session_id", "4f8c2e61a7d94b3c8e5f", { maxAge: 1800, httpOnly: true });
    response.setCookie("theme", "dark", { maxAge: 31_536_000, secure: true });
    return { message: "Welcome" };
  }
}

export const options = { controllers: [Login] };
