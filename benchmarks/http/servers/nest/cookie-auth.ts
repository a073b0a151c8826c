import {
  Controller,
  createParamDecorator,
  Get,
  Injectable,
  Module,
  UnauthorizedException,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from "@nestjs/common";
import { sessions, users } from "../../data.mjs";

interface User {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
}

interface AccountRequest {
  readonly cookies: Record<string, string | undefined>;
  userId?: number | undefined;
  user?: User | undefined;
}

@Injectable()
class SessionGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest<AccountRequest>();
    request.userId = sessions.get(request.cookies["session_id"] ?? "");
    return true;
  }
}

@Injectable()
class UserGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest<AccountRequest>();
    request.user = request.userId === undefined ? undefined : users.get(request.userId);
    return true;
  }
}

@Injectable()
class ActiveGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    if (context.switchToHttp().getRequest<AccountRequest>().user?.active !== true) throw new UnauthorizedException();
    return true;
  }
}

const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<AccountRequest>().user,
);

@Controller()
class Account {
  @Get("/me")
  @UseGuards(SessionGuard, UserGuard, ActiveGuard)
  me(@CurrentUser() user: User) {
    return { id: user.id, name: user.name };
  }
}

@Module({ controllers: [Account] })
class AccountModule {}

export { AccountModule as module };
export const usesCookies = true;
