// mistake 78: the lifetime of a cookie in milliseconds
// caught: load COOKIE_MAX_AGE
import { App, defineCookie } from "madeleine";
import { z } from "zod";

export const Visit = defineCookie("visit", z.string().optional(), { maxAge: 30 * 86_400_000 });
export const app = new App();
