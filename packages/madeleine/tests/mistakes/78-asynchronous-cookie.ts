// mistake 78: a cookie whose schema has an asynchronous check
// caught: boot UNREADABLE_SCHEMA
import { App, Cookie, defineCookie } from "madeleine";
import { z } from "zod";

const Visit = defineCookie(
  "visit",
  z
    .string()
    .refine(async () => true)
    .optional(),
);

export const app = new App();
app.get("/", { visit: Cookie(Visit) }, ({ visit }) => visit ?? null);
