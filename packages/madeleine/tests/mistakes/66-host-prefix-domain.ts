// mistake 66: a __host- cookie with a domain, in any case
// caught: compiler TS2322
import { App, Response } from "madeleine";

export const app = new App();
app.get("/", { response: Response }, ({ response }) => {
  response.setCookie("__host-a", "b", { secure: true, domain: "example.com" });
});
