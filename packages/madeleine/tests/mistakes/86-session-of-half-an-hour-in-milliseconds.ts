// mistake 86: a session that lasts for half an hour, in milliseconds
// caught: warning LIKELY_MILLISECONDS
import { App } from "madeleine";
import { defineSession } from "madeleine/session";
import { z } from "zod";

const LoginSession = defineSession({
  cookie: "session_id",
  data: z.object({ username: z.string().optional() }),
  maxAge: 1_800_000,
});

export const app = new App();
app.get("/", { session: LoginSession }, ({ session }) => session.data.username ?? null);
