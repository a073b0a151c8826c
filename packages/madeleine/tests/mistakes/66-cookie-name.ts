// mistake 66: a name that is no token
// caught: compiler TS2345
import { App, Response } from "madeleine";

export const app = new App();
app.get("/", { response: Response }, ({ response }) => {
  response.setCookie("a b", "c");
});
