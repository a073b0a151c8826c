// mistake 86: a session that lasts for a day, in milliseconds
// caught: load maxAge is 86400000 seconds
import { App } from "madeleine";
import { defineSession } from "madeleine/session";
import { z } from "zod";

const LoginSession = defineSession({
  cookie: "session_id",
  data: z.object({ username: z.string().optional() }),
  maxAge: 86_400_000,
});

export const app = new App();
app.get("/", { session: LoginSession }, ({ session }) => session.data.username ?? null);
