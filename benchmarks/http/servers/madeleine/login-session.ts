import { Controller, Get, HTTPException, Post, type Resolved } from "madeleine";
import { defineSession, memoryStore } from "madeleine/session";
import { z } from "zod";

const LoginSession = defineSession({
  cookie: "session_id",
  data: z.object({ username: z.string().optional() }),
  maxAge: 1800,
  store: memoryStore(),
});

@Controller()
class Account {
  @Post("/sign-in")
  signIn(@LoginSession() session: Resolved<typeof LoginSession>) {
    session.data.username = "Alice";
    return { message: "Welcome" };
  }

  @Get("/profile")
  profile(@LoginSession() session: Resolved<typeof LoginSession>) {
    const { username } = session.data;
    if (username === undefined) throw new HTTPException(401);
    return { username };
  }
}

export const options = { controllers: [Account] };
