import { App, Body } from "madeleine";
import { cookieStore, defineSession } from "madeleine/session";
import { test } from "uvu";
import { z } from "zod";
import { answers, silent } from "./answers.ts";

interface Options {
  readonly domain?: string;
  /** Units: seconds. Starlette's cookies last two weeks unless told otherwise, ours until the browser ends. */
  readonly maxAge?: number | undefined;
}

const twoWeeks = 1_209_600;
const Anything = z.record(z.string(), z.json());

/** Starlette keeps the session in its cookie, and so does this: signed there, encrypted here. */
function visited({ domain, maxAge = twoWeeks }: Options = {}, isLasting = true): App {
  const Session = defineSession({ cookie: "session", data: Anything, maxAge, domain, store: cookieStore() });
  const app = new App({ logger: silent, secrets: ["Xq3vN8rT1yW6zB0cF5hJ9kM2pS7uA4dG"] });
  app.get("/view", { session: Session }, ({ session }) => ({ session: session.data }));
  app.post("/update", { session: Session, update: Body(Anything) }, ({ session, update }) => {
    Object.assign(session.data, update);
    if (isLasting) session.rememberFor(maxAge);
    return { session: session.data };
  });
  app.get("/none", () => ({ status: "ok" }));
  return app;
}

answers(() => visited(), {
  "session-only-on-modify": "the cookie is sent where the session changed, Vary: Cookie where it was asked for",
  "session-invalid-cookie": "a cookie that is none is an empty session",
  "session-tampered": "a cookie that was tampered with is an empty session",
});

answers(() => visited({ domain: ".example.com" }), { "session-domain": "the cookie has a domain" });

answers(() => visited({}, false), { "session-no-max-age": "the cookie ends with the browser" });

test.run();
