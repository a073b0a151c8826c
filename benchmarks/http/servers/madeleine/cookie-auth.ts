import { Controller, Cookie, dependency, Get, HTTPException, type Resolved } from "madeleine";
import { sessions, users } from "../../data.mjs";

const UserId = dependency({ sessionId: Cookie("session_id") }, ({ sessionId }) =>
  sessionId === undefined ? undefined : sessions.get(sessionId),
);

const CurrentUser = dependency({ userId: UserId }, ({ userId }) => (userId === undefined ? undefined : users.get(userId)));

const ActiveUser = dependency({ user: CurrentUser }, ({ user }) => {
  if (user?.active !== true) throw new HTTPException(401);
  return user;
});

@Controller()
class Account {
  @Get("/me")
  me(@ActiveUser() user: Resolved<typeof ActiveUser>) {
    return { id: user.id, name: user.name };
  }
}

export const options = { controllers: [Account] };
