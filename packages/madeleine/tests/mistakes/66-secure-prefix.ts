// mistake 66: a __Secure- cookie without Secure
// caught: compiler TS2322
import { App, Response } from "madeleine";

export const app = new App();
app.get("/", { response: Response }, ({ response }) => {
  response.setCookie("__Secure-a", "b", { secure: false });
});
