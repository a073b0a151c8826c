// mistake 86: a cookie that lasts for a quarter of an hour, in milliseconds, as Express counts
// caught: warning LIKELY_MILLISECONDS
import { App, Cookie, defineCookie } from "madeleine";
import { z } from "zod";

const RememberMe = defineCookie("remember_me", z.string().optional(), { maxAge: 900_000 });

export const app = new App();
app.get("/", { rememberMe: Cookie(RememberMe) }, ({ rememberMe }) => rememberMe ?? null);
