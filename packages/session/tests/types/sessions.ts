import type { Resolved } from "@madeleine/di";
import { Controller, Get } from "@madeleine/core";
import { cookieStore, defineSession, memoryStore, type Session } from "@madeleine/session";
import { z } from "zod";

const Login = defineSession({ cookie: "sid", data: z.object({ username: z.string().optional(), count: z.number().default(0) }), maxAge: 60 });
const Host = defineSession({ cookie: "__Host-sid", secure: true, data: z.object({}), maxAge: 60 });

@Controller()
class Pages {
  @Get("/1") async exact(@Login() session: Resolved<typeof Login>) {
    await session.regenerate();
    session.data.username = "ada";
    const count: number = session.data.count;
    return { count };
  }
  @Get("/2") named(@Login() session: Session<{ username?: string | undefined; count: number }>) {
    // @ts-expect-error the id is read only
    session.id = "x";
    // @ts-expect-error count is a number
    session.data.count = "1";
    // @ts-expect-error there is no such key
    session.data.user = "ada";
  }
  // @ts-expect-error another session's data
  @Get("/3") other(@Login() session: Session<{ cart: string[] }>) {}
}

// @ts-expect-error a new session is empty
defineSession({ cookie: "sid", data: z.object({ username: z.string() }), maxAge: 60 });
// @ts-expect-error maxAge is needed
defineSession({ cookie: "sid", data: z.object({}) });
// @ts-expect-error __Host- without secure
defineSession({ cookie: "__Host-sid", data: z.object({}), maxAge: 60 });
// @ts-expect-error __Host- with a domain
defineSession({ cookie: "__Host-sid", secure: true, domain: "example.com", data: z.object({}), maxAge: 60 });
// @ts-expect-error SameSite=None without Secure
defineSession({ cookie: "sid", sameSite: "none", data: z.object({}), maxAge: 60 });
// @ts-expect-error no token
defineSession({ cookie: "s id", data: z.object({}), maxAge: 60 });
// @ts-expect-error scripts never read it
defineSession({ cookie: "sid", httpOnly: false, data: z.object({}), maxAge: 60 });
// @ts-expect-error the user is a text
defineSession({ cookie: "sid", data: z.object({ id: z.number().optional() }), maxAge: 60, user: (data) => data.id });

const InCookie = defineSession({ cookie: "sid", data: z.object({ username: z.string().optional() }), maxAge: 60, store: cookieStore() });
const OnServer = defineSession({
  cookie: "sid",
  data: z.object({ username: z.string().optional() }),
  maxAge: 60,
  store: memoryStore(),
  user: ({ username }) => username,
});
void OnServer.listSessions("ada");
// @ts-expect-error nobody knows which sessions there are in cookies
void InCookie.listSessions("ada");
// @ts-expect-error nor can they be ended
void InCookie.revokeUser("ada");
defineSession({
  cookie: "sid",
  data: z.object({ username: z.string().optional() }),
  maxAge: 60,
  store: cookieStore(),
  // @ts-expect-error so it is of no use to say whose they are
  user: ({ username }) => username,
});

@Controller()
class InCookies {
  @Get("/1") exact(@InCookie() session: Resolved<typeof InCookie>) {
    const username: string | undefined = session.data.username;
    return { username };
  }
  // @ts-expect-error another session's data
  @Get("/2") other(@InCookie() session: Session<{ cart: string[] }>) {}
}

export { Host, InCookies, OnServer, Pages };
