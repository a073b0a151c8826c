import { Controller, Get, HttpCode, Module, Post, Req, Res, UnauthorizedException } from "@nestjs/common";
import { beginSession, findUsername, sessionAttributes } from "../session-map.mjs";

interface CookieRequest {
  readonly cookies: Record<string, string | undefined>;
}

interface CookieReply {
  setCookie(name: string, value: string, options: object): unknown;
}

@Controller()
class Account {
  @Post("/sign-in")
  @HttpCode(200)
  signIn(@Res({ passthrough: true }) reply: CookieReply) {
    reply.setCookie("session_id", beginSession("Alice"), sessionAttributes);
    return { message: "Welcome" };
  }

  @Get("/profile")
  profile(@Req() request: CookieRequest) {
    const username = findUsername(request.cookies["session_id"]);
    if (username === undefined) throw new UnauthorizedException();
    return { username };
  }
}

@Module({ controllers: [Account] })
class AccountModule {}

export { AccountModule as module };
export const usesCookies = true;
