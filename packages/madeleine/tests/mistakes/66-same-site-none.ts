// mistake 66: SameSite=None without Secure
// caught: compiler TS2345
import { App, Response } from "madeleine";

export const app = new App();
app.get("/", { response: Response }, ({ response }) => {
  response.setCookie("a", "b", { sameSite: "none" });
});
