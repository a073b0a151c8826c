// mistake 78: a signed cookie in an application without secrets
// caught: boot MISSING_SECRETS
import { App, Cookie, defineCookie } from "madeleine";
import { z } from "zod";

const Visit = defineCookie("visit", z.string().optional(), { signed: true });

export const app = new App();
app.get("/", { visit: Cookie(Visit) }, ({ visit }) => visit ?? null);
