import { dependency, RedirectResponse } from "madeleine";
import { csrfToken, defineSession, memoryStore } from "madeleine/session";
import { redisStore } from "madeleine/session/redis";
import { z } from "zod";

const halfDay = 43_200;
const url = process.env["REDIS_URL"];

/** Who is logged in, and from what device. In this process, or with `REDIS_URL` in Redis, for any number of processes. */
export const LoginSession = defineSession({
  cookie: "session",
  data: z.object({ username: z.string().optional(), device: z.string().default("an unknown device") }),
  maxAge: halfDay,
  rolling: true,
  user: ({ username }) => username,
  store: url ? redisStore({ url }, { prefix: "example-sessions:" }) : memoryStore(),
});

/** The token that the forms of a page bring along. */
export const FormToken = csrfToken(LoginSession);

/** The user's name; whoever is not logged in goes to the login page instead. */
export const SignedIn = dependency({ session: LoginSession }, ({ session }) => {
  if (session.data.username === undefined) throw new RedirectResponse("/login", 303);
  return session.data.username;
});
