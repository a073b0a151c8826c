// mistake 78: a cookie whose schema works in one direction only
// caught: load COOKIE_SCHEMA
import { App, defineCookie } from "madeleine";
import { z } from "zod";

export const Visit = defineCookie(
  "visit",
  z.string().transform((text) => text.length),
);
export const app = new App();
