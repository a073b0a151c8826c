// mistake 66: a value that the cookie's schema does not have
// caught: compiler TS2345
import { App, defineCookie, Response } from "madeleine";
import { z } from "zod";

const Theme = defineCookie("theme", z.enum(["light", "dark"]).default("light"));

export const app = new App();
app.get("/", { response: Response }, ({ response }) => {
  response.setCookie(Theme, "blue");
});
