// mistake 66: a __Host- cookie without Secure
// caught: compiler TS2345
import { App, Response } from "madeleine";

export const app = new App();
app.get("/", { response: Response }, ({ response }) => {
  response.setCookie("__Host-a", "b");
});
