import { Controller, Get, Module, Res } from "@nestjs/common";

interface CookieReply {
  setCookie(name: string, value: string, options: Record<string, unknown>): unknown;
}

@Controller()
class Login {
  @Get("/login")
  login(@Res({ passthrough: true }) reply: CookieReply) {
    reply.setCookie("session_id", "4f8c2e61a7d94b3c8e5f", { maxAge: 1800, path: "/", httpOnly: true, sameSite: "lax" });
    reply.setCookie("theme", "dark", { maxAge: 31_536_000, path: "/", secure: true, sameSite: "lax" });
    return { message: "Welcome" };
  }
}

@Module({ controllers: [Login] })
class LoginModule {}

export { LoginModule as module };
export const usesCookies = true;
